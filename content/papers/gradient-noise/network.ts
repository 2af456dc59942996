import * as tf from '@tensorflow/tfjs';
import { data, gradients, type parameters, slider } from 'lab';
import { layerGain, predictedStd } from './mechanism';

type T = tf.Tensor;

export const depth = slider('depth', {
  label: 'hidden layers L',
  min: 4,
  max: 20,
  value: 10,
  step: 1,
});
export const noiseEta = slider('noiseEta', {
  label: 'noise scale η',
  min: 0,
  max: 0.2,
  value: 0.05,
  step: 0.01,
});
export const numSteps = slider('numSteps', {
  label: 'training steps',
  min: 200,
  max: 1000,
  value: 500,
  step: 100,
});
export const noiseGamma = slider('noiseGamma', {
  label: 'decay γ',
  min: 0,
  max: 1,
  value: 0.55,
  step: 0.05,
});
export const initStd = slider('initStd', {
  label: 'initial deviation s₀',
  min: 0,
  max: 0.3,
  value: 0.1,
  step: 0.01,
});
export const [rate, clipNorm, width] = [0.2, 2, 32];
export const batchSize = 32;

/** Formulas (4) and (5) at these settings. */
export const stdAt = (step: number) =>
  predictedStd(step, initStd, rate, noiseEta, noiseGamma);
export const gainAt = (step: number) =>
  layerGain(stdAt(step), width);

// Digits of 8 × 8 pixels.
const normalise = { minus: 0.15, times: 2 };
const digits = { size: 8, train: 2000, test: 1000 } as const;
const options = { ...digits, normalise, flat: true };
export const { train, test } = await data.mnist(options);

// R networks are the R rows of one tensor, P weights in each.
const sizes = [64, ...Array<number>(depth).fill(width), 10];
const counts = sizes.slice(1).map((out, l) => sizes[l] * out);
export const numWeights = counts.reduce((a, b) => a + b);

/** The rows [R, P] cut into layers, each [R, in, out]. */
export const layersOf = (weights: T) =>
  tf
    .split(weights, counts, 1)
    .map((w, l) => w.reshape([-1, sizes[l], sizes[l + 1]]));

/** Images, every hidden layer, class scores: no biases. */
export function activations(x: T, weights: T) {
  const layers = layersOf(weights);
  const all = [x.expandDims(0)];
  for (const [l, w] of layers.entries()) {
    const sums = tf.matMul(all[l], w);
    all.push(l < depth ? tf.relu(sums) : sums);
  }
  return all;
}

/** Cross-entropy [R] of scores [R, n, 10] with labels y [n]. */
export function losses(scores: T, y: T) {
  const truth = tf.oneHot(y.toInt(), 10, 1, 0, 'float32');
  const chosen = scores.mul(truth).sum(2);
  return tf.logSumExp(scores, 2).sub(chosen).mean(1);
}

/** Share of the labels [n] that each network reads: [R]. */
export const accuracies = (scores: T, y: T) =>
  scores.argMax(2).equal(y).mean(1);

export type Stack = ReturnType<typeof parameters<{ weights: T }>>;
/** Of each network's loss by its own weights: [R, P]. */
export const gradientOf = (
  stack: Stack,
  { x, y }: { x: T; y: T },
) =>
  gradients(stack, ({ weights }) =>
    losses(activations(x, weights).at(-1)!, y).sum(),
  ).gradients.weights;
