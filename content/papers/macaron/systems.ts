import type * as tf from '@tensorflow/tfjs';
import { random, slider } from 'lab';
import { attentionForce, ffnForce } from './mechanism';
import { flowFourth, networks } from './mechanism';

type T = tf.Tensor;

export const interaction = slider('interaction', {
  label: 'strength of the attention',
  min: 0,
  max: 2,
  step: 0.1,
  value: 1,
});

// Twenty systems of eight particles in four dimensions, each with
// forces of its own, which all layers of its networks share.
const [systems, n, d, hidden] = [20, 8, 4, 16];
const square = [systems, d, d];
export const weights = {
  query: random.normal(square, 0, 1 / Math.sqrt(d)),
  key: random.normal(square, 0, 1 / Math.sqrt(d)),
  value: random.normal(square, 0, 1 / Math.sqrt(d)),
  inner: random.normal([systems, d, hidden], 0, 1 / Math.sqrt(d)),
  bias: random.normal([systems, 1, hidden], 0, 0.3),
  outer: random.normal([systems, hidden, d], 0, 1.5 / 4),
};
export const start = random.normal([systems, n, d]);

export function attention(x: T) {
  const { query, key, value } = weights;
  return attentionForce(x, query, key, value).mul(interaction);
}
export function ffn(x: T) {
  const { inner, bias, outer } = weights;
  return ffnForce(x, inner, bias, outer);
}
/** The right side of the equation: both forces at once. */
export const both = (x: T) => attention(x).add(ffn(x));

// Where the equation takes the particles by time 1, in 40 steps of
// fourth order.
const flow = (x: T, tau: T) => flowFourth(both, x, tau);
export const exact = networks(flow, start, [40], 1);
