import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  expectedLoss,
  featureWeights,
  layerGradients,
  lossGradient,
  maps,
  oneView,
  predicted,
  spectralLoss,
  twoViews,
  view,
} from '../../content/papers/projection-head/mechanism.ts';

type T = tf.Tensor;

const read = async (x: T) => Array.from(await x.data());
const number = async (x: T) => (await x.data())[0];
const close = async (found: T, expected: T | number[], digits = 4) => {
  const values = Array.isArray(expected) ? expected : await read(expected);
  if (!Array.isArray(expected)) expect(found.shape).toEqual(expected.shape);
  const got = await read(found);
  expect(got).toHaveLength(values.length);
  for (const [i, value] of values.entries()) expect(got[i]).toBeCloseTo(value, digits);
};
const random = (seed: number, rows = 3, columns = 3) =>
  tf.randomNormal([rows, columns], 0, 0.6, 'float32', seed);

const strength = tf.tensor1d([1, 2, 0.5]);
const augNoise = tf.tensor1d([0.5, 1, 2]);
const stats = twoViews(strength, augNoise);
const pairCov = tf.diag(stats.pairCov);
const cov = tf.diag(stats.cov);

test('a view is what is shared times φ plus what is fresh times σ, tile by tile', async () => {
  const shared = tf.tensor3d([
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  ]);
  const fresh = tf.tensor3d([
    [
      [1, -1],
      [1, -1],
      [1, -1],
    ],
  ]);
  await close(view(shared, fresh, strength, augNoise), [1.5, 1.5, 7, 7, 4.5, 1]);
});

test('M is φ² and Σ is φ² + σ²; one view used twice has M = Σ', async () => {
  await close(stats.pairCov, [1, 4, 0.25]);
  await close(stats.cov, [1.25, 5, 4.25]);
  const one = oneView(strength, augNoise);
  await close(one.pairCov, stats.cov);
  await close(one.cov, stats.cov);
});

test('the loss of pairs agrees with formula (2) by hand; negatives are of other examples', async () => {
  const z = tf.tensor2d([
    [1, 0],
    [0, 2],
    [1, 1],
  ]);
  const zPlus = tf.tensor2d([
    [2, 1],
    [1, 1],
    [0, 3],
  ]);
  // Own pairs: 2, 2, 3. Others: 1, 0; 2, 6; 3, 2.
  const byHand = (-2 * (2 + 2 + 3)) / 3 + (1 + 0 + 4 + 36 + 9 + 4) / 6;
  await close(spectralLoss(z, zPlus), [byHand]);
});

test('formula (3) is the mean of formula (2) over pairs drawn by (1)', async () => {
  const [n, tiles] = [1200, 3];
  const draw = (seed: number) => tf.randomNormal([n, tiles, 1], 0, 1, 'float32', seed);
  const shared = draw(1);
  const A = random(7);
  const represent = (seed: number) =>
    tf.matMul(view(shared, draw(seed), strength, augNoise).reshape([n, tiles]), A, false, true);
  const drawn = await number(spectralLoss(represent(2), represent(3)));
  const exact = await number(expectedLoss(A, pairCov, cov));
  expect(Math.abs(drawn / exact - 1)).toBeLessThan(0.1);
});

test('for a diagonal map the loss is the sum of −2w²M + w⁴Σ²', async () => {
  const w = [0.3, 0.7, 1.1];
  const [m, s] = [await read(stats.pairCov), await read(stats.cov)];
  const byHand = w.reduce((sum, v, i) => sum - 2 * v ** 2 * m[i] + v ** 4 * s[i] ** 2, 0);
  await close(expectedLoss(tf.diag(tf.tensor1d(w)), pairCov, cov), [byHand]);
});

test('formula (4) is the gradient of formula (3)', async () => {
  const A = random(11);
  const general = tf.matMul(random(12), random(12), false, true).add(tf.eye(3));
  const slope = tf.grad((x: T) => expectedLoss(x, pairCov, general))(A);
  await close(lossGradient(A, pairCov, general), slope, 3);
});

test('the products are W₁, W₂W₁, W₃W₂W₁', async () => {
  const layers = [random(1), random(2), random(3)];
  const found = maps(layers);
  expect(found).toHaveLength(3);
  await close(found[0], layers[0]);
  await close(found[1], tf.matMul(layers[1], layers[0]));
  await close(found[2], tf.matMul(layers[2], tf.matMul(layers[1], layers[0])));
});

test.each([1, 2, 3, 4])('the slopes of %i layers are those of autodiff', async (count) => {
  const layers = Array.from({ length: count }, (_, l) => random(20 + l));
  const loss = (...all: T[]) => expectedLoss(maps(all).at(-1)!, pairCov, cov);
  const expected = tf.grads(loss)(layers);
  const found = layerGradients(layers, pairCov, cov);
  expect(found).toHaveLength(count);
  for (const [l, slope] of expected.entries()) await close(found[l], slope, 3);
});

test('what two layers have in common changes alike: formula (6) is kept', async () => {
  const layers = [random(31), random(32)];
  const [first, second] = layerGradients(layers, pairCov, cov);
  await close(tf.matMul(first, layers[0], false, true), tf.matMul(layers[1], second, true), 3);
});

test('at the predicted weights the gradient is zero, however the output is rotated', async () => {
  const w = predicted(stats.pairCov, stats.cov);
  await close(w, [1 / 1.25, 2 / 5, 0.5 / 4.25]);
  const turn = tf.tensor2d([
    [0, 1, 0],
    [0.6, 0, 0.8],
    [-0.8, 0, 0.6],
  ]);
  const least = tf.matMul(turn, tf.diag(w));
  await close(lossGradient(least, pairCov, cov), Array(9).fill(0));
  const there = await number(expectedLoss(least, pairCov, cov));
  for (const seed of [41, 42, 43])
    expect(await number(expectedLoss(least.add(random(seed)), pairCov, cov))).toBeGreaterThan(there);
});

test('a weight is the root mean square length of the columns of a tile', async () => {
  const map = tf.tensor2d([
    [3, 0, 1, 0],
    [4, 0, 0, 2],
  ]);
  await close(featureWeights(map, 2), [Math.sqrt(12.5), Math.sqrt(2.5)]);
  await close(featureWeights(map, 1), [5, 0, 1, 2]);
});

test('gradient descent from balanced layers ends at (5) and shares it by (7)', async () => {
  const equal = twoViews(tf.ones([3]), augNoise);
  let layers: T[] = Array.from({ length: 3 }, () => tf.eye(3).mul(0.4));
  for (let step = 0; step < 600; step++) {
    const slopes = layerGradients(layers, tf.diag(equal.pairCov), tf.diag(equal.cov));
    layers = layers.map((layer, l) => layer.sub(slopes[l].mul(0.02)));
  }
  const law = predicted(equal.pairCov, equal.cov);
  for (const [l, map] of maps(layers).entries()) await close(featureWeights(map, 1), law.pow((l + 1) / 3), 3);
});
