import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  allKeys,
  arcCosine,
  attentionFeatures,
  attentionKernel,
  biasedKappa,
  concatenated,
  firstKey,
  hermite,
  learn,
  leftByMean,
  mlpFeatures,
  mlpKernel,
  polynomials,
  tokens,
} from '../../content/papers/random-feature-attention/mechanism.ts';
import { closeTo } from './numbers.ts';

const read = (x: tf.Tensor) => x.array() as Promise<number[][]>;
const flat = async (x: tf.Tensor) => [...(await x.data())];
const close = closeTo(5);
const normal = (shape: number[], seed: number, std = 1) => tf.randomNormal(shape, 0, std, 'float32', seed);
const sphere = (shape: number[], seed: number) => {
  const x = normal(shape, seed);
  return x.div(x.norm('euclidean', -1, true));
};
const relu = (x: number) => Math.max(x, 0);
const dot = (a: number[], b: number[]) => a.reduce((sum, v, i) => sum + v * b[i], 0);

test('a token ends in 1, for one and for many', async () => {
  expect(await read(tokens(tf.tensor2d([[2, 3]])))).toEqual([[2, 3, 1]]);
  expect(tokens(tf.zeros([4, 5, 2])).shape).toEqual([4, 5, 3]);
});

test('pools are means over all keys, or the first alone', async () => {
  close(await flat(allKeys(4)), [0.25, 0.25, 0.25, 0.25]);
  close(await flat(firstKey(3)), [1, 0, 0]);
});

test('the features of a head agree with formula (1) by hand', async () => {
  const [S, N, d, M] = [3, 4, 2, 5];
  const [query, keys, W] = [sphere([S, d], 1), sphere([S, N, d], 2), normal([M, d + 1, d + 1], 3, 0.5)];
  const pool = [0.4, 0.3, 0.2, 0.1];
  const found = await read(attentionFeatures(query, keys, W, tf.tensor1d(pool)));
  const x0 = await read(tokens(query));
  const x = (await tokens(keys).array()) as number[][][];
  const w = (await W.array()) as number[][][];
  for (let s = 0; s < S; s++) {
    const byHand = w.flatMap((head) =>
      [0, 1, 2].map((a) => {
        const parts = x[s].map((xi, i) => {
          const score = dot(
            x0[s],
            head.map((row) => dot(row, xi)),
          );
          return pool[i] * relu(score) * xi[a];
        });
        return parts.reduce((sum, v) => sum + v) / Math.sqrt(M);
      }),
    );
    close(found[s], byHand);
  }
});

test('shuffling the keys changes no feature of attention, and those of the MLP', async () => {
  const [query, keys] = [sphere([6, 3], 4), sphere([6, 5, 3], 5)];
  const mixed = keys.gather(tf.tensor1d([3, 0, 4, 1, 2], 'int32'), 1);
  const W = normal([7, 4, 4], 6, 0.5);
  const change = (a: tf.Tensor, b: tf.Tensor) => a.sub(b).norm().div(a.norm()).array() as Promise<number>;
  const heads = (k: tf.Tensor) => attentionFeatures(query, k, W, allKeys(5));
  const units = (k: tf.Tensor) => mlpFeatures(query, k, normal([19, 40], 7));
  expect(await change(heads(keys), heads(mixed))).toBeLessThan(1e-5);
  expect(await change(units(keys), units(mixed))).toBeGreaterThan(0.1);
});

test('the MLP sees one vector of length 1 with all tokens and a 1', async () => {
  const all = concatenated(tf.tensor2d([[0.6, 0.8]]), tf.tensor3d([[[1, 0]], [[0, 1]]].slice(0, 1)));
  close(
    await flat(all),
    [0.6, 0.8, 1, 0, 1].map((v) => v / Math.sqrt(3)),
  );
  close(await flat(concatenated(sphere([2, 3], 1), sphere([2, 4, 3], 2)).norm('euclidean', 1)), [1, 1]);
});

test('the units of the MLP agree with formula (3) by hand', async () => {
  const [query, keys, w] = [sphere([2, 3], 8), sphere([2, 2, 3], 9), normal([10, 4], 10)];
  const x = await read(concatenated(query, keys));
  const columns = await read(w.transpose());
  const byHand = x.flatMap((row) => columns.map((column) => relu(dot(row, column)) / 2));
  close(await flat(mlpFeatures(query, keys, w)), byHand);
});

test('κ is 1/2π without correlation, ½ with one of 1, and 0 with one of −1', async () => {
  close(await flat(arcCosine(tf.tensor1d([0, 1, -1, 1.0000001]))), [1 / (2 * Math.PI), 0.5, 0, 0.5]);
  // E σ(a)σ(b) = ρ/2 + E σ(a)σ(−b).
  const [plus, minus] = await flat(arcCosine(tf.tensor1d([0.37, -0.37])));
  expect(plus - minus).toBeCloseTo(0.37 / 2, 5);
});

test('with many heads the products of features tend to the kernels', async () => {
  const [S, N, d, n, M] = [7, 3, 4, 5, 2000];
  const [query, keys] = [sphere([S, d], 11), sphere([S, N, d], 12)];
  for (const pool of [allKeys(N), firstKey(N), tf.tensor1d([0.5, 0.3, 0.2])]) {
    const features = attentionFeatures(query, keys, normal([M, d + 1, d + 1], 13, 0.5), pool);
    const sampled = tf.matMul(features, features.slice(0, n), false, true);
    close(await flat(attentionKernel(query, keys, pool, n)), await flat(sampled), 1);
    const off = sampled
      .sub(attentionKernel(query, keys, pool, n))
      .norm()
      .div(sampled.norm());
    expect(await off.array()).toBeLessThan(0.05);
  }
  const units = mlpFeatures(query, keys, normal([(N + 1) * d + 1, 4 * M], 14));
  const sampled = tf.matMul(units, units.slice(0, n), false, true);
  expect(
    await sampled
      .sub(mlpKernel(query, keys, n))
      .norm()
      .div(sampled.norm())
      .array(),
  ).toBeLessThan(0.03);
});

test('the attention kernel agrees with formula (7) by hand', async () => {
  const [S, N, d, n] = [4, 3, 2, 3];
  const [query, keys] = [sphere([S, d], 15), sphere([S, N, d], 16)];
  const pool = [0.5, 0.2, 0.3];
  const x0 = await read(tokens(query));
  const x = (await tokens(keys).array()) as number[][][];
  const kappa = (rho: number) =>
    (Math.sqrt(1 - rho * rho) + rho * (Math.PI - Math.acos(rho))) / (2 * Math.PI);
  const found = await read(attentionKernel(query, keys, tf.tensor1d(pool), n));
  expect(found).toHaveLength(S);
  for (let s = 0; s < S; s++) {
    const byHand = [0, 1, 2].map((t) => {
      const pairs = x[s].flatMap((xi, i) =>
        x[t].map((xj, j) => {
          const product = dot(xi, xj);
          const rho = Math.min(1, (dot(x0[s], x0[t]) * product) / 4);
          return pool[i] * pool[j] * kappa(rho) * product;
        }),
      );
      return pairs.reduce((sum, v) => sum + v);
    });
    close(found[s], byHand, 3);
  }
});

test('Hermite coefficients are those of a ReLU, by numerical integration', async () => {
  const means = [-1.5, 0, 0.4, 2];
  const h = hermite(tf.tensor1d(means), 7);
  expect(h).toHaveLength(7);
  const He = (k: number, x: number): number =>
    k === 0 ? 1 : k === 1 ? x : x * He(k - 1, x) - (k - 1) * He(k - 2, x);
  let factorial = 1;
  for (const [k, hk] of h.entries()) {
    factorial *= Math.max(k, 1);
    const expected = means.map((mu) => {
      let sum = 0;
      for (let x = -9; x < 9; x += 1e-2) sum += relu(x + mu) * He(k, x) * Math.exp((-x * x) / 2);
      return (sum * 1e-2) / Math.sqrt(2 * Math.PI * factorial);
    });
    close(await flat(hk), expected, 3);
  }
});

test('without a mean the series is the arc-cosine kernel', async () => {
  const kappa = biasedKappa(tf.zeros([2, 1]), 1, 10);
  for (const rho of [-0.5, 0, 0.3, 0.7]) {
    const found = await flat(kappa(tf.fill([2, 1, 1], rho), 0));
    const [expected] = await flat(arcCosine(tf.tensor1d([rho])));
    close(found, [expected, expected], 3);
  }
});

test('with a mean of W the heads tend to the series of formula (8)', async () => {
  const [S, N, d, n, M] = [6, 3, 3, 4, 2000];
  const [query, keys, c] = [sphere([S, d], 17), sphere([S, N, d], 18), 1.7];
  const W0 = tf.eye(d).pad([
    [0, 1],
    [0, 1],
  ]);
  const W = normal([M, d + 1, d + 1], 19, 0.5).add(W0.mul(c));
  const pool = tf.tensor1d([0.5, 0.3, 0.2]);
  const features = attentionFeatures(query, keys, W, pool);
  const sampled = tf.matMul(features, features.slice(0, n), false, true);
  const mean = tf.matMul(keys, query.expandDims(2)).squeeze([2]).mul(c);
  const K = attentionKernel(query, keys, pool, n, biasedKappa(mean, n, 10));
  expect(await sampled.sub(K).norm().div(sampled.norm()).array()).toBeLessThan(0.03);
});

test('block by block, the residuals are those of ridge regression on all samples so far', async () => {
  const [S, n, b, ridge] = [9, 6, 2, 0.1];
  const phi = normal([2, S, 4], 20);
  let K: tf.Tensor = tf.matMul(phi, phi.slice([0, 0, 0], [-1, n, -1]), false, true);
  let residual: tf.Tensor = normal([2, S, 3], 21);
  const [K0, y0] = [(await K.array()) as number[][][], (await residual.array()) as number[][][]];
  // Solve (K + λI) a = y by elimination, in float64.
  const solve = (A: number[][], y: number[][]) => {
    const rows = A.map((row, i) => [...row, ...y[i]]);
    for (const [i, pivot] of rows.entries()) {
      for (const [j, row] of rows.entries()) {
        if (i === j) continue;
        const part = row[i] / pivot[i];
        for (let k = 0; k < row.length; k++) row[k] -= part * pivot[k];
      }
    }
    return rows.map((row, i) => row.slice(A.length).map((v) => v / row[i]));
  };
  for (let seen = b; seen <= n; seen += b) {
    const corner = (await K.slice([0, 0, 0], [-1, b, b]).add(tf.eye(b).mul(ridge)).array()) as number[][][];
    const unit = [
      [1, 0],
      [0, 1],
    ];
    const next = learn(K, residual, tf.tensor3d(corner.map((A) => solve(A, unit))));
    [K, residual] = [next.K, next.residual];
    expect(residual.shape).toEqual([2, S - seen, 3]);
    expect(K.shape).toEqual([2, S - seen, n - seen]);
    const found = (await residual.array()) as number[][][];
    for (const which of [0, 1]) {
      const A = K0[which]
        .slice(0, seen)
        .map((row, i) => row.slice(0, seen).map((v, j) => v + (i === j ? ridge : 0)));
      const a = solve(A, y0[which].slice(0, seen));
      for (let s = seen; s < S; s++) {
        const said = [0, 1, 2].map((t) =>
          dot(
            K0[which][s].slice(0, seen),
            a.map((row) => row[t]),
          ),
        );
        close(
          found[which][s - seen],
          y0[which][s].map((v, t) => v - said[t]),
          3,
        );
      }
    }
  }
});

test('formula (10) is what the best fit on the features of one head leaves', async () => {
  for (const [d, N] of [
    [8, 3],
    [3, 6],
  ]) {
    const S = 16_000;
    const [query, keys] = [sphere([S, d], 22), sphere([S, N, d], 23)];
    const met = tf.matMul(keys, query.expandDims(2)).squeeze([2]);
    const first = keys.slice([0, 0, 0], [-1, -1, 1]).squeeze([2]);
    const f = met.mul(first).mean(1);
    const g = tf.relu(met).mul(first).mean(1);
    const [fg, ff, gg] = [f.mul(g).mean(), f.square().mean(), g.square().mean()];
    const left = tf.sub(1, fg.square().div(ff.mul(gg)));
    expect(Math.abs(((await left.array()) as number) - leftByMean(d, N))).toBeLessThan(0.03);
  }
  expect(leftByMean(8, 1)).toBe(0.5);
});

test('polynomials are counted with the constant', () => {
  expect(polynomials(12, 2)).toBe(91);
  expect(polynomials(20, 2)).toBe(231);
  expect(polynomials(36, 1)).toBe(37);
  expect(polynomials(3, 3)).toBe(20);
});
