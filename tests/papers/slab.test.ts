import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  allPairs,
  asBatchNorm,
  batchNorm,
  depthwise,
  fading,
  fold,
  keysFirst,
  prepBN,
  repBN,
} from '../../content/papers/slab/mechanism.ts';

type T = tf.Tensor;

const seeded = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed) as T;
const listOf = (x: T) => Array.from(x.dataSync());
const close = (found: T, expected: T | number[], digits = 4) => {
  const values = listOf(found);
  const wanted = Array.isArray(expected) ? expected : listOf(expected);
  if (!Array.isArray(expected)) expect(found.shape).toEqual(expected.shape);
  expect(values).toHaveLength(wanted.length);
  for (const [i, value] of wanted.entries()) expect(values[i]).toBeCloseTo(value, digits);
};

// Two networks: ten tokens of three channels.
const tokens = seeded([2, 10, 3], 1);
const stats = { mean: seeded([2, 1, 3], 2), std: seeded([2, 1, 3], 3).abs().add(0.5) };
const own = { scale: seeded([2, 1, 3], 4), shift: seeded([2, 1, 3], 5), eta: seeded([2, 1, 1], 6) };

describe('the norm', () => {
  test('of BN is formula (1) by hand', () => {
    const two = { mean: tf.tensor([1, 2]), std: tf.tensor([2, 4]) };
    const affine = { scale: tf.tensor([3, 5]), shift: tf.tensor([7, 11]) };
    close(batchNorm(tf.tensor([[5, 10]]), two, affine), [3 * 2 + 7, 5 * 2 + 11]);
  });

  test('of BN with its own statistics has mean β and deviation |α|', () => {
    const { mean, variance } = tf.moments(tokens, 1, true);
    const normal = batchNorm(tokens, { mean, std: variance.sqrt() }, own);
    const found = tf.moments(normal, 1, true);
    close(found.mean, own.shift);
    close(found.variance.sqrt(), own.scale.abs());
  });

  test('of RepBN adds η X', () => {
    close(repBN(tf.tensor([1, 2]), tf.tensor([10, 20]), tf.scalar(0.5)), [6, 12]);
  });

  test('of PRepBN is LN at γ = 1, RepBN at 0, and between them a mixture', () => {
    const [ln, rep] = [tf.tensor([2, 4]), tf.tensor([10, -4])];
    close(prepBN(tf.scalar(1), ln, rep), ln);
    close(prepBN(tf.scalar(0), ln, rep), rep);
    close(prepBN(tf.scalar(0.25), ln, rep), [8, -2]);
  });

  test('fades from 1 to 0 in T steps, and stays there; T = 0 is RepBN from the start', () => {
    expect([0, 5, 15, 20, 21, 400].map((step) => fading(step, 20))).toEqual([1, 0.75, 0.25, 0, 0, 0]);
    expect([0, 3].map((step) => fading(step, 0))).toEqual([0, 0]);
    expect(fading(30, Number.POSITIVE_INFINITY)).toBe(1);
    expect(fading(0, 1)).toBe(1);
  });

  test('of RepBN is a BatchNorm: formula (4)', () => {
    const rep = repBN(batchNorm(tokens, stats, own), tokens, own.eta);
    close(batchNorm(tokens, stats, asBatchNorm(stats, own)), rep);
    const { scale, shift } = asBatchNorm(
      { mean: tf.scalar(3), std: tf.scalar(2) },
      { scale: tf.scalar(5), shift: tf.scalar(7), eta: tf.scalar(0.5) },
    );
    close(tf.stack([scale, shift]), [6, 8.5]);
  });
});

describe('the fold', () => {
  const weights = seeded([2, 3, 4], 7);

  test('is the norm and then the map, in each network of a stack: formula (5)', () => {
    const merged = asBatchNorm(stats, own);
    const one = fold(weights, stats, merged);
    expect(one.weights.shape).toEqual([2, 3, 4]);
    expect(one.bias.shape).toEqual([2, 1, 4]);
    const rep = repBN(batchNorm(tokens, stats, own), tokens, own.eta);
    close(tf.matMul(tokens, one.weights).add(one.bias), tf.matMul(rep, weights), 3);
  });

  test('leaves the map as it is where the norm changes nothing', () => {
    const none = { mean: tf.zeros([2, 1, 3]), std: tf.ones([2, 1, 3]) };
    const one = fold(weights, none, { scale: tf.ones([2, 1, 3]), shift: tf.zeros([2, 1, 3]) });
    close(one.weights, weights);
    close(one.bias, tf.zeros([2, 1, 4]));
  });
});

describe('the attention', () => {
  const [q, k, v] = [11, 12, 13].map((seed) => seeded([2, 3, 7, 4], seed));

  test('is formula (6) in plain code', () => {
    const [Q, K, V] = [q, k, v].map((t) => (t.arraySync() as number[][][][])[1][2]);
    const phi = (row: number[]) => row.map((x) => Math.max(x, 0));
    const expected = Q.map((query) => {
      const weights = K.map((key) => phi(query).reduce((sum, x, c) => sum + x * phi(key)[c], 0));
      const total = weights.reduce((a, b) => a + b) + 1e-6;
      return V[0].map((_, c) => weights.reduce((sum, w, j) => sum + (w * V[j][c]) / total, 0));
    });
    for (const order of [keysFirst, allPairs]) {
      const found = order(q, k, v);
      expect(found.shape).toEqual(v.shape);
      close(found.slice([1, 2], [1, 1]).flatten(), expected.flat());
    }
  });

  test('gives the same in both orders', () => {
    close(keysFirst(q, k, v), allPairs(q, k, v));
  });

  test('takes values of another width, and as many keys as there are', () => {
    const [few, wide] = [k.slice([0, 0, 0, 0], [-1, -1, 5, -1]), seeded([2, 3, 5, 6], 14)];
    expect(keysFirst(q, few, wide).shape).toEqual([2, 3, 7, 6]);
    close(keysFirst(q, few, wide), allPairs(q, few, wide));
  });

  test('has weights that sum to one: equal values come back', () => {
    close(keysFirst(q.abs(), k.abs(), tf.ones([2, 3, 7, 4])), tf.ones([2, 3, 7, 4]));
    close(allPairs(q.abs(), k.abs(), tf.ones([2, 3, 7, 4])), tf.ones([2, 3, 7, 4]));
  });

  test('of a query without a positive feature is nothing, and no NaN', () => {
    const low = q.abs().neg();
    close(keysFirst(low, k, v), tf.zeros([2, 3, 7, 4]));
    close(allPairs(low, k, v), tf.zeros([2, 3, 7, 4]));
  });

  test('counts on 10⁻⁶ in the denominator, as the released code does', () => {
    const [tiny, one] = [tf.tensor([[[1e-6]]]), tf.ones([1, 1, 1])];
    close(keysFirst(tiny, one, one), [0.5]);
    close(allPairs(tiny, one, one), [0.5]);
  });
});

describe('the depthwise convolution', () => {
  // Two networks, two pictures, tokens on a grid of 4 × 4, 3 channels.
  const v = seeded([2, 2, 16, 3], 21);
  const kernel = seeded([2, 3, 3, 3], 22);

  test('is each channel of each network by its own kernel, in plain code', () => {
    const V = v.arraySync() as number[][][][];
    const K = kernel.arraySync() as number[][][][];
    const expected: number[] = [];
    for (const s of [0, 1])
      for (const b of [0, 1])
        for (let i = 0; i < 16; i++)
          for (const c of [0, 1, 2]) {
            let sum = 0;
            for (const dy of [-1, 0, 1])
              for (const dx of [-1, 0, 1]) {
                const [y, x] = [Math.floor(i / 4) + dy, (i % 4) + dx];
                if (y < 0 || y > 3 || x < 0 || x > 3) continue;
                sum += V[s][b][4 * y + x][c] * K[s][dy + 1][dx + 1][c];
              }
            expected.push(sum);
          }
    const found = depthwise(v, kernel);
    expect(found.shape).toEqual(v.shape);
    close(found, expected);
  });

  test('with a single 1 in the middle of the kernel changes nothing, at 5 × 5 too', () => {
    const middle = tf.pad(tf.ones([2, 1, 1, 3]), [
      [0, 0],
      [2, 2],
      [2, 2],
      [0, 0],
    ]);
    close(depthwise(v, middle), v);
  });

  test('takes a kernel in which tokens two apart hear each other', () => {
    const corner = tf.pad(tf.ones([2, 1, 1, 3]), [
      [0, 0],
      [0, 4],
      [0, 4],
      [0, 0],
    ]);
    // What stands two rows up and two columns to the left.
    const moved = depthwise(v, corner).reshape([2, 2, 4, 4, 3]).slice([0, 0, 2, 2, 0], [2, 2, 2, 2, 3]);
    close(moved, v.reshape([2, 2, 4, 4, 3]).slice([0, 0, 0, 0, 0], [2, 2, 2, 2, 3]));
  });
});
