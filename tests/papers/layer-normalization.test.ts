import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  batchNorm,
  gradient,
  layerNorm,
  recur,
  standardise,
  statistics,
  weightNorm,
} from '../../content/papers/layer-normalization/mechanism.ts';

beforeAll(() => tf.setBackend('cpu'));

const values = (t: tf.Tensor) => Array.from(t.dataSync());
const near = (found: tf.Tensor, expected: number[], digits = 5) => {
  const list = values(found);
  expect(list.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(list[i]).toBeCloseTo(value, digits);
};
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

describe('statistics, formula (1)', () => {
  const a = tf.tensor2d([
    [1, 3, 5, 7],
    [2, 2, 2, 6],
  ]);

  test('mean and root of the mean square deviation, by hand', () => {
    const { mean, std } = statistics(a, 1, 0);
    expect([mean.shape, std.shape]).toEqual([
      [2, 1],
      [2, 1],
    ]);
    near(mean, [4, 3]);
    near(std, [Math.sqrt(5), Math.sqrt(3)]);
  });

  test('over the cases they belong to a neuron', () => {
    const { mean, std } = statistics(a, 0, 0);
    near(mean, [1.5, 2.5, 3.5, 6.5]);
    near(std, [0.5, 0.5, 1.5, 0.5]);
  });

  test('ε stands under the root, added to the variance', () => {
    near(statistics(tf.tensor2d([[3, -3]]), 1, 7).std, [4]);
  });
});

describe('the layer, formula (2)', () => {
  test('by hand, with gain and bias of each neuron', () => {
    const a = tf.tensor2d([
      [1, 3],
      [9, 5],
    ]);
    near(layerNorm(a, tf.tensor1d([2, 10]), tf.tensor1d([0.5, -1]), 0), [-1.5, 9, 2.5, -11]);
  });

  test('has mean 0 and length √H for every case, and the same alone as in a batch', () => {
    const a = normal([5, 16], 1).mul(3).add(2);
    const out = layerNorm(a, tf.ones([16]), tf.zeros([16]), 0);
    near(out.mean(1), [0, 0, 0, 0, 0]);
    near(out.norm('euclidean', 1), Array(5).fill(4), 4);
    for (let i = 0; i < 5; i++)
      near(layerNorm(a.slice([i], [1]), tf.ones([16]), tf.zeros([16]), 0), values(out.slice([i], [1])));
  });

  test('ignores scale and shift of a case, not of a neuron', () => {
    const a = normal([4, 8], 2);
    const [ones, zeros] = [tf.ones([8]), tf.zeros([8])];
    const out = values(layerNorm(a, ones, zeros, 0));
    const perCase = tf.tensor2d([[2], [0.1], [30], [1]]);
    near(layerNorm(a.mul(perCase).add(perCase), ones, zeros, 0), out, 4);
    const perNeuron = layerNorm(a.mul(tf.linspace(0.5, 3, 8)), ones, zeros, 0);
    expect(Math.max(...values(perNeuron).map((v, i) => Math.abs(v - out[i])))).toBeGreaterThan(0.3);
  });
});

describe('batch norm, formula (4)', () => {
  test('is layer norm of the transposed batch, before gain and bias', () => {
    const a = normal([6, 4], 3);
    const [g, b] = [tf.tensor1d([1, 2, 3, 4]), tf.tensor1d([4, 3, 2, 1])];
    const turned = standardise(a.transpose(), -1, 1e-5).transpose();
    near(batchNorm(a, g, b, 1e-5), values(turned.mul(g).add(b)));
  });

  test('gives zeros for a batch of one', () => {
    near(batchNorm(tf.tensor2d([[5, -3]]), tf.ones([2]), tf.zeros([2]), 1e-5), [0, 0]);
  });
});

test('weight norm divides by the length of each neuron’s weights, the columns', () => {
  const w = tf.tensor2d([
    [3, 0],
    [4, 2],
  ]);
  near(weightNorm(tf.tensor2d([[1, 10]]), w), [0.6 + 8, 10]);
});

describe('the gradient, formula (5)', () => {
  const plain = (a: tf.Tensor, axis: number, epsilon: number) => {
    const { mean, std } = statistics(a, axis, epsilon);
    return a.sub(mean).div(std);
  };
  const slope = (f: typeof plain, a: tf.Tensor, axis: number, epsilon: number) =>
    tf.grad((x) => f(x, axis, epsilon).mul(normal(a.shape, 7)).sum())(a);

  test.for([
    [0, 0],
    [1, 0],
    [-1, 0.5],
    [-2, 0.1],
  ] as const)('is what differentiating through μ and σ gives (axis %i, ε = %f)', ([axis, epsilon]) => {
    const a = normal([5, 6], 4);
    near(slope(standardise, a, axis, epsilon), values(slope(plain, a, axis, epsilon)), 4);
  });

  test('agrees with central differences', () => {
    const a = [0.3, -1.2, 0.8, 2];
    const weights = [1, -2, 0.5, 3];
    const loss = (x: number[]) => {
      const mean = x.reduce((s, v) => s + v) / 4;
      const std = Math.sqrt(x.reduce((s, v) => s + (v - mean) ** 2, 0) / 4 + 0.01);
      return x.reduce((s, v, i) => s + (weights[i] * (v - mean)) / std, 0);
    };
    const moved = (i: number, by: number) => loss(a.map((v, k) => (k === i ? v + by : v)));
    const expected = a.map((_, i) => (moved(i, 1e-5) - moved(i, -1e-5)) / 2e-5);
    const found = tf.grad((x) =>
      standardise(x, -1, 0.01)
        .mul(tf.tensor2d([weights]))
        .sum(),
    )(tf.tensor2d([a]));
    near(found, expected, 4);
  });

  test('is orthogonal to 1 and to â, and falls as 1/σ', () => {
    const a = normal([3, 10], 5);
    const delta = normal([3, 10], 6);
    const { mean, std } = statistics(a, 1, 0);
    const hat = a.sub(mean).div(std);
    const found = gradient(delta, hat, std, 1);
    near(found.sum(1), [0, 0, 0]);
    near(found.mul(hat).sum(1), [0, 0, 0]);
    near(gradient(delta, hat, std.mul(10), 1), values(found.div(10)), 6);
  });

  test('works on a stack of batches', () => {
    const a = normal([2, 3, 4], 8);
    near(slope(standardise, a, 1, 0.1), values(slope(plain, a, 1, 0.1)), 4);
  });
});

describe('the recurrent step, formula (3)', () => {
  test('by hand, without a norm: columns of W_hh are neurons', () => {
    const recurrent = tf.tensor2d([
      [1, 10],
      [-2, 0],
    ]);
    near(
      recur(tf.tensor2d([[3, 1]]), tf.tensor2d([[0.5, -40]]), recurrent, (a) => a),
      [1.5, 0],
    );
  });

  test('with the norm it does not depend on the scale of state and drive', () => {
    const [state, drive, w] = [normal([2, 8], 1).abs(), normal([2, 8], 2), normal([8, 8], 3)];
    const norm = (a: tf.Tensor) => standardise(a, -1, 0);
    const out = values(recur(state, drive, w, norm));
    near(recur(state.mul(100), drive.mul(100), w, norm), out, 4);
    near(recur(state, drive.mul(3), w.mul(3), norm), out, 4);
    expect(Math.min(...out)).toBe(0);
  });
});
