import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  agreement,
  centred,
  dotProduct,
  foundAgain,
  relative,
  shiftLaw,
  stretches,
  stretchLaw,
} from '../../content/papers/relative-representations/mechanism.ts';

const rows = (x: tf.Tensor) => x.array() as Promise<number[][]>;
const value = async (x: tf.Tensor) => (await x.data())[0];
const close = (found: number[][], expected: number[][], digits = 5) => {
  expect(found).toHaveLength(expected.length);
  for (const [i, row] of expected.entries()) {
    expect(found[i]).toHaveLength(row.length);
    for (const [j, entry] of row.entries()) expect(found[i][j]).toBeCloseTo(entry, digits);
  }
};
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

// Three codes and two anchors in the plane: right angles and diagonals.
const codes = tf.tensor2d([
  [3, 0],
  [0, 0.5],
  [-2, 2],
]);
const anchors = tf.tensor2d([
  [10, 0],
  [1, 1],
]);
const half = Math.SQRT1_2;

test('relative codes are the cosines with the anchors, one column for each', async () => {
  close(await rows(relative(codes, anchors)), [
    [1, half],
    [0, half],
    [-half, 0],
  ]);
});

test('each code of a stack meets the anchors of its own stack', async () => {
  const [e, a] = [normal([2, 5, 3], 1), normal([2, 4, 3], 2)];
  const both = relative(e, a).unstack();
  for (const i of [0, 1]) close(await rows(both[i]), await rows(relative(e.unstack()[i], a.unstack()[i])));
});

/** A rotation in the plane of the first two axes, then a reflection of the third. */
const Q = (angle: number) => {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return tf.tensor2d([
    [c, -s, 0],
    [s, c, 0],
    [0, 0, -1],
  ]);
};

test('an isometry and a scaling change no relative code; a shift and a stretch do', async () => {
  const [e, a] = [normal([6, 3], 3), normal([4, 3], 4)];
  const before = relative(e, a);
  const after = (move: (x: tf.Tensor) => tf.Tensor) => relative(move(e), move(a));
  const change = (move: (x: tf.Tensor) => tf.Tensor) => value(after(move).sub(before).abs().max());
  expect(await change((x) => tf.matMul(x, Q(1.1)).mul(3.7))).toBeLessThan(1e-5);
  expect(await change((x) => x.add(1))).toBeGreaterThan(0.1);
  expect(await change((x) => x.mul(tf.tensor1d([1, 1, 5])))).toBeGreaterThan(0.1);
});

test('the dot product keeps lengths, divided by √d', async () => {
  const e = tf.tensor2d([[1, 2, 3, 4]]);
  close(await rows(dotProduct(e, tf.tensor2d([[2, 0, 0, 1]]))), [[6 / 2]]);
  close(await rows(dotProduct(e.mul(2), tf.tensor2d([[2, 0, 0, 1]]))), [[6]]);
  const stack = dotProduct(tf.stack([e, e]), tf.tensor3d([[[2, 0, 0, 1]], [[0, 2, 0, 0]]]));
  close(await rows(stack.reshape([2, 1])), [[3], [2]]);
});

test('the centred cosine is that of differences to the mean anchor, and forgets a shift', async () => {
  const e = tf.tensor2d([[4, 1]]);
  const a = tf.tensor2d([
    [2, 0],
    [0, 2],
  ]); // of mean (1, 1): the code is seen as (3, 0), the anchors as (1, −1) and (−1, 1)
  close(await rows(centred(e, a)), [[half, -half]]);
  close(await rows(centred(e.add(5), a.add(5))), [[half, -half]]);
  // In a stack, each has a mean of its own.
  const stack = centred(tf.stack([e, e.add(5)]), tf.stack([a, a.add(5)])).unstack();
  for (const r of stack) close(await rows(r), [[half, -half]]);
});

test('agreement is the correlation of all entries', async () => {
  const r = tf.tensor2d([
    [1, 2],
    [3, 6],
  ]);
  expect(await value(agreement(r, r.mul(5).sub(2)))).toBeCloseTo(1, 5);
  expect(await value(agreement(r, r.neg()))).toBeCloseTo(-1, 5);
  // Around their means r is −2, −1, 0, 3 and the other −1, 1, −1, 1.
  const other = tf.tensor2d([
    [0, 2],
    [0, 2],
  ]);
  expect(await value(agreement(r, other))).toBeCloseTo((2 - 1 + 3) / Math.sqrt(14 * 4), 5);
});

test('stretches go from 1 to κ in equal ratios', () => {
  const s = stretches(5, 16);
  expect(s).toHaveLength(5);
  for (const [i, value] of [1, 2, 4, 8, 16].entries()) expect(s[i]).toBeCloseTo(value, 10);
});

test('equal stretches leave an agreement of 1, a single direction 1/√d', () => {
  expect(stretchLaw([3, 3, 3])).toBeCloseTo(1, 10);
  expect(stretchLaw([1, 0, 0, 0])).toBeCloseTo(1 / 2, 10);
  expect(stretchLaw([1, 2])).toBeCloseTo(5 / Math.sqrt(2 * 17), 10);
});

test('the law of stretches is that of random codes in many dimensions', async () => {
  const [e, a] = [normal([200, 128], 5), normal([100, 128], 6)];
  for (const kappa of [3, 30]) {
    const s = stretches(128, kappa);
    const found = await value(agreement(relative(e, a), relative(e.mul(s), a.mul(s))));
    expect(Math.abs(found - stretchLaw(s))).toBeLessThan(0.03);
  }
});

test('so is the law of shifts: 1 at none, 1/√2 at large ones', async () => {
  expect(shiftLaw(0)).toBe(1);
  expect(shiftLaw(1e3)).toBeCloseTo(Math.SQRT1_2, 6);
  const [e, a] = [normal([200, 128], 7), normal([100, 128], 8)];
  const direction = normal([128], 9);
  const t = direction.div(direction.norm()).mul(Math.sqrt(128));
  for (const tau of [0.5, 1, 2]) {
    const moved = relative(e.add(t.mul(tau)), a.add(t.mul(tau)));
    const found = await value(agreement(relative(e, a), moved));
    expect(Math.abs(found - shiftLaw(tau))).toBeLessThan(0.03);
  }
});

test('a row is found again where the other set has its nearest at the same place', async () => {
  const r = tf.tensor2d([
    [1, 0],
    [0, 1],
    [1, 1],
  ]);
  expect(await value(foundAgain(r, r.mul(7)))).toBe(1);
  expect(await value(foundAgain(r, r.gather([1, 0, 2])))).toBeCloseTo(1 / 3, 6);
  // Nearest by angle, not by product: the long row draws none to it.
  const long = r.mul(tf.tensor2d([[9], [1], [1]]));
  expect(await value(foundAgain(r, long))).toBe(1);
});
