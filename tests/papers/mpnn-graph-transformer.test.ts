import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  allPairs,
  edgesOnly,
  keyedSums,
  meanOnly,
  messages,
  oneNodeARound,
  positiveFeatures,
  readOut,
  select,
  softmaxAttention,
  unscaled,
  withHub,
  withoutNorm,
} from '../../content/papers/mpnn-graph-transformer/mechanism.ts';

type Matrix = number[][];
const read = async (x: tf.Tensor) => (await x.array()) as Matrix;
const far = async (a: tf.Tensor, b: tf.Tensor) => (await a.sub(b).abs().max().array()) as number;
const normal = (shape: number[], seed: number, std = 1) => tf.randomNormal(shape, 0, std, 'float32', seed);
const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0);

/** Σⱼ weight(i, j) vⱼ / Σⱼ weight(i, j), in float64. */
function average(n: number, weight: (i: number, j: number) => number, v: Matrix): Matrix {
  return Array.from({ length: n }, (_, i) => {
    const weights = v.map((_, j) => weight(i, j));
    const total = weights.reduce((a, b) => a + b, 0);
    return v[0].map((_, c) => v.reduce((sum, row, j) => sum + (weights[j] / total) * row[c], 0));
  });
}
function near(found: Matrix, expected: Matrix, digits: number) {
  expected.forEach((row, i) => {
    row.forEach((x, j) => {
      expect(found[i][j]).toBeCloseTo(x, digits);
    });
  });
}

describe('softmax attention, formula (2)', () => {
  test('is its sum, scaled by √d', async () => {
    const [q, k, v] = [normal([3, 4], 1), normal([5, 4], 2), normal([5, 2], 3)];
    const [a, b, c] = await Promise.all([q, k, v].map(read));
    const expected = average(3, (i, j) => Math.exp(dot(a[i], b[j]) / 2), c);
    near(await read(softmaxAttention(q, k, v)), expected, 5);
  });
});

describe('positive features, formula (4)', () => {
  test('are the formula, row by row', async () => {
    const [x, w] = [normal([3, 16], 4), normal([5, 16], 5)];
    const [a, b] = await Promise.all([x, w].map(read));
    const expected = a.map((row) => {
      const small = row.map((value) => value / 2); // 16^¼
      return b.map((r) => Math.exp(dot(r, small) - dot(small, small) / 2) / Math.sqrt(5));
    });
    near(await read(positiveFeatures(x, w)), expected, 5);
  });

  test('have the exponential of (2) as their mean', async () => {
    const [q, k] = [normal([4, 8], 6, 0.2), normal([4, 8], 7, 0.2)];
    const w = normal([40_000, 8], 8);
    const found = tf.matMul(positiveFeatures(q, w), positiveFeatures(k, w), false, true);
    const exact = tf.matMul(q, k, false, true).div(Math.sqrt(8)).exp();
    expect(await far(found, exact)).toBeLessThan(0.02);
    const sharper = tf.matMul(unscaled(q, w), unscaled(k, w), false, true);
    expect(await far(sharper, exact)).toBeGreaterThan(0.1);
    expect(await far(sharper, tf.matMul(q, k, false, true).exp())).toBeLessThan(0.03);
  });

  test('without the norm are too large by e^{½‖x‖²/√d}', async () => {
    const [x, w] = [normal([3, 8], 9), normal([5, 8], 10)];
    const factor = x
      .square()
      .sum(1, true)
      .div(2 * Math.sqrt(8))
      .exp();
    expect(await far(positiveFeatures(x, w).mul(factor), withoutNorm(x, w))).toBeLessThan(1e-4);
  });
});

describe('the virtual node, formula (3)', () => {
  const w = normal([32, 6], 11);
  const [q, k, v] = [normal([5, 6], 12, 0.5), normal([7, 6], 13, 0.5), normal([7, 3], 14)];
  const [phiQ, phiK] = [positiveFeatures(q, w), positiveFeatures(k, w)];

  test('all pairs are the weighted mean', async () => {
    const [a, b, c] = await Promise.all([phiQ, phiK, v].map(read));
    near(
      await read(allPairs(phiQ, phiK, v)),
      average(5, (i, j) => dot(a[i], b[j]), c),
      5,
    );
  });

  test('a message is the outer product of feature and value, and the feature', async () => {
    const sent = messages(phiK, v);
    expect(sent.shape).toEqual([7, 32, 4]);
    const [[f], [value]] = [await read(phiK), await read(v)];
    const first = (await sent.array()) as number[][][];
    expect(first[0][5][2]).toBeCloseTo(f[5] * value[2], 5);
    expect(first[0][5][3]).toBeCloseTo(f[5], 5);
  });

  test('each message depends on its own node alone', async () => {
    const others = messages(phiK.slice([2], [1]), v.slice([2], [1]));
    expect(await far(messages(phiK, v).slice([2], [1]), others)).toBe(0);
    const alone = readOut(phiQ.slice([1], [1]), messages(phiK, v).sum(0));
    expect(await far(alone, keyedSums(phiQ, phiK, v).slice([1], [1]))).toBeLessThan(1e-6);
  });

  test('message passing equals all pairs', async () => {
    expect(await far(keyedSums(phiQ, phiK, v), allPairs(phiQ, phiK, v))).toBeLessThan(1e-5);
    expect(await far(meanOnly(phiQ, phiK, v), allPairs(phiQ, phiK, v))).toBeGreaterThan(0.05);
  });

  test('with one-hot values it gives the attention weights', async () => {
    const weights = keyedSums(phiQ, phiK, tf.eye(7));
    expect(await far(weights.sum(1), tf.ones([5]))).toBeLessThan(1e-5);
    expect(await far(tf.matMul(weights, v), keyedSums(phiQ, phiK, v))).toBeLessThan(1e-5);
  });

  test('the order of the nodes does not matter', async () => {
    const mixed = tf.tensor1d([3, 1, 6, 0, 2, 5, 4], 'int32');
    const other = keyedSums(phiQ, phiK.gather(mixed), v.gather(mixed));
    expect(await far(other, keyedSums(phiQ, phiK, v))).toBeLessThan(1e-5);
  });

  test('the mean is the mean', async () => {
    const [mean] = await read(v.mean(0, true));
    near(await read(meanOnly(phiQ, phiK, v)), [mean, mean, mean, mean, mean], 6);
  });
});

describe('one node a round, formula (5)', () => {
  const drawn = normal([10, 8], 15);
  const nodes = drawn.div(drawn.norm('euclidean', 1, true));
  const w = [16, 17, 18].map((seed) => normal([8, 8], seed, 0.5));
  const [q, k, v] = w.map((m) => tf.matMul(nodes, m));

  test('a selection is a blend that becomes the nearest node', async () => {
    const direction = nodes.slice([4], [1]);
    expect(await far(select(nodes, direction, 0), nodes.mean(0, true))).toBeLessThan(1e-6);
    expect(await far(select(nodes, direction, 300), direction)).toBeLessThan(1e-5);
    const [a] = await read(direction);
    const all = await read(nodes);
    const expected = average(1, (_, j) => Math.exp(3 * dot(a, all[j])), all);
    near(await read(select(nodes, direction, 3)), expected, 5);
  });

  test('sharp selections give softmax attention', async () => {
    const exact = softmaxAttention(q, k, v);
    expect(await far(oneNodeARound(nodes, w, 300, 10), exact)).toBeLessThan(1e-5);
    expect(await far(oneNodeARound(nodes, w, 300, 9), exact)).toBeGreaterThan(1e-2);
    expect(await far(oneNodeARound(nodes, w, 2, 10), exact)).toBeGreaterThan(1e-2);
  });

  test('after one round everybody holds the value of the first node', async () => {
    const first = tf.tile(v.slice([0], [1]), [10, 1]);
    expect(await far(oneNodeARound(nodes, w, 300, 1), first)).toBeLessThan(1e-5);
  });

  test('two nodes in one place do no harm', async () => {
    const twins = tf.concat([nodes, nodes.slice([3], [1])]);
    const [q, k, v] = w.map((m) => tf.matMul(twins, m));
    const exact = softmaxAttention(q, k, v);
    expect(await far(oneNodeARound(twins, w, 300, 11), exact)).toBeLessThan(1e-5);
  });
});

describe('a layer, formula (1)', () => {
  const w = [20, 21, 22, 23, 24].map((seed) => normal([3, 3], seed));
  const x = normal([4, 3], 25);
  const vn = normal([1, 3], 26);
  // A path of four nodes.
  const A = tf.tensor2d([
    [0, 1, 0, 0],
    [0.5, 0, 0.5, 0],
    [0, 0.5, 0, 0.5],
    [0, 0, 1, 0],
  ]);

  test('adds what a node, its neighbours and the virtual node say', async () => {
    const next = withHub({ x, vn }, A, w);
    const row = (i: number) => x.slice([i], [1]);
    const heard = row(0).add(row(2)).div(2);
    const parts = [tf.matMul(row(1), w[0]), tf.matMul(heard, w[1]), tf.matMul(vn, w[2])];
    expect(await far(next.x.slice([1], [1]), tf.tanh(tf.addN(parts)))).toBeLessThan(1e-6);
    const gathered = tf.matMul(x.mean(0, true), w[3]).add(tf.matMul(vn, w[4]));
    expect(await far(next.vn, tf.tanh(gathered))).toBeLessThan(1e-6);
  });

  test('without the virtual node is the same where that says nothing', async () => {
    const silent = [w[0], w[1], tf.zerosLike(w[2]), w[3], w[4]];
    const one = edgesOnly({ x, vn }, A, w).x;
    expect(await far(one, withHub({ x, vn }, A, silent).x)).toBeLessThan(1e-6);
  });

  test('news travels one edge a layer, or everywhere in two', async () => {
    const push = tf.tensor2d([[1], [0], [0], [0]]);
    for (const [step, expected] of [
      [edgesOnly, [2, 3, 4]],
      [withHub, [2, 4, 4]],
    ] as const) {
      let [calm, pushed] = [
        { x, vn },
        { x: x.add(push), vn },
      ];
      for (const count of expected) {
        [calm, pushed] = [step(calm, A, w), step(pushed, A, w)];
        const differ = calm.x.notEqual(pushed.x).cast('float32').max(1).sum();
        expect(await differ.array()).toBe(count);
      }
    }
  });
});
