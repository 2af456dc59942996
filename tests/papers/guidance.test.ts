import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  centre,
  copying,
  linearCka,
  pattern,
  plain,
  residual,
  unlike,
} from '../../content/papers/guidance/mechanism.ts';
import { closeTo } from './numbers.ts';

type T = tf.Tensor;
const read = async (x: T) => [...(await x.data())];
const one = async (x: T) => (await read(x))[0];
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const close = closeTo(5);

// Two units on three images, already centred, and a guide of one unit.
const H = tf.tensor2d([
  [1, 0],
  [-1, 2],
  [0, -2],
]);
const G = tf.tensor2d([[2], [-1], [-1]]);

test('a plain layer is tanh of the product, a residual one adds 0.3 of it to its input', async () => {
  const h = tf.tensor3d([[[0.5, -1]]]);
  const w = tf.tensor3d([
    [
      [1, 2],
      [0.5, -1],
    ],
  ]);
  close(await read(plain(h, w)), [0, Math.tanh(2)]);
  close(await read(residual(h, w)), [0.5, -1 + 0.3 * Math.tanh(2)]);
});

test('centring takes the mean over images out of each unit', async () => {
  const x = tf.tensor3d([
    [
      [1, 5],
      [3, 9],
    ],
    [
      [0, 1],
      [0, 2],
    ],
  ]);
  close(await read(centre(x)), [-1, -2, 1, 2, 0, -0.5, 0, 0.5]);
});

test('CKA agrees with formula (3) by hand', async () => {
  // GᵀH = [3, 0]; HᵀH = [[2, −2], [−2, 8]]; GᵀG = 6.
  close(await read(linearCka(H, G)), [9 / (Math.sqrt(4 + 4 + 4 + 64) * 6)]);
});

test('CKA is one for a layer with itself and zero for patterns that have nothing in common', async () => {
  close(await read(linearCka(H, H)), [1]);
  const a = tf.tensor2d([[1], [-1], [1], [-1]]);
  const b = tf.tensor2d([[1], [1], [-1], [-1]]);
  close(await read(linearCka(a, b)), [0]);
});

test('CKA sees no scale, no shift and no turn, and does see a stretch', async () => {
  const [x, y] = [normal([30, 4], 1), normal([30, 6], 2)];
  const expected = await one(linearCka(x, y));
  const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
  const turn = tf.tensor2d([
    [c, s, 0, 0],
    [-s, c, 0, 0],
    [0, 0, 0, 1],
    [0, 0, 1, 0],
  ]);
  const turned = tf.matMul(x as tf.Tensor2D, turn);
  close([await one(linearCka(turned.mul(-3), y))], [expected]);
  close([await one(linearCka(x.add(tf.tensor1d([1, -2, 0, 4])), y))], [expected], 4);
  close([await one(linearCka(y, x))], [expected]);
  const stretched = await one(linearCka(x.mul(tf.tensor1d([5, 1, 1, 1])), y));
  expect(Math.abs(stretched - expected)).toBeGreaterThan(0.01);
});

test('the gradient of CKA grows as the answers shrink: c times smaller, c times steeper', async () => {
  const [x, y] = [normal([20, 3], 3), normal([20, 3], 4)];
  const slope = tf.grad((h: T) => linearCka(h, y).sum());
  close(await read(slope(x.div(100)).div(100)), await read(slope(x)), 4);
});

test('CKA is the sum of the products of the two patterns', async () => {
  const [x, y] = [normal([12, 3], 5), normal([12, 5], 6)];
  close([await one(pattern(x).mul(pattern(y)).sum())], [await one(linearCka(x, y))]);
});

test('a pattern is symmetric, has length one, and its rows add up to nothing', async () => {
  const K = pattern(normal([2, 9, 3], 7).add(2));
  close(await read(K.square().sum([1, 2])), [1, 1]);
  close(await read(K.sum(2)), Array(18).fill(0));
  close(await read(K.transpose([0, 2, 1])), await read(K));
});

test('the pattern agrees with HHᵀ by hand', async () => {
  const length = Math.sqrt(1 + 25 + 16 + 2 * (1 + 0 + 16));
  close(
    await read(pattern(H)),
    [1, -1, 0, -1, 5, -4, 0, -4, 4].map((v) => v / length),
  );
});

test('copying is one for the same numbers, zero for none, and falls with the squared distance', async () => {
  close(await read(copying(H, H)), [1]);
  close(await read(copying(H.mul(0), H)), [0]);
  close(await read(copying(H.mul(3), H)), [-3]);
  const stack = tf.stack([H, H.mul(2)]);
  close(await read(copying(stack, tf.stack([H, H]))), [1, 0]);
});

test('a network is unlike its guide by one minus the mean over its layers', async () => {
  const guide = normal([3, 2, 8, 4], 8);
  const acts = normal([3, 2, 8, 4], 9);
  const each = await read(linearCka(acts, guide));
  const mean = (run: number) => (each[run] + each[2 + run] + each[4 + run]) / 3;
  close(await read(unlike(acts, guide)), [1 - mean(0), 1 - mean(1)]);
  close(await read(unlike(guide, guide)), [0, 0]);
  close(await read(unlike(guide.mul(2), guide, copying)), [1, 1]);
});
