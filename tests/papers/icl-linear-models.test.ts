import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { type Net, netOf, predict, prompts, tokens } from '../../content/papers/icl-linear-models/learner.ts';
import {
  apply,
  gradientStep,
  implicitWeights,
  ridge,
  shermanMorrison,
  spd,
  withoutOne,
} from '../../content/papers/icl-linear-models/mechanism.ts';
import {
  descentAnswers,
  nearestAnswers,
  ridgeAnswers,
} from '../../content/papers/icl-linear-models/references.ts';
import { linalg } from '../../src/lab/linalg.ts';
import { readSafetensors } from '../../src/lab/safetensors.ts';

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const largest = async (x: tf.Tensor) => (await x.abs().max().data())[0];
const array = <T>(x: tf.Tensor) => x.array() as Promise<T>;
const [B, n, d] = [4, 7, 3];
const X = normal([B, n, d], 1);
const Y = normal([B, n], 2);

/** (XᵀX + λI)⁻¹XᵀY in float64, for the first `count` examples of each prompt. */
async function direct(count: number, lambda: number): Promise<number[][]> {
  const xs = await array<number[][][]>(X);
  const ys = await array<number[][]>(Y);
  return Promise.all(
    xs.map(async (all, b) => {
      const rows = all.slice(0, count);
      const moments = (f: (x: number[], y: number) => number) =>
        rows.reduce((sum, x, i) => sum + f(x, ys[b][i]), 0);
      const A = [0, 1, 2].map((i) =>
        [0, 1, 2].map((j) => moments((x) => x[i] * x[j]) + (i === j ? lambda : 0)),
      );
      return (
        await linalg.solve(
          A,
          [0, 1, 2].map((i) => [moments((x, y) => x[i] * y)]),
        )
      ).flat();
    }),
  );
}

test('(3) is a step along the gradient of ½‖Xw − Y‖² + ½λ‖w‖²', async () => {
  const w = normal([B, d], 3);
  const objective = (w: tf.Tensor) =>
    apply(X, w).sub(Y).square().sum().add(w.square().sum().mul(0.3)).div(2) as tf.Scalar;
  const expected = w.sub(tf.grad(objective)(w).mul(0.05));
  expect(await largest(gradientStep(w, X, Y, 0.05, 0.3).sub(expected))).toBeLessThan(1e-5);
});

test('(3) with one example is the step of the paper at half the rate: w − 2α(xxᵀw − yx + λw)', async () => {
  const w = normal([B, d], 4);
  const [x, y] = [X.slice([0, 0, 0], [B, 1, d]), Y.slice([0, 0], [B, 1])];
  const flat = x.squeeze([1]);
  const own = flat.mul(flat.mul(w).sum(1, true)).sub(flat.mul(y)).add(w.mul(0.2));
  const paper = w.sub(own.mul(2 * 0.04));
  expect(await largest(gradientStep(w, x, y, 0.08, 0.2).sub(paper))).toBeLessThan(1e-5);
});

test('(4) is the inverse of A + uuᵀ, and is not without its 1', async () => {
  const A = [
    [2, 0.5, 0.1],
    [0.5, 1, -0.3],
    [0.1, -0.3, 3],
  ];
  const u = [0.7, -1.2, 0.4];
  const sum = A.map((row, i) => row.map((a, j) => a + u[i] * u[j]));
  const inverse = tf.tensor2d(await linalg.inverse(A)).expandDims();
  const expected = tf.tensor2d(await linalg.inverse(sum)).expandDims();
  const example = tf.tensor2d([u]);
  expect(await largest(shermanMorrison(inverse, example).sub(expected))).toBeLessThan(1e-6);
  expect(await largest(withoutOne(inverse, example).sub(expected))).toBeGreaterThan(0.05);
  // Two prompts at once, each with an example of its own.
  const both = tf.concat([inverse, inverse]);
  const one = shermanMorrison(inverse, example.mul(-2));
  const two = shermanMorrison(both, tf.concat([example, example.mul(-2)]));
  expect(await largest(two.sub(tf.concat([expected, one])))).toBeLessThan(1e-6);
  const open = withoutOne(both, tf.concat([example, example.mul(-2)]));
  expect(await largest(open.slice([0], [1]).sub(withoutOne(inverse, example)))).toBeLessThan(1e-6);
});

describe('(2)', () => {
  test.for([0.05, 0.49, 3])('λ = %f: after every example the updates give ridge', async (lambda) => {
    const found = ridge(X, Y, lambda);
    expect(found.length).toBe(n + 1);
    expect(await largest(found[0])).toBe(0);
    for (let count = 1; count <= n; count++)
      expect(await largest(found[count].sub(await direct(count, lambda))), `${count}`).toBeLessThan(5e-5);
  });

  test('a λ for each prompt is that λ', async () => {
    const found = ridge(X, Y, tf.tensor([0.05, 0.49, 3, 0.49], [4, 1, 1]))[n];
    const one = await direct(n, 3);
    expect(await largest(found.slice([2, 0], [1, d]).sub(one.slice(2, 3)))).toBeLessThan(5e-5);
  });

  test('the order of the examples does not matter', async () => {
    const turned = ridge(X.reverse(1), Y.reverse(1), 0.49)[n];
    expect(await largest(turned.sub(ridge(X, Y, 0.49)[n]))).toBeLessThan(1e-5);
  });

  test('small λ: the true weights from d examples on, the shortest solution before', async () => {
    const w = normal([B, d], 5);
    const found = ridge(X, apply(X, w), 1e-3);
    expect(await largest(found[6].sub(w))).toBeLessThan(1e-2);
    // With one example the shortest solution is y x / ‖x‖².
    const x = X.slice([0, 0, 0], [B, 1, d]).squeeze([1]);
    const y = apply(X, w).slice([0, 0], [B, 1]);
    expect(await largest(found[1].sub(x.mul(y).div(x.square().sum(1, true))))).toBeLessThan(2e-3);
  });

  test('gradient descent (3) converges to it', async () => {
    let w: tf.Tensor = tf.zeros([B, d]);
    for (let i = 0; i < 1500; i++) w = tf.tidy(() => gradientStep(w, X, Y, 0.03, 0.49));
    expect(await largest(w.sub(await direct(n, 0.49)))).toBeLessThan(1e-3);
  });
});

test('(5) is a mean of squares; (6) finds the weights behind linear answers', async () => {
  const a = tf.tensor2d([
    [1, 2],
    [4, 0],
  ]);
  const b = tf.tensor2d([
    [1, 0],
    [1, 1],
  ]);
  expect([...(await spd(a, b).data())]).toEqual([9 / 2, 5 / 2]);
  const w = normal([B, d], 6);
  const queries = normal([B, 40, d], 7);
  expect(await largest(implicitWeights(queries, apply(queries, w)).sub(w))).toBeLessThan(1e-3);
});

describe('the answers of the algorithms', () => {
  test('ridge at place i knows the examples before it, and no other', async () => {
    const found = await array<number[][]>(ridgeAnswers(X, Y, 0.49));
    const xs = await array<number[][][]>(X);
    for (let i = 0; i < n; i++) {
      const w = i ? await direct(i, 0.49) : Array(B).fill([0, 0, 0]);
      for (let b = 0; b < B; b++)
        expect(found[b][i]).toBeCloseTo(
          xs[b][i].reduce((sum, x, j) => sum + x * w[b][j], 0),
          4,
        );
    }
  });

  test('descent at place i takes its steps on the examples before it', async () => {
    const path = descentAnswers(X, Y, 3, 0.05);
    expect(path.length).toBe(3);
    const found = path[2];
    for (const i of [0, 1, 4, 6]) {
      let w: tf.Tensor = tf.zeros([B, d]);
      const [x, y] = [X.slice([0, 0, 0], [B, i, d]), Y.slice([0, 0], [B, i])];
      for (let k = 0; k < 3 && i; k++) w = gradientStep(w, x, y, 0.05, 0);
      const here = X.slice([0, i, 0], [B, 1, d]);
      expect(await largest(found.slice([0, i], [B, 1]).sub(apply(here, w)))).toBeLessThan(1e-5);
    }
  });

  test('the nearest neighbour is sought among the examples before', async () => {
    const points = tf.tensor3d([[[0], [10], [9], [0.5], [9.4]]]);
    const found = await array<number[][]>(nearestAnswers(points, tf.tensor2d([[1, 2, 3, 4, 5]])));
    expect(found).toEqual([[0, 1, 2, 1, 3]]);
  });
});

describe('the transformer', () => {
  const width = 8;
  const layers = [1, 2].flatMap((i) => [
    [`qkv${i}`, normal([width, 24], 10 * i).mul(0.5)],
    [`mix${i}`, normal([width, width], 10 * i + 1).mul(0.3)],
    [`in${i}`, normal([width, 12], 10 * i + 2).mul(0.4)],
    [`out${i}`, normal([12, width], 10 * i + 3).mul(0.3)],
  ]);
  const net: Net = {
    embed: normal([4, width], 40),
    place: normal([16, width], 41).mul(0.2),
    head: normal([width, 1], 42),
    ...Object.fromEntries(layers),
  };

  test('a prompt alternates points [0; x] and labels [y; 0]', async () => {
    const X = tf.tensor3d([
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    expect(await array(tokens(X, tf.tensor2d([[5, 6]])))).toEqual([
      [
        [0, 1, 2],
        [5, 0, 0],
        [0, 3, 4],
        [6, 0, 0],
      ],
    ]);
  });

  test('is a pre-norm transformer with four causal heads, as plain loops have it', async () => {
    const found = await array<number[][]>(predict(net, tokens(X, Y)));
    const plain = await plainAnswers(net, await array<number[][][]>(tokens(X, Y)));
    for (let b = 0; b < B; b++) for (let i = 0; i < n; i++) expect(found[b][i]).toBeCloseTo(plain[b][i], 4);
  });

  test('does not look ahead: the label of a point and what follows change nothing', async () => {
    const change = tf.oneHot(tf.tensor1d([4, 4, 4, 4], 'int32'), n).mul(50);
    const before = predict(net, tokens(X, Y));
    const apart = await array<number[][]>(
      predict(net, tokens(X, Y.add(change)))
        .sub(before)
        .abs(),
    );
    for (const row of apart) {
      expect(Math.max(...row.slice(0, 5))).toBe(0);
      expect(Math.min(...row.slice(5))).toBeGreaterThan(0);
    }
  });

  test('prompts are linear functions, with noise of the standard deviation asked for', async () => {
    let seed = 100;
    const draw = (shape: number[], mean = 0, std = 1) =>
      std ? tf.randomNormal(shape, mean, std, 'float32', ++seed) : tf.zeros(shape);
    const exact = prompts(draw, [50, 8, 3], 0);
    const w = ridge(exact.X, exact.Y, 1e-3)[8];
    expect(await largest(apply(exact.X, w).sub(exact.Y))).toBeLessThan(1e-2);
    const { X, Y } = prompts(draw, [2000, 8, 3], 0.7);
    const left = apply(X, ridge(X, Y, 1e-3)[8])
      .sub(Y)
      .square()
      .sum(1)
      .mean();
    // Eight points less three weights: five free errors of variance 0.49.
    expect((await left.data())[0] / 5).toBeCloseTo(0.49, 1);
  });
});

/** The same network in float64, row by row. */
async function plainAnswers(net: Net, prompt: number[][][]): Promise<number[][]> {
  const w: Record<string, number[][]> = {};
  for (const [name, value] of Object.entries(net)) w[name] = await array<number[][]>(value);
  const times = (row: number[], m: number[][]) =>
    m[0].map((_, j) => row.reduce((sum, x, i) => sum + x * m[i][j], 0));
  const plus = (a: number[], b: number[]) => a.map((x, i) => x + b[i]);
  const norm = (row: number[]) => {
    const root = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0) / row.length + 1e-6);
    return row.map((x) => x / root);
  };
  const attention = (rows: number[][], i: number) => {
    const all = rows.map((row) => times(norm(row), w[`qkv${i}`]));
    const width = rows[0].length;
    const size = width / 4;
    return all.map((own, t) => {
      const mixed = [0, 1, 2, 3].flatMap((h) => {
        const part = (row: number[], kind: number) =>
          row.slice(kind * width + h * size, kind * width + (h + 1) * size);
        const scores = all
          .slice(0, t + 1)
          .map((row) => part(own, 0).reduce((sum, q, k) => sum + q * part(row, 1)[k], 0) / Math.sqrt(size));
        const weights = scores.map((s) => Math.exp(s));
        const total = weights.reduce((a, b) => a + b);
        return part(own, 2).map(
          (_, k) => weights.reduce((sum, a, j) => sum + a * part(all[j], 2)[k], 0) / total,
        );
      });
      return times(mixed, w[`mix${i}`]);
    });
  };
  return prompt.map((input) => {
    let rows = input.map((token, t) => plus(times(token, w.embed), w.place[t]));
    for (const i of [1, 2]) {
      const moved = attention(rows, i);
      rows = rows.map((row, t) => plus(row, moved[t]));
      rows = rows.map((row) => {
        const hidden = times(norm(row), w[`in${i}`]).map((x) => x / (1 + Math.exp(-1.702 * x)));
        return plus(row, times(hidden, w[`out${i}`]));
      });
    }
    return rows.filter((_, t) => t % 2 === 0).map((row) => times(norm(row), w.head)[0]);
  });
}

test('the trained nets are there, whole and finite', async () => {
  const all = readSafetensors(readFileSync('public/data/icl-linear-models.safetensors'));
  for (const [name, layers] of Object.entries({ one: 1, two: 2, three: 3, noisy: 3 })) {
    const net = netOf(all, name);
    const size = Object.values(net).reduce((sum, x) => sum + x.size, 0);
    expect(size).toBe(672 + layers * 12_288);
    for (const value of Object.values(net)) expect(await largest(value)).toBeLessThan(50);
  }
});
