import * as tf from '@tensorflow/tfjs';
import { data, random, select, slider } from 'lab';

type T = tf.Tensor;
export type Net = { embed: T; hidden: T; head: T };
export type Layer = (h: T, w: T) => T;

export const depth = slider('depth', {
  label: 'layers L',
  min: 4,
  max: 20,
  value: 12,
  step: 1,
});
export const initGain = slider('initGain', {
  label: 'gain κ of the first weights',
  min: 0.4,
  max: 1,
  value: 0.6,
  step: 0.05,
});
const epsilon = select('epsilon', {
  label: 'ε of Adam',
  options: [1e-3, 1e-8],
});
export const [width, batchSize, numSteps] = [24, 64, 150];
export const descent = { rate: 5e-3, epsilon };

// Digits of 8 × 8 pixels, and one order of batches for all.
const normalise = { minus: 0.15, times: 2 };
const sizes = { size: 8, train: 2000, test: 1000 } as const;
const options = { ...sizes, normalise, flat: true };
export const { train, test } = await data.mnist(options);
export const order = random.integers(
  [numSteps, batchSize],
  0,
  2000,
);
export function batchAt(step: number) {
  const index = tf.unstack(order)[step].toInt();
  const [x, y] = [train.x.gather(index), train.y.gather(index)];
  return { index, x, y };
}

// N(0, 1/n) for n inputs; the guide has draws of its own.
const normal = (...shape: number[]) =>
  random.normal(shape, 0, 1 / Math.sqrt(shape.at(-2)!));
const drawn = () => ({
  embed: normal(1, 64, width),
  hidden: normal(depth, 1, width, width),
  head: normal(1, width, 10),
});
export const targetStart: Net = drawn();
export const guideStart: Net = drawn();

/** R networks that start alike, but for their gains κ. */
export function withGains(
  { embed, hidden, head }: Net,
  gains: number[],
) {
  const R = gains.length;
  return {
    embed: embed.tile([R, 1, 1]),
    hidden: hidden.mul(tf.tensor4d(gains, [1, R, 1, 1])),
    head: head.tile([R, 1, 1]),
  };
}

/** x [B, 64] → layers [L, R, B, n] and class scores [R, B, 10]. */
export function forward(x: T, net: Net, layer: Layer) {
  const R = net.head.shape[0];
  const images = x.expandDims(0).tile([R, 1, 1]);
  let h: T = tf.tanh(tf.matMul(images, net.embed));
  const layers = tf.unstack(net.hidden).map((w) => {
    h = layer(h, w);
    return h;
  });
  return { acts: tf.stack(layers), scores: tf.matMul(h, net.head) };
}

/** Cross-entropy of scores [R, B, 10] with labels [B]: [R]. */
export function losses(scores: T, y: T) {
  const truth = tf.oneHot(y.toInt(), 10, 1, 0, 'float32');
  const chosen = scores.mul(truth).sum(2);
  return tf.logSumExp(scores, 2).sub(chosen).mean(1);
}

/** Share of the test digits that each network reads: [R]. */
export const accuracies = (scores: T) =>
  scores.argMax(2).equal(test.y.toInt()).mean(1);
