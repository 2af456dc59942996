import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  activation,
  auc,
  dice,
  equalWeights,
  logLoss,
  miniBatchPenalty,
  pooled,
  softmaxWeights,
  type Unit,
} from '../../content/papers/deep-interest-network/mechanism.ts';

const seeded = (shape: number[], seed: number) => tf.randomUniform(shape, -1, 1, 'float32', seed);
const listOf = (x: tf.Tensor) => Array.from(x.dataSync());
const apart = (a: tf.Tensor, b: tf.Tensor) => listOf(a.sub(b).abs().max())[0];
const d = 3;
const unit: Unit = {
  u1: seeded([4 * d, 5], 1),
  c1: seeded([1, 5], 2),
  u2: seeded([5, 1], 3),
  c2: seeded([1, 1], 4),
  slope: 0.25,
};
const history = seeded([2, 4, d], 5);
const ad = seeded([2, d], 6);

/** The unit for one pair, number by number. */
function byHand(e: number[], v: number[]): number {
  const x = [...v, ...e, ...v.map((a, i) => a - e[i]), ...v.map((a, i) => a * e[i])];
  const [u1, [c1], u2, [[c2]]] = [unit.u1, unit.c1, unit.u2, unit.c2].map((t) => t.arraySync() as number[][]);
  const sums = c1.map((c, h) => c + x.reduce((sum, value, i) => sum + value * u1[i][h], 0));
  return c2 + sums.reduce((sum, s, h) => sum + (s > 0 ? s : 0.25 * s) * u2[h][0], 0);
}

describe('local activation unit, formula (2)', () => {
  test('is the network on v, e, v − e and v ⊙ e, in this order', () => {
    const found = activation(history, ad, unit).arraySync() as number[][];
    const es = history.arraySync() as number[][][];
    const vs = ad.arraySync() as number[][];
    for (const [b, row] of es.entries())
      for (const [j, e] of row.entries()) expect(found[b][j]).toBeCloseTo(byHand(e, vs[b]), 5);
  });

  test('looks at each behaviour alone: others do not change its weight', () => {
    const one = activation(history.slice([0, 1], [2, 1]), ad, unit);
    expect(apart(one, activation(history, ad, unit).slice([0, 1], [2, 1]))).toBeLessThan(1e-6);
  });

  test('has a gradient through every part', () => {
    const loss = (u1: tf.Tensor, h: tf.Tensor, a: tf.Tensor) =>
      activation(h, a, { ...unit, u1 })
        .square()
        .sum();
    const slopes = tf.grads(loss)([unit.u1, history, ad]);
    for (const slope of slopes) expect(listOf(slope.abs().min())[0]).toBeGreaterThan(0);
  });
});

describe('pooling', () => {
  test('equal weights are the sum, formula (1), whatever the ad', () => {
    const sum = pooled(history, equalWeights(history, ad, unit));
    expect(apart(sum, history.sum(1))).toBeLessThan(1e-6);
  });

  test('weighs over behaviours, not over numbers', () => {
    const two = tf.tensor3d([
      [
        [1, 10, 100],
        [2, 20, 200],
      ],
    ]);
    expect(listOf(pooled(two, tf.tensor2d([[3, -1]])))).toEqual([1, 10, 100]);
  });

  test('softmax weights are shares over the history, in the order of the free ones', () => {
    const shares = softmaxWeights(history, ad, unit);
    for (const sum of listOf(shares.sum(1))) expect(sum).toBeCloseTo(1, 5);
    const free = activation(history, ad, unit);
    expect(listOf(shares.argMax(1))).toEqual(listOf(free.argMax(1)));
    const ratio = shares.log().sub(free);
    expect(apart(ratio, ratio.mean(1, true))).toBeLessThan(1e-5);
  });

  test('the order of the history does not matter', () => {
    const turned = tf.reverse(history, 1);
    for (const weigh of [activation, softmaxWeights, equalWeights]) {
      const there = pooled(history, weigh(history, ad, unit));
      expect(apart(there, pooled(turned, weigh(turned, ad, unit)))).toBeLessThan(1e-5);
    }
  });

  test('n copies of an item: n times its vector without a softmax, once with', () => {
    const item = history.slice([0, 0], [2, 1]);
    const grown = (weigh: typeof activation) => {
      const many = tf.tile(item, [1, 12, 1]);
      const norm = (h: tf.Tensor) => listOf(pooled(h, weigh(h, ad, unit)).norm())[0];
      return norm(many) / norm(item);
    };
    expect(grown(activation)).toBeCloseTo(12, 4);
    expect(grown(equalWeights)).toBeCloseTo(12, 4);
    expect(grown(softmaxWeights)).toBeCloseTo(1, 4);
  });
});

test('log loss (3) by its definition, and finite far out', () => {
  const [z, y] = [
    [-2, 0.3, 1.5, 4],
    [0, 1, 0, 1],
  ];
  const byHand = z.map((z, i) => {
    const p = 1 / (1 + Math.exp(-z));
    return -(y[i] * Math.log(p) + (1 - y[i]) * Math.log(1 - p));
  });
  const mean = byHand.reduce((a, b) => a + b) / 4;
  expect(listOf(logLoss(tf.tensor1d(z), tf.tensor1d(y)))[0]).toBeCloseTo(mean, 5);
  expect(listOf(logLoss(tf.tensor1d([200, -200]), tf.tensor1d([1, 0])))[0]).toBe(0);
  expect(listOf(logLoss(tf.tensor1d([200]), tf.tensor1d([0])))[0]).toBeCloseTo(200, 3);
});

test('AUC: perfect, reversed, by chance, ties half', () => {
  const of = (a: number[], b: number[]) => listOf(auc(tf.tensor1d(a), tf.tensor1d(b)))[0];
  expect(of([3, 4], [1, 2])).toBe(1);
  expect(of([1, 2], [3, 4])).toBe(0);
  expect(of([1, 1], [1, 1])).toBe(0.5);
  expect(of([2, 5], [1, 2, 9])).toBeCloseTo((1 + 0.5 + 0 + 1 + 1 + 0) / 6, 5);
});

describe('mini-batch aware penalty, formula (4)', () => {
  const table = seeded([4, 2], 8);
  const batches = [
    [0, 1],
    [2, 0],
    [3, 0],
  ];
  const occurrences = tf.tensor1d([3, 1, 1, 1]);
  const inBatch = (ids: number[]) => tf.tensor1d([0, 1, 2, 3].map((j) => Number(ids.includes(j))));

  test('adds up to L2 where no id is twice in a batch', () => {
    const parts = batches.map((ids) => listOf(miniBatchPenalty(table, inBatch(ids), occurrences))[0]);
    const all = listOf(table.square().sum())[0];
    expect(parts.reduce((a, b) => a + b)).toBeCloseTo(all, 5);
  });

  test('counts an id that is twice in a batch once, so less than in full', () => {
    const once = miniBatchPenalty(table, inBatch([0, 0]), tf.tensor1d([2, 1, 1, 1]));
    expect(listOf(once)[0]).toBeCloseTo(listOf(table.slice([0], [1]).square().sum())[0] / 2, 5);
  });

  test('its gradient is 2 α/n times the row, and zero for absent rows', () => {
    const slope = tf.grad((t: tf.Tensor) => miniBatchPenalty(t, inBatch([0, 2]), occurrences))(table);
    const exact = table.mul(tf.tensor2d([[2 / 3], [0], [2], [0]]));
    expect(apart(slope, exact)).toBeLessThan(1e-6);
  });
});

describe('Dice, formula (5)', () => {
  const s = tf.linspace(-3, 3, 121);
  const at = (mean: number, deviation: number) =>
    dice(s, 0.25, tf.scalar(mean), tf.scalar(deviation ** 2), 1e-8);

  test('by its definition', () => {
    const found = listOf(at(0.5, 2));
    for (const [i, x] of listOf(s).entries()) {
      const p = 1 / (1 + Math.exp(-(x - 0.5) / 2));
      expect(found[i]).toBeCloseTo(p * x + (1 - p) * 0.25 * x, 4);
    }
  });

  test('is PReLU for a narrow batch around zero, within σ(1 − α)/e', () => {
    const near = s.mul(0.01);
    const narrow = dice(near, 0.25, tf.scalar(0), tf.scalar(1e-6), 1e-12);
    expect(apart(narrow, tf.leakyRelu(near, 0.25))).toBeLessThan((0.001 * 0.75) / Math.E);
    expect(apart(at(0, 1), tf.leakyRelu(s, 0.25))).toBeGreaterThan(0.15);
  });

  test('its switch stands at the mean: half of both there', () => {
    const middle = dice(tf.scalar(2), 0.25, tf.scalar(2), tf.scalar(1), 1e-8);
    expect(listOf(middle)[0]).toBeCloseTo((2 + 0.5) / 2, 5);
  });
});
