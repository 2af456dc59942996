import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  address,
  begin,
  decode,
  distances,
  follow,
  hard,
  keysOf,
  overlap,
  project,
  residual,
  snap,
  soft,
  write,
} from '../../content/papers/discrete-key-value-bottleneck/mechanism.ts';

const flat = async (x: tf.Tensor) => Array.from(await x.data());
const close = async (found: tf.Tensor, expected: number[]) => {
  const got = await flat(found);
  expect(got).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(got[i]).toBeCloseTo(value, 5);
};

// Two codebooks of three keys in two dimensions, and two inputs.
const heads = tf.tensor3d([
  [
    [0, 1],
    [3, 0],
  ],
  [
    [1, 1],
    [-2, 0],
  ],
]);
const keys = tf.tensor3d([
  [
    [0, 0],
    [3, 1],
    [9, 9],
  ],
  [
    [5, 5],
    [1, 2],
    [-2, -1],
  ],
]);

test('each codebook projects the same embedding by its own matrix', async () => {
  const z = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  const projections = tf.tensor3d([
    [
      [1, 0],
      [0, 1],
    ],
    [
      [0, 2],
      [1, 0],
    ],
  ]);
  await close(project(z, projections), [1, 2, 3, 4, 2, 2, 4, 6]);
});

test('distances are squared distances but for the square of the head', async () => {
  const lengths = heads.square().sum(2, true);
  const direct = heads.expandDims(2).sub(keys.expandDims(1)).square().sum(3);
  await close(distances(heads, keys).add(lengths), await flat(direct));
});

test('the nearest key is found, and its row in the flat table', async () => {
  expect(await flat(snap(heads, keys))).toEqual([0, 1, 1, 2]);
  const rows = address(snap(heads, keys), 3);
  expect(rows.shape).toEqual([2, 2]);
  expect(await flat(rows)).toEqual([0, 4, 1, 5]);
});

const values = tf.tensor2d([
  [1, 0],
  [2, 0],
  [0, 5],
  [9, 9],
  [3, 2],
  [0, -4],
]);
const rows = tf.tensor2d(
  [
    [0, 4],
    [1, 5],
  ],
  [2, 2],
  'int32',
);

test('the decoder averages the values fetched, and equals the matrix of reads', async () => {
  await close(decode(values, rows), [2, 1, 1, -2]);
  const read = hard(heads, keys);
  await close(read, [1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1]);
  await close(tf.matMul(read, values).div(2), [2, 1, 1, -2]);
});

test('the soft lookup reads all keys: a softmax in each codebook', async () => {
  const read = soft(heads, keys);
  expect(read.shape).toEqual([2, 6]);
  const spread = ((1 + 9 + 2 + 4) / 8) * 2;
  const weights = [1, 9, 145].map((far) => Math.exp((-2 * far) / spread));
  const all = weights.reduce((a, b) => a + b);
  const found = await flat(read);
  for (const [j, weight] of weights.entries()) expect(found[j]).toBeCloseTo(weight / all, 5);
  await close(read.sum(1), [2, 2]);
});

test('the residual is the gradient of the mean cross-entropy', async () => {
  const logits = tf.tensor2d([
    [0, Math.log(3)],
    [0, 0],
  ]);
  const targets = tf.tensor2d([
    [1, 0],
    [0, 1],
  ]);
  await close(residual(logits, targets), [-0.375, 0.375, 0.25, -0.25]);
});

test('a write is a step down the gradient, and leaves alone what was not fetched', async () => {
  const error = tf.tensor2d([
    [1, -1],
    [2, 0],
  ]);
  const change = write(values, rows, error, 4).sub(values);
  await close(change, [-2, 2, -4, 0, 0, 0, 0, 0, -2, 2, -4, 0]);
  const twice = tf.tensor2d(
    [
      [0, 4],
      [0, 5],
    ],
    [2, 2],
    'int32',
  );
  const both = write(values, twice, error, 4).sub(values);
  await close(both, [-6, 2, 0, 0, 0, 0, 0, 0, -2, 2, -4, 0]);
});

test('a write moves the logits of others by the share of common keys', async () => {
  const others = tf.tensor2d(
    [
      [0, 4],
      [0, 5],
      [2, 3],
    ],
    [3, 2],
    'int32',
  );
  const one = rows.slice([0, 0], [1, 2]);
  await close(overlap(one, others), [1, 0.5, 0]);
  const error = tf.tensor2d([[1, -1]]);
  const after = write(values, one, error, 3);
  const change = decode(after, others).sub(decode(values, others));
  await close(change, [-1.5, 1.5, -0.75, 0.75, 0, 0]);
});

test('keys follow their heads by moving averages, and dead ones begin again', async () => {
  const start = tf.tensor3d([
    [
      [0, 0],
      [9, 9],
    ],
  ]);
  const books = begin(start, 2);
  await close(books.counts, [2, 2]);
  await close(books.sums, [0, 0, 18, 18]);
  await close(keysOf(books), [0, 0, 9, 9]);
  const four = tf.tensor3d([
    [
      [1, 0],
      [1, 0],
      [0, 2],
      [0, 2],
    ],
  ]);
  const fresh = tf.tensor3d([
    [
      [7, 7],
      [5, 6],
    ],
  ]);
  // γ = 0.5: counts 1 + 2 and 1 + 0; the second lives on.
  const slow = follow(books, four, fresh, 0.5);
  await close(slow.counts, [3, 1]);
  await close(keysOf(slow), [1 / 3, 2 / 3, 9, 9]);
  // γ = 0.1: 0.2 + 3.6 and 0.2, which is the bound itself; γ = 0.09 is below it.
  const quick = follow(books, four, fresh, 0.09);
  await close(quick.counts, [0.18 + 3.64, 2]);
  await close(keysOf(quick), [1.82 / 3.82, 3.64 / 3.82, 5, 6]);
  const alive = follow(books, four, fresh, 0.11);
  await close(keysOf(alive).slice([0, 1, 0], [1, 1, 2]), [9, 9]);
});
