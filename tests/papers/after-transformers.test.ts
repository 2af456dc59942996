import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  attend,
  convolve,
  convolveCircle,
  correct,
  crowding,
  faded,
  kernelOf,
  matrixOf,
  overwritten,
  read,
  recurrent,
  write,
} from '../../content/papers/after-transformers/mechanism.ts';
import { closeTo, list } from './numbers.ts';

const close = closeTo(5);
const column = (...values: number[]) => tf.tensor2d(values, [values.length, 1]);

test('softmax attention mixes the values by e to the sharpened cosines', async () => {
  const q = tf.tensor2d([[1, 0]]);
  const k = tf.tensor2d([
    [1, 0],
    [0.6, 0.8],
    [0, 1],
  ]);
  const v = tf.tensor2d([
    [1, 0],
    [0, 1],
    [5, 5],
  ]);
  const [a, b, c] = [1, 0.6, 0].map((cosine) => Math.exp(3 * cosine));
  const sum = a + b + c;
  close(await list(attend(q, k, v, 3)), [(a + 5 * c) / sum, (b + 5 * c) / sum]);
});

test('a write keeps its share of the memory and adds the pair', async () => {
  const memory = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  const written = write(memory, column(0, 1), column(5, 7), 0.5, 2);
  close(await list(written), [0.5, 1 + 10, 1.5, 2 + 14]);
});

test('a decay and a gate may differ between memories', async () => {
  const memory = tf.ones([2, 1, 1]);
  const k = tf.ones([2, 1, 1]);
  const v = tf.tensor3d([[[3]], [[5]]]);
  const decay = tf.tensor3d([[[1]], [[0.1]]]);
  const gate = tf.tensor3d([[[0]], [[1]]]);
  close(await list(write(memory, k, v, decay, gate)), [1, 5.1]);
});

test('the delta rule at rate one answers the new key exactly, and leaves right angles alone', async () => {
  const memory = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  const k = column(0.6, 0.8);
  const righted = correct(memory, k, column(5, 7), 1);
  close(await list(read(righted, k.transpose())), [5, 7]);
  const across = tf.tensor2d([[-0.8, 0.6]]);
  close(await list(read(righted, across)), await list(read(memory, across)));
});

test('at rate one half it goes half the way', async () => {
  const memory = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  const answer = read(correct(memory, column(1, 0), column(5, 7), 0.5), tf.tensor2d([[1, 0]]));
  close(await list(answer), [3, 5]);
});

test('a memory is read with every query: o = S q', async () => {
  const memory = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  const queries = tf.tensor2d([
    [1, 0],
    [0, 1],
    [1, 1],
  ]);
  close(await list(read(memory, queries)), [1, 3, 2, 4, 3, 7]);
});

test('the laws: no crowd for one pair, error 1 for d + 1, halves', () => {
  expect(crowding(1, 64)).toBe(0);
  expect(crowding(65, 64)).toBe(1);
  expect(crowding(257, 64)).toBe(2);
  expect(faded(0.5, 3)).toBe(0.125);
  expect(faded(0.9, 0)).toBe(1);
  expect(overwritten(2, 3)).toBe(0.125);
  expect(overwritten(64, 0)).toBe(1);
  expect(overwritten(4, 2)).toBeCloseTo(0.5625, 9);
});

const a = tf.tensor1d([0.5, 0.9]);
const b = tf.tensor1d([1, 2]);
const c = tf.tensor1d([3, -1]);
const pulse = column(1, 0, 0, 0);

test('the kernel is the answer of the recurrence to a pulse', async () => {
  const byHand = [0, 1, 2, 3].map((s) => 3 * 0.5 ** s - 2 * 0.9 ** s);
  close(await list(recurrent(a, b, c, pulse)), byHand);
  close(await list(kernelOf(a, b, c, 4)), byHand);
  expect(recurrent(a, b, c, pulse).shape).toEqual([4, 1]);
});

test('step by step, as a convolution and as a matrix the output is the same', async () => {
  const input = column(1, -2, 0.5, 3, -1);
  const kernel = kernelOf(a, b, c, 5);
  const expected = await list(recurrent(a, b, c, input));
  close(await list(convolve(kernel, input)), expected, 4);
  close(await list(tf.matMul(matrixOf(kernel), input)), expected, 4);
});

test('the matrix has the kernel down its columns and nothing above its diagonal', async () => {
  close(await list(matrixOf(tf.tensor1d([1, 2, 3]))), [1, 0, 0, 2, 1, 0, 3, 2, 1]);
});

test('on a circle the end of the input runs into its beginning', async () => {
  const circle = convolveCircle(tf.tensor1d([1, 10, 100]), column(1, 2, 3));
  // y₀ = u₀ + 10 u₂ + 100 u₁, and so on round.
  close(await list(circle), [1 + 30 + 200, 2 + 10 + 300, 3 + 20 + 100], 3);
  expect(circle.shape).toEqual([3, 1]);
});
