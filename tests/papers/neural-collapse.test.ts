import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  classMeans,
  cosines,
  gradients,
  labelsOf,
  type Net,
  objective,
  start,
  withinVariance,
} from '../../content/papers/neural-collapse/mechanism.ts';
import { lengths, strength, threshold } from '../../content/papers/neural-collapse/theory.ts';

const sizes = [4, 2, 1];
const labels = labelsOf(sizes);
const normal = (shape: number[], seed: number) => tf.randomNormal([2, ...shape], 0, 0.7, 'float32', seed);
const random = (M: number) => {
  let seed = 10 * M;
  return start((shape) => normal(shape, ++seed), [5, 3, 7, M]);
};
const decay = tf.tensor([0.02, 0.1], [2, 1, 1]);
const bias = tf.tensor([0, 1], [2, 1, 1]);
const rows = (x: tf.Tensor) => x.array() as Promise<number[][]>;
const largest = async (x: tf.Tensor) => (await x.abs().max().data())[0];

test('labels are one-hot, class after class', async () => {
  expect(await rows(labels)).toEqual([
    [1, 1, 1, 1, 0, 0, 0],
    [0, 0, 0, 0, 1, 1, 0],
    [0, 0, 0, 0, 0, 0, 1],
  ]);
});

test('the parts have the shapes of a chain, the last layer one row a class', () => {
  const shapes = (M: number) => Object.values(random(M)).map((x) => x.shape.slice(1));
  expect(shapes(1)).toEqual([
    [5, 7],
    [3, 5],
  ]);
  expect(shapes(3)).toEqual([
    [5, 7],
    [5, 5],
    [5, 5],
    [3, 5],
  ]);
});

/** Formula (1) in plain loops, with a bias given outright. */
async function plainObjective(net: Net, problem: number, lambda: number, b = [0, 0, 0]) {
  const parts = await Promise.all(Object.values(net).map((x) => rows(x.unstack()[problem])));
  const [features, ...layers] = parts;
  let output = features;
  for (const w of layers)
    output = w.map((row) => output[0].map((_, i) => row.reduce((sum, x, j) => sum + x * output[j][i], 0)));
  const y = await rows(labels);
  let fit = 0;
  for (const [k, row] of output.entries())
    for (const [i, z] of row.entries()) fit += (z + b[k] - y[k][i]) ** 2;
  const squares = parts.flat(2).reduce((sum, x) => sum + x * x, 0);
  const best = output.map((row, k) => row.reduce((sum, z, i) => sum + y[k][i] - z, 0) / row.length);
  return { value: fit / 14 + (lambda / 2) * squares, best };
}

describe.each([1, 2, 3])('%i layers', (M) => {
  const net = random(M);

  test('(1) is the mean squared error with its decay; a bias takes its best value', async () => {
    const found = await objective(net, labels, decay, bias).data();
    expect(found[0]).toBeCloseTo((await plainObjective(net, 0, 0.02)).value, 4);
    const { best } = await plainObjective(net, 1, 0.1);
    const at = async (shift: number) =>
      (
        await plainObjective(
          net,
          1,
          0.1,
          best.map((b) => b + shift),
        )
      ).value;
    expect(found[1]).toBeCloseTo(await at(0), 4);
    expect(await at(0)).toBeLessThan(Math.min(await at(0.01), await at(-0.01)));
  });

  test('(2) is the gradient of (1), for each part and each problem', async () => {
    const names = Object.keys(net);
    const total = (...parts: tf.Tensor[]) => {
      const given = Object.fromEntries(names.map((name, i) => [name, parts[i]]));
      return objective(given, labels, decay, bias).sum() as tf.Scalar;
    };
    const expected = tf.grads(total)(Object.values(net));
    const found = gradients(net, labels, decay, bias);
    expect(Object.keys(found).sort()).toEqual(names.sort());
    for (const [i, name] of Object.keys(net).entries()) {
      expect(found[name].shape).toEqual(net[name].shape);
      expect(await largest(found[name].sub(expected[i])), name).toBeLessThan(2e-6);
    }
  });

  test('at the solution of (5) the gradient is zero and (1) is the sum of (4)', async () => {
    const lambda = 0.01;
    const s = sizes.map((n) => strength(n, 7, M, lambda));
    expect(Math.min(...s)).toBeGreaterThan(0.3);
    const diagonal = tf.diag(tf.tensor1d(s));
    // Every layer is diagonal; H has s/√n in the row of its class.
    const features = classColumns(s.map((x, k) => x / Math.sqrt(sizes[k])));
    const layers = Array.from({ length: M }, (_, j) => [`layer${j + 1}`, diagonal.expandDims()]);
    const solved: Net = { features: features.expandDims(), ...Object.fromEntries(layers) };
    const one = tf.tensor([lambda], [1, 1, 1]);
    const none = tf.scalar(0);
    for (const slope of Object.values(gradients(solved, labels, one, none)))
      expect(await largest(slope)).toBeLessThan(1e-7);
    const sum = s.reduce((total, x, k) => total + scalarProblem(x, x, sizes[k], 7, M, lambda), 0);
    expect((await objective(solved, labels, one, none).data())[0]).toBeCloseTo(sum, 6);
  });
});

const classColumns = (lengths: number[]) => labels.mul(tf.tensor2d(lengths, [3, 1]));

/** One class of formula (1): s in each layer, x in the features, not yet set equal. */
const scalarProblem = (s: number, x: number, n: number, N: number, M: number, lambda: number) =>
  (s ** M * x - Math.sqrt(n)) ** 2 / (2 * N) + (lambda / 2) * (M * s * s + x * x);

test('class means are means over the samples of a class', async () => {
  const features = tf.tensor2d([
    [1, 2, 3, 6, 10, 20, 7],
    [0, 0, 0, 4, -1, 1, 5],
  ]);
  expect(await rows(classMeans(features, labels))).toEqual([
    [3, 1],
    [15, 0],
    [7, 5],
  ]);
});

test('(3) is spread over squared means, counted by samples, and does not see rotations or scale', async () => {
  const features = tf.tensor2d([
    [1, 1, 1, 5, 3, 3, 2],
    [0, 0, 0, 0, 4, 4, 0],
  ]);
  // Means 2, (3, 4), 2: spread 3·1 + 9 = 12; means 4·4 + 2·25 + 4 = 70.
  const value = async (x: tf.Tensor) => (await withinVariance(x, labels).data())[0];
  expect(await value(features)).toBeCloseTo(12 / 70, 6);
  const turn = tf.tensor2d([
    [0.6, -0.8],
    [0.8, 0.6],
  ]);
  expect(await value(tf.matMul(turn, features).mul(3))).toBeCloseTo(12 / 70, 6);
  expect(await value(classColumns([3, 1, 2]))).toBe(0);
});

test('cosines compare rows, over any leading axis', async () => {
  const a = tf.tensor2d([
    [3, 0],
    [1, 1],
  ]);
  const b = tf.tensor2d([[0, 5]]);
  expect(await largest(cosines(a, b).sub(tf.tensor2d([[0], [Math.SQRT1_2]])))).toBeLessThan(1e-6);
  const both = cosines(tf.stack([a, a.neg()]), tf.stack([a, a]));
  expect(await largest(both.unstack()[0].sub(both.unstack()[1].neg()))).toBeLessThan(1e-6);
  expect(await largest(both.unstack()[0].sub(cosines(a, a)))).toBeLessThan(1e-6);
  expect(await largest(cosines(tf.zeros([2, 2]), a))).toBe(0);
});

describe('the problem of one class', () => {
  test.for([1, 2, 3, 4])('%i layers: (5) minimises (4), with s and x free', (M) => {
    for (const lambda of [0.001, 0.005, 0.02, 0.05]) {
      for (const n of [2, 6, 24]) {
        const s = strength(n, 42, M, lambda);
        const found = scalarProblem(s, s, n, 42, M, lambda);
        let best = scalarProblem(0, 0, n, 42, M, lambda);
        for (let i = 1; i <= 150; i++)
          for (let j = 1; j <= 150; j++)
            best = Math.min(best, scalarProblem(i / 50, j / 50, n, 42, M, lambda));
        expect(found).toBeLessThanOrEqual(best + 1e-12);
        expect(best - found).toBeLessThan(3e-4);
      }
    }
  });

  test('one layer: the soft threshold', () => {
    for (const n of [1, 2, 10]) {
      expect(strength(n, 42, 1, 0.01) ** 2).toBeCloseTo(Math.sqrt(n) - 0.42, 10);
      expect(threshold(n, 42, 1)).toBeCloseTo(Math.sqrt(n) / 42, 10);
      expect(strength(n, 42, 1, (1.01 * Math.sqrt(n)) / 42)).toBe(0);
    }
  });

  test('lengths found by an independent training in float64', () => {
    const expected = {
      1: { mean: [0.442, 0.5433, 0.6109, 0.776], row: [2.1654, 1.7182, 1.4965, 1.0974] },
      2: { mean: [0.3437, 0.4569, 0.5381, 0.7551], row: [2.8353, 2.0879, 1.7374, 1.1402] },
      3: { mean: [0.3022, 0.4176, 0.5034, 0.7438], row: [3.2445, 2.3033, 1.8746, 1.164] },
    };
    for (const [M, { mean, row }] of Object.entries(expected)) {
      for (const [k, n] of [24, 10, 6, 2].entries()) {
        const found = lengths(n, 42, Number(M), 0.005);
        expect(found.mean).toBeCloseTo(mean[k], 3);
        expect(found.row).toBeCloseTo(row[k], 3);
      }
    }
  });

  test.for([1, 2, 3])('%i layers: at (6) keeping the class costs as much as losing it', (M) => {
    for (const n of [2, 10]) {
      const edge = threshold(n, 42, M);
      const gain = (lambda: number) => {
        const s = strength(n, 42, M, lambda);
        return n / 84 - scalarProblem(s, s, n, 42, M, lambda);
      };
      expect(gain(0.999999 * edge)).toBeGreaterThan(0);
      expect(gain(0.999999 * edge)).toBeLessThan(1e-5);
      expect(strength(n, 42, M, edge)).toBe(0);
    }
  });

  test('(6) for equal classes is the balanced threshold b > (M − 1)^((M − 1)/M) / M', () => {
    for (const [M, critical] of [
      [1, 0.0791],
      [2, 0.0461],
      [3, 0.0383],
    ]) {
      const lambda = threshold(10, 40, M);
      expect(lambda).toBeCloseTo(critical, 4);
      const b = M * 4 * (40 * lambda ** (M + 1)) ** (1 / M);
      expect(b).toBeCloseTo((M - 1) ** ((M - 1) / M) / M, 10);
    }
  });

  test('the form of the paper: b/n = M x^(M − 1)/(x^M + 1)², s^(2M) = N λ x^M', () => {
    for (const M of [1, 2, 3]) {
      for (const n of [2, 6, 24]) {
        const [N, lambda] = [42, 0.005];
        const b = M * N * (N * lambda ** (M + 1)) ** (1 / M);
        const s = strength(n, N, M, lambda);
        const x = (s ** (2 * M) / (N * lambda)) ** (1 / M);
        expect((M * x ** (M - 1)) / (x ** M + 1) ** 2).toBeCloseTo(b / n, 10);
        expect(lengths(n, N, M, lambda).mean).toBeCloseTo(s ** M / (s ** (2 * M) + N * lambda), 10);
      }
    }
  });
});
