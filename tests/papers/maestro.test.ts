import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import * as maestro from '../../content/papers/maestro/mechanism.ts';
import { closeTo, list, someFrom } from './numbers.ts';

const close = closeTo(4);
const some = someFrom(7);
const left = some(3, 4);
const right = some(5, 4);
const factors = { left, right };
const diagonal = (K: tf.Tensor) => K.mul(tf.eye(K.shape.at(-1)!)).sum(-2, true);

test('the mask of b is b ones, then zeros, whatever the shape of b', async () => {
  close(
    await list(
      maestro.rankMask(
        tf.tensor2d([
          [0, 2],
          [3, 1],
        ]),
        3,
      ),
    ),
    [0, 0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 0],
  );
});

test('(1): a masked layer is the product with its prefix, for each row its own', async () => {
  const all = maestro.prefixes(factors);
  const x = some(4, 5);
  const kept = [3, 1, 4, 2];
  const found = maestro.factorised(x, factors, maestro.rankMask(tf.tensor1d(kept), 4));
  expect(found.shape).toEqual([4, 3]);
  const rows = kept.map((b, i) => tf.matMul(x.slice([i], [1]), all.gather(b - 1), false, true));
  close(await list(found), await list(tf.concat(rows)));
});

test('(1): prefixes are sums of outer products, one more each time', async () => {
  const all = maestro.prefixes(factors);
  expect(all.shape).toEqual([4, 3, 5]);
  let sum: tf.Tensor = tf.zeros([3, 5]);
  for (let j = 0; j < 4; j++) {
    sum = sum.add(tf.matMul(left.slice([0, j], [-1, 1]), right.slice([0, j], [-1, 1]), false, true));
    close(await list(all.gather(j)), await list(sum));
  }
});

test('K of prefixes is 1 − (max(j, k) − 1)/r', async () => {
  const K = maestro.together(maestro.rankMask(tf.range(1, 5), 4));
  const byHand = [0, 1, 2, 3].flatMap((j) => [0, 1, 2, 3].map((k) => 1 - Math.max(j, k) / 4));
  close(await list(K), byHand);
});

test('(4) is half the gradient of the mean over all prefixes', async () => {
  const W = some(3, 5);
  const half = some(5, 5);
  const inputMoment = tf.matMul(half, half, false, true);
  const loss = (left: tf.Tensor, right: tf.Tensor) => {
    const off = maestro.prefixes({ left, right }).sub(W);
    const seen = tf.matMul(off.reshape([12, 5]), half);
    return seen
      .square()
      .sum()
      .div(4 * 2) as tf.Scalar;
  };
  const K = maestro.together(maestro.rankMask(tf.range(1, 5), 4));
  const [gl, gr] = tf.grads(loss)([left, right]);
  const found = maestro.lodGradient(factors, tf.matMul(W, inputMoment), inputMoment, K, diagonal(K));
  close(await list(found.left), await list(gl));
  close(await list(found.right), await list(gr));
});

test('(4) works on a stack, each map with its own K', async () => {
  const [W, S] = [some(2, 3, 5), some(2, 5, 5)];
  const K = some(2, 4, 4);
  const stack = { left: some(2, 3, 4), right: some(2, 5, 4) };
  const all = maestro.lodGradient(stack, W, S, K, diagonal(K));
  for (const i of [0, 1]) {
    const one = { left: stack.left.gather(i), right: stack.right.gather(i) };
    const alone = maestro.lodGradient(one, W.gather(i), S.gather(i), K.gather(i), diagonal(K.gather(i)));
    close(await list(all.left.gather(i)), await list(alone.left));
    close(await list(all.right.gather(i)), await list(alone.right));
  }
});

test('the factors of an SVD are where (4) vanishes, for prefixes', async () => {
  const U = tf.tensor2d([
    [3, 0],
    [0, 1],
    [0, 0],
  ]);
  const V = tf.tensor2d([
    [1, 0],
    [0, 0],
    [0, 1],
  ]);
  const W = tf.matMul(U, V, false, true);
  const K = maestro.together(maestro.rankMask(tf.tensor1d([1, 2]), 2));
  const { left, right } = maestro.lodGradient({ left: U, right: V }, W, tf.eye(3), K, diagonal(K));
  close(await list(left), Array(6).fill(0));
  close(await list(right), Array(6).fill(0));
});

test('the size of a term is the product of its lengths', async () => {
  const sizes = maestro.termSizes({
    left: tf.tensor2d([
      [3, 1],
      [4, 0],
    ]),
    right: tf.tensor2d([
      [0, 2],
      [2, 0],
      [0, 0],
    ]),
  });
  close(await list(sizes), [10, 2]);
});

test('tail norms run from a column to the last', async () => {
  close(
    await list(
      maestro.tailNorms(
        tf.tensor2d([
          [3, 2, 0],
          [0, 0, 6],
        ]),
      ),
    ),
    [7, Math.sqrt(40), 6],
  );
  close(await list(maestro.tailNorms(tf.zeros([2, 2]))), [1e-5, 1e-5], 7);
});

test('(6) is the gradient of the sum of all tail norms', async () => {
  const slope = tf.grad((x: tf.Tensor) => maestro.tailNorms(x).sum())(left);
  close(await list(maestro.lassoGradient(left, tf.ones([4]))), await list(slope));
});

test('(6) lets columns that are gone alone, and they pull at none', async () => {
  const alive = maestro.rankMask(tf.tensor1d([2, 4]), 4);
  const found = maestro.lassoGradient(tf.stack([left, left]), alive);
  const two = maestro.lassoGradient(left.slice([0, 0], [-1, 2]), tf.ones([2]));
  close(await list(found.gather(0).slice([0, 0], [-1, 2])), await list(two));
  close(await list(found.gather(0).slice([0, 2], [-1, 2])), Array(6).fill(0));
  close(await list(found.gather(1)), await list(maestro.lassoGradient(left, tf.ones([4]))));
});

test('(7) counts the tails that weigh as much as the threshold', async () => {
  const withDiagonal = (values: number[]) => tf.diag(tf.tensor1d(values));
  const both = { left: withDiagonal([2, 1, 0.5]), right: withDiagonal([3, 1, 0.5]) };
  const count = async (alive: number, at: number) =>
    (await list(maestro.shrink(both, maestro.rankMask(tf.scalar(alive), 3), at)))[0];
  // Products of tails: √(5.25·10.25), 1.25 and 0.25; without the last column √(5·10), 1 and 0.
  expect(await count(3, 0.2)).toBe(3);
  expect(await count(3, 0.3)).toBe(2);
  expect(await count(3, 1.2)).toBe(2);
  expect(await count(2, 1.2)).toBe(1);
  expect(await count(2, 0.2)).toBe(2);
  expect(await count(2, 0)).toBe(3);
  expect(await count(3, 7.2)).toBe(1);
  expect(await count(3, 7.5)).toBe(0);
});
