import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  crossEntropy,
  everyone,
  featuresOf,
  firstPositive,
  hingePull,
  largest,
  newtonEquations,
  patches,
  scoresOf,
  shortfall,
  softmaxPull,
  squaredHinge,
  stopGradient,
  violators,
} from '../../content/papers/cnn-svm/mechanism.ts';

type T = tf.Tensor;

const seeded = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed) as T;
const listOf = (x: T) => Array.from(x.dataSync());
function close(found: T, expected: number[] | T, digits = 4) {
  const values = listOf(found);
  const wanted = Array.isArray(expected) ? expected : listOf(expected);
  expect(values).toHaveLength(wanted.length);
  for (const [i, value] of wanted.entries()) expect(values[i]).toBeCloseTo(value, digits);
}

// Two images, three classes: the first is of class 0, the second of class 2.
const signs = tf.tensor2d([
  [1, -1, -1],
  [-1, -1, 1],
]);
const scores = tf.tensor2d([
  [0.5, -2, 0.25],
  [-1, 3, 1.5],
]);

describe('the network', () => {
  test('patches are the windows at every second pixel, row by row', () => {
    const image = tf.range(0, 36).reshape([1, 36]);
    const cut = patches(tf.concat([image, image.add(100)]), 3);
    expect(cut.shape).toEqual([2, 4, 9]);
    close(cut.slice([0, 0], [1, 1]), [0, 1, 2, 6, 7, 8, 12, 13, 14]);
    close(cut.slice([0, 1], [1, 1]), [2, 3, 4, 8, 9, 10, 14, 15, 16]);
    close(cut.slice([1, 2], [1, 1]), [112, 113, 114, 118, 119, 120, 124, 125, 126]);
  });

  test('patches reach the last window that fits, of 5 in 13 pixels too', () => {
    const cut = patches(tf.range(0, 169).reshape([1, 169]), 5);
    expect(cut.shape).toEqual([1, 25, 25]);
    close(cut.slice([0, 24, 24], [1, 1, 1]), [168]);
    expect(patches(tf.zeros([1, 196]), 5).shape).toEqual([1, 25, 25]);
  });

  test('the features of each of two networks are those of tf.conv2d and two layers', () => {
    const images = seeded([3, 36], 1);
    const kernels = [seeded([9, 2], 2), seeded([9, 2], 3)];
    const kernelBs = [seeded([2], 4), seeded([2], 5)];
    const inner = seeded([2, 8, 5], 6);
    const innerB = seeded([2, 1, 5], 7);
    const net = {
      kernel: tf.concat(kernels, 1),
      kernelB: tf.concat(kernelBs),
      inner,
      innerB,
      headW: tf.zeros([2, 5, 3]),
      headB: tf.zeros([2, 1, 3]),
    };
    const found = featuresOf(patches(images, 3), net);
    expect(found.shape).toEqual([2, 3, 5]);
    for (const b of [0, 1]) {
      const filters = kernels[b].reshape([3, 3, 1, 2]) as tf.Tensor4D;
      const maps = tf.conv2d(images.reshape([3, 6, 6, 1]) as tf.Tensor4D, filters, 2, 'valid');
      const hidden = tf.relu(maps.add(kernelBs[b])).reshape([3, 8]);
      const layer = tf.matMul(hidden, inner.gather(b)).add(innerB.gather(b));
      close(found.gather(b), tf.relu(layer));
    }
  });

  test('scores are products with the head, plus its bias, network by network', () => {
    const features = tf.tensor3d([[[1, 2]], [[3, 4]]]);
    const headW = tf.tensor3d([
      [[1], [10]],
      [[2], [-1]],
    ]);
    close(scoresOf(features, headW, tf.tensor3d([[[0.5]], [[-1]]])), [21.5, 1]);
  });
});

describe('the losses', () => {
  test('a shortfall is what y s lacks to 1, and nothing beyond', () => {
    close(shortfall(scores, signs), [0.5, 0, 1.25, 0, 4, 0]);
  });

  test('the squared hinge sums over classes and averages over images', () => {
    close(squaredHinge(scores, signs), [(0.25 + 1.5625 + 16) / 2]);
  });

  test('its pull is −2 y max(0, 1 − y s), zero past the margin', () => {
    close(hingePull(scores, signs), [-1, 0, 2.5, 0, 8, 0]);
    expect(listOf(hingePull(scores, signs)).filter((g) => g === 0)).toHaveLength(3);
  });

  test('the pulls are the gradients of the losses, times the number of images', () => {
    const s = seeded([6, 4], 8).mul(2);
    const y = tf.oneHot([0, 3, 1, 1, 2, 0], 4).toFloat().mul(2).sub(1);
    const slope = (loss: typeof squaredHinge) =>
      tf
        .grad((s: T) => loss(s, y))(s)
        .mul(6);
    close(slope(squaredHinge), hingePull(s, y));
    close(slope(crossEntropy), softmaxPull(s, y));
  });

  test('the hinge’s pull is the central difference of the loss', () => {
    // Off the margin itself, where the slope has a kink.
    const off = scores.add(0.05);
    const at = (h: number) => listOf(shortfall(off.add(h), signs).square());
    const [up, down] = [at(0.01), at(-0.01)];
    close(
      hingePull(off, signs),
      up.map((value, i) => (value - down[i]) / 0.02),
      3,
    );
  });

  test('cross-entropy is −ln of the share of the true class', () => {
    const p = (row: number[], c: number) => Math.exp(row[c]) / row.reduce((sum, s) => sum + Math.exp(s), 0);
    const [a, b] = [p([0.5, -2, 0.25], 0), p([-1, 3, 1.5], 2)];
    close(crossEntropy(scores, signs), [-(Math.log(a) + Math.log(b)) / 2]);
  });

  test('the softmax pulls on every score, and its pulls on an image add up to nothing', () => {
    const pulls = softmaxPull(scores, signs);
    expect(listOf(pulls).every((g) => g !== 0)).toBe(true);
    close(pulls.sum(1), [0, 0]);
    close(pulls.sign(), [-1, 1, 1, 1, 1, -1]);
  });

  test('a stopped gradient leaves the value and is zero', () => {
    const x = tf.tensor1d([1, -2]);
    close(stopGradient(x), [1, -2]);
    close(tf.grad((x: T) => stopGradient(x).mul(3).add(x).sum())(x), [1, 1]);
  });
});

describe('answers', () => {
  const three = tf.tensor2d([
    [-3, 0.5, 2],
    [-3, -2, -1],
    [-1, 1, -2],
  ]);
  test('the largest score, formula (6)', () => {
    expect(listOf(largest(three))).toEqual([2, 2, 1]);
  });
  test('the first positive score, and class 0 where there is none', () => {
    expect(listOf(firstPositive(three))).toEqual([1, 0, 1]);
  });
});

describe('the exact head, formula (7)', () => {
  test('violators are the scores within the margin; without the max all count', () => {
    close(violators(scores, signs), [1, 0, 1, 0, 1, 0]);
    close(violators(tf.tensor2d([[1, -1]]), tf.tensor2d([[1, -1]])), [0, 0]);
    close(everyone(scores), [1, 1, 1, 1, 1, 1]);
  });

  const X = seeded([7, 3], 9);
  const y = tf.oneHot([0, 1, 1, 0, 1, 0, 1], 2).toFloat().mul(2).sub(1);
  const active = tf.tensor2d([
    [1, 0],
    [1, 1],
    [0, 1],
    [1, 1],
    [0, 0],
    [1, 0],
    [0, 1],
  ]);
  const R = tf.tensor1d([0.1, 0.2, 0.3]);

  test('both sides, class by class, with all images in the denominator', () => {
    const { left, right } = newtonEquations(X, y, active, R, 2);
    expect(left.shape).toEqual([2, 3, 3]);
    expect(right.shape).toEqual([2, 3, 1]);
    for (const c of [0, 1]) {
      const rows = listOf(active).flatMap((a, k) => (k % 2 === c && a ? [(k - c) / 2] : []));
      const XA = X.gather(rows);
      const yA = y.gather(rows).slice([0, c], [-1, 1]);
      close(
        left.gather(c),
        tf
          .matMul(XA, XA, true)
          .mul(4 / 7)
          .add(tf.diag(R)),
      );
      close(right.gather(c), tf.matMul(XA, yA, true).mul(4 / 7));
    }
  });

  test('at its solution the slope of (2) is zero, with the active set held', () => {
    const { left, right } = newtonEquations(X, y, active, R, 2);
    const w = seeded([2, 3, 1], 10);
    const objective = (w: T) => {
      const scores = tf.matMul(X, w.squeeze([2]), false, true);
      const lack = tf.sub(1, scores.mul(y)).square().mul(active);
      return lack
        .sum()
        .mul(2 / 7)
        .add(w.square().mul(R.expandDims(1)).sum().div(2));
    };
    close(tf.grad(objective)(w), tf.matMul(left, w).sub(right));
  });
});
