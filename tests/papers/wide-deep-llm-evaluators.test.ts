import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  agreement,
  correlation,
  discuss,
  kappa,
  meanVerdict,
  neighbours,
  review,
  vote,
  weightsOf,
} from '../../content/papers/wide-deep-llm-evaluators/mechanism.ts';
import { closeTo, list } from './numbers.ts';

const close = closeTo(5);

test('a review is what is seen, and its three errors', async () => {
  const seen = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  const shared = tf.tensor3d([[[10]], [[20]]]);
  const fresh = tf.tensor3d([0, 1, 2, 3, 4, 5, 6, 7], [2, 2, 2]);
  const found = review(seen, shared, fresh, { positionBias: 0.5, sharedBias: 0.1, noise: 2 });
  expect(found.shape).toEqual([2, 2, 2]);
  close(await list(found), [2.5, 3.5, 7.5, 8.5, 13.5, 14.5, 18.5, 19.5]);
  close(await list(review(seen, shared, fresh, {})), [1, 1, 2, 2, 3, 3, 4, 4]);
});

test('the window holds neighbours, each row a mean', async () => {
  const half = 1 / 2;
  const third = 1 / 3;
  close(await list(neighbours(4)), [
    ...[half, half, 0, 0],
    ...[third, third, third, 0],
    ...[0, third, third, third],
    ...[0, 0, half, half],
  ]);
  close(await list(neighbours(1)), [1]);
});

test('a discussion mixes the own score with the window of the layer before', async () => {
  const y = tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [2, 3, 2]);
  const before = y.mul(10);
  const herd = tf.tensor3d([[[100]], [[200]]]);
  const window = tf.tensor2d([
    [0, 1, 0],
    [0.5, 0, 0.5],
    [1, 0, 0],
  ]);
  const found = discuss(y, before, window, 0.25, herd);
  expect(found.shape).toEqual([2, 3, 2]);
  const own = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
  const heard = [30, 40, 30, 40, 10, 20, 90, 100, 90, 100, 70, 80];
  close(
    await list(found),
    own.map((v, k) => 0.75 * v + 0.25 * heard[k] + (k < 6 ? 100 : 200)),
  );
});

test('the mean is over layers, reviewers and orders; the vote over the last layer, ties by the mean', async () => {
  const layers = tf.range(0, 24).reshape([2, 2, 3, 2]);
  close(await list(meanVerdict(layers)), [8.5, 14.5]);
  const last = tf.tensor3d([
    [
      [3, 3],
      [-1, -1],
      [-1, 0.5],
    ],
    [
      [5, 5],
      [-1, -1],
      [0, 0],
    ],
    [
      [-5, -5],
      [1, 1],
      [0, 0],
    ],
  ]);
  close(await list(vote(last).sign()), [-1, 1, -1]);
});

test('weights of calls are those that the network itself gives them', async () => {
  const [n, L, trust] = [3, 3, 0.4];
  const { calls, herds } = weightsOf(n, L, trust);
  close(await list(calls.sum()), [1]);
  close(await list(weightsOf(5, 1, trust).calls), new Array(5).fill(0.2));
  // A single call of size 1 in a network of zeros is its weight.
  const verdictOf = (layer: number, who: number, herd: number) => {
    const said: tf.Tensor[] = [];
    for (let l = 0; l < L; l++) {
      const y =
        l === layer && who >= 0 ? tf.oneHot(who, n).toFloat().reshape([1, n, 1]) : tf.zeros([1, n, 1]);
      const pull = tf.fill([1, 1, 1], l === herd ? 1 : 0);
      said.push(l ? discuss(y, said[l - 1], neighbours(n), trust, pull) : y);
    }
    return meanVerdict(tf.stack(said));
  };
  const expected: number[] = [];
  for (let l = 0; l < L; l++) for (let i = 0; i < n; i++) expected.push(...(await list(verdictOf(l, i, -1))));
  close(await list(calls), expected);
  close(await list(herds), [0, ...(await list(verdictOf(-1, -1, 1))), ...(await list(verdictOf(-1, -1, 2)))]);
});

test('correlation and agreement at known values', async () => {
  const eye = tf.eye(2);
  const one = tf.tensor2d([[1, 0]]);
  close(await list(correlation(one, one, eye, 0)), [1]);
  close(await list(correlation(one, one, eye, 3)), [0.5]);
  close(await list(correlation(tf.tensor2d([[0, 2]]), one, eye, 0)), [0]);
  const tied = tf.tensor2d([
    [1, 0.6],
    [0.6, 1],
  ]);
  close(await list(correlation(tf.tensor2d([[0, 2]]), one, tied, 0)), [0.6]);
  close(await list(correlation(one, tf.tensor2d([[1, 1]]), tied, 0)), [1.6 / Math.sqrt(3.2)]);
  close(await list(agreement(tf.tensor1d([1, 0, -1, 0.5]))), [1, 0.5, 0, 2 / 3]);
});

test('κ is (p_o − p_e)/(1 − p_e), and 2 p − 1 where verdicts are balanced', async () => {
  const a = tf.tensor1d([1, 1, 1, -1, -1, 2, 0.1, -3]);
  const b = tf.tensor1d([1, 1, -1, -1, 1, 1, 1, -1]);
  const [p, q, agreed] = [5 / 8, 5 / 8, 6 / 8];
  const chance = p * q + (1 - p) * (1 - q);
  close(await list(kappa(a, b)), [(agreed - chance) / (1 - chance)]);
  const even = tf.tensor1d([1, -1, 1, -1]);
  close(await list(kappa(even, tf.tensor1d([1, -1, -1, 1]))), [0]);
  close(await list(kappa(even, even)), [1]);
  // Chance is not p(1 − p): an unbalanced pair.
  const c = tf.tensor1d([1, 1, 1, 1]);
  close(await list(kappa(tf.tensor1d([1, 1, 1, -1]), c)), [0]);
});
