import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import * as m from '../../content/papers/text-vectors/mechanism.ts';

const listOf = (x: tf.Tensor) => Array.from(x.dataSync());
const close = (found: number[], wanted: number[]) => {
  expect(found.length).toBe(wanted.length);
  for (const [i, value] of wanted.entries()) expect(found[i]).toBeCloseTo(value, 5);
};
const sigmoid = (h: number) => 1 / (1 + Math.exp(-h));

describe('the code', () => {
  const h = [-2, -0.3, 0.3, 2];
  const slope = (f: (x: tf.Tensor) => tf.Tensor) =>
    listOf(tf.grad((x: tf.Tensor) => f(x).sum())(tf.tensor1d(h)));

  test('is the sign of h, formula (1)', () => {
    expect(listOf(m.roundThrough(tf.tensor1d(h)))).toEqual([0, 0, 1, 1]);
    expect(listOf(m.roundTruly(tf.tensor1d(h)))).toEqual([0, 0, 1, 1]);
    close(listOf(m.unrounded(tf.tensor1d(h))), h.map(sigmoid));
  });

  test('has the derivative of the sigmoid, (2), or its own, zero', () => {
    const wanted = h.map((h) => sigmoid(h) * (1 - sigmoid(h)));
    close(slope(m.roundThrough), wanted);
    close(slope(m.unrounded), wanted);
    close(slope(m.roundTruly), [0, 0, 0, 0]);
  });
});

const u = [
  [0.5, -1, 2],
  [1, 0.3, -0.2],
];
const c = [0.1, 0.2, -0.4];
const counts = [
  [2, 0, 1],
  [0, 4, 1],
];
const code = [
  [1, 0],
  [1, 1],
];
const logSoftmax = (z: number[]) => {
  const all = Math.log(z.reduce((sum, z) => sum + Math.exp(z), 0));
  return z.map((z) => z - all);
};
const dot = (a: number[], b: number[]) => a.reduce((sum, a, i) => sum + a * b[i], 0);

test('loss (3), by its definition and stacked', () => {
  let sum = 0;
  for (const [d, row] of counts.entries()) {
    const z = logSoftmax(c.map((c, v) => c + dot(code[d], [u[0][v], u[1][v]])));
    sum -= dot(row, z);
  }
  const one = m.codeLoss(tf.tensor2d(code), tf.tensor2d(u), tf.tensor1d(c), tf.tensor2d(counts));
  close(listOf(one), [sum / 8]);
  const stack = m.codeLoss(
    tf.tensor3d([code, code]),
    tf.tensor3d([u, u]),
    tf.tensor3d([[c], [c]]),
    tf.tensor2d(counts),
  );
  close(listOf(stack), [sum / 8, sum / 8]);
});

test('Hamming distance (4) counts what differs', () => {
  const a = tf.tensor2d([
    [0, 1, 1],
    [0, 0, 0],
  ]);
  const b = tf.tensor2d([
    [1, 1, 0],
    [0, 1, 1],
    [1, 0, 0],
  ]);
  expect(listOf(m.hamming(a, b))).toEqual([2, 0, 3, 2, 2, 1]);
});

test('average precision (5): by hand, with ties, and at its best', () => {
  expect(m.averagePrecision([1, 2, 3, 4], [true, false, true, false])).toBeCloseTo((1 + 2 / 3) / 2);
  expect(m.averagePrecision([1, 1, 1, 1], [true, false, true, false])).toBeCloseTo(0.5);
  expect(m.averagePrecision([9, 1, 2], [false, true, true])).toBe(1);
});

describe('senses', () => {
  // Two words of two senses, in two dimensions.
  const r = [
    [
      [1, 0],
      [0, 2],
    ],
    [
      [-1, 1],
      [0.5, 0.5],
    ],
  ];
  const vectors = [
    [0.2, 0.4],
    [-1, 0.3],
    [0.7, -0.6],
  ];
  const word = tf.tensor2d([
    [1, 0],
    [0, 1],
  ]);
  const n = tf.tensor2d(counts);
  const given = () => m.senseGiven(tf.tensor3d(r), tf.tensor2d(vectors), n, word);
  const windows = () => m.windowGiven(tf.tensor3d(r), tf.tensor2d(vectors), n, word);
  const size = [3, 5];

  test('the context chooses, formula (6)', () => {
    const wanted = counts.flatMap((row, i) => {
      const mean = [0, 1].map(
        (k) =>
          dot(
            row,
            vectors.map((v) => v[k]),
          ) / size[i],
      );
      return logSoftmax(r[i].map((r) => dot(r, mean)));
    });
    close(listOf(given()), wanted);
  });

  test('the sense explains the window, formula (7)', () => {
    const wanted = counts.flatMap((row, i) =>
      r[i].map((x) => dot(row, logSoftmax(vectors.map((v) => dot(v, x))))),
    );
    close(listOf(windows()), wanted);
  });

  test('the mixture (8) and the average of logs, which is never less', () => {
    const [s, w] = [listOf(given()), listOf(windows())];
    const p = [0, 1].map((i) => [0, 1].map((z) => Math.exp(s[2 * i + z])));
    const mixed = p.map(([a, b], i) => -Math.log(a * Math.exp(w[2 * i]) + b * Math.exp(w[2 * i + 1])));
    const logs = p.map(([a, b], i) => -(a * w[2 * i] + b * w[2 * i + 1]));
    close(listOf(m.mixtureLoss(given(), windows())), [(mixed[0] + mixed[1]) / 2]);
    close(listOf(m.averageLoss(given(), windows())), [(logs[0] + logs[1]) / 2]);
    expect(logs[0]).toBeGreaterThan(mixed[0]);
  });
});
