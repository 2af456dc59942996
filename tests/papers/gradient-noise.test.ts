import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  clip,
  layerGain,
  noisyGradient,
  predictedStd,
  sigma,
  squared,
} from '../../content/papers/gradient-noise/mechanism.ts';
import { closeTo } from './numbers.ts';

const rows = (x: tf.Tensor) => x.array() as Promise<number[][]>;
const close = closeTo(5);

test('σ² is η at the first step and falls as (1 + t) to the power −γ', () => {
  expect(sigma(0, 0.3, 0.55) ** 2).toBeCloseTo(0.3, 12);
  expect(sigma(99, 0.3, 0.55) ** 2).toBeCloseTo(0.3 / 100 ** 0.55, 12);
  expect(sigma(3, 1, 1)).toBeCloseTo(0.5, 12);
});

test('with γ = 0 the noise never decays, with η = 0 there is none', () => {
  expect(sigma(1000, 0.04, 0)).toBeCloseTo(0.2, 12);
  expect(sigma(7, 0, 0.55)).toBe(0);
});

test('the slip draws with η/(1 + t)^γ itself', () => {
  expect(squared(0, 0.3, 0.55)).toBeCloseTo(0.3, 12);
  expect(squared(9, 0.3, 1)).toBeCloseTo(0.03, 12);
});

test('a row longer than c is cut to length c, a shorter one stays', async () => {
  const gradient = tf.tensor2d([
    [3, 4],
    [0.3, 0.4],
    [-6, 8],
  ]);
  const [long, short, other] = await rows(clip(gradient, 2));
  close(long, [1.2, 1.6]);
  close(short, [0.3, 0.4]);
  close(other, [-1.2, 1.6]);
});

test('a gradient of zero stays zero', async () => {
  close((await rows(clip(tf.zeros([1, 3]), 2)))[0], [0, 0, 0]);
});

test('the noise is added after the clip, with a σ for each row', async () => {
  const gradient = tf.tensor2d([
    [30, 40],
    [30, 40],
    [0, 0],
  ]);
  const noisy = noisyGradient(gradient, 1, tf.tensor2d([[0], [2], [0.5]]), tf.tensor2d([[10, -1]]));
  const [still, loud, alone] = await rows(noisy);
  close(still, [0.6, 0.8]);
  close(loud, [20.6, -1.2]);
  close(alone, [5, -0.5]);
});

test('the injected noise has the variance of the schedule', async () => {
  const normal = tf.randomNormal([1, 20_000], 0, 1, 'float32', 7);
  for (const step of [0, 99, 599]) {
    const noise = noisyGradient(tf.zeros([1, 20_000]), 2, tf.tensor2d([[sigma(step, 0.05, 0.55)]]), normal);
    const variance = (await noise.square().mean().array()) as number;
    expect(variance / (0.05 / (1 + step) ** 0.55)).toBeCloseTo(1, 1);
  }
});

test('the walk starts at s₀, and its variance grows by (lr σ)² a step', () => {
  expect(predictedStd(0, 0.1, 0.2, 0.05, 0.55)).toBeCloseTo(0.1, 12);
  const one = 0.1 ** 2 + 0.2 ** 2 * 0.05;
  expect(predictedStd(1, 0.1, 0.2, 0.05, 0.55) ** 2).toBeCloseTo(one, 12);
  const three = one + 0.2 ** 2 * 0.05 * (2 ** -0.55 + 3 ** -0.55);
  expect(predictedStd(3, 0.1, 0.2, 0.05, 0.55) ** 2).toBeCloseTo(three, 12);
});

test('steady noise is an ordinary random walk: the deviation grows as √t', () => {
  expect(predictedStd(100, 0, 0.2, 0.04, 0)).toBeCloseTo(0.2 * 0.2 * 10, 10);
});

test('a walk of the update itself has the predicted deviation', async () => {
  const size = 20_000;
  let weights: tf.Tensor = tf.randomNormal([1, size], 0, 0.1, 'float32', 3);
  for (let step = 0; step < 12; step++) {
    const normal = tf.randomNormal([1, size], 0, 1, 'float32', 100 + step);
    const scale = tf.tensor2d([[sigma(step, 0.05, 0.55)]]);
    weights = weights.sub(noisyGradient(tf.zeros([1, size]), 2, scale, normal).mul(0.2));
  }
  const found = Math.sqrt((await weights.square().mean().array()) as number);
  expect(found / predictedStd(12, 0.1, 0.2, 0.05, 0.55)).toBeCloseTo(1, 1);
});

test('the gain is 1 at the deviation of He, and 0.4 at the start of the page', () => {
  expect(layerGain(Math.sqrt(2 / 50), 50)).toBeCloseTo(1, 12);
  expect(layerGain(0.1, 32)).toBeCloseTo(0.4, 12);
});

test('a wide ReLU layer passes on the gain of its signal', async () => {
  const width = 400;
  const h = tf.randomNormal([200, width], 0, 1, 'float32', 5);
  const out = tf.relu(tf.matMul(h, tf.randomNormal([width, width], 0, 0.03, 'float32', 6)));
  const size = async (x: tf.Tensor) => Math.sqrt((await x.square().mean().array()) as number);
  expect((await size(out)) / (await size(h))).toBeCloseTo(layerGain(0.03, width), 2);
});
