import * as tf from '@tensorflow/tfjs';
import { data, linalg, random } from 'lab';
import { type Factors, factorised } from './mechanism';

type T = tf.Tensor;

// Digits of 14 × 14 pixels; two hidden layers of 64 units.
export const r = 64;
const shapes = [
  [196, r],
  [r, r],
];
export const digits = await data.mnist({
  size: 14,
  train: 3000,
  test: 1000,
  flat: true,
  normalise: { minus: 0.13, times: 3 },
});

/** U S^½ and V S^½ of W = U S Vᵀ, [m, n] → [1, m, r], [1, n, r]. */
export async function evenly(W: T) {
  const { u, s, v } = await linalg.svd(W);
  const root = tf.tensor1d(s).sqrt();
  const half = (x: number[][]) =>
    tf.tensor2d(x).mul(root).expandDims(0);
  return { left: half(u), right: half(v) };
}

/** The usual random layers, [64, 196] and [64, 64]. */
const layers = shapes.map(([n, m]) =>
  random.normal([m, n], 0, Math.sqrt(2 / n)),
);
const split = [await evenly(layers[0]), await evenly(layers[1])];
const head = random.normal([1, r, 10], 0, 1 / 8);

/**
 * Three networks: two of factors that start as the SVD, and the
 * dense one, whose left factors are the identity, not trained.
 */
function three(parts: T, dense: T) {
  return tf.concat([parts, parts, dense.expandDims(0)]);
}
const [one, two] = layers.map((W) => W.transpose());
export const start = {
  left1: three(split[0].left, tf.eye(r)),
  right1: three(split[0].right, one),
  left2: three(split[1].left, tf.eye(r)),
  right2: three(split[1].right, two),
  head: tf.tile(head, [3, 1, 1]),
};

/** The factors of both layers. */
export const layersOf = (net: typeof start) => [
  { left: net.left1, right: net.right1 },
  { left: net.left2, right: net.right2 },
];

/** Logits of digits [..., B, 196], masks [..., B or 1, r] a layer. */
export function logits(
  x: T,
  layers: Factors[],
  head: T,
  masks: T[],
) {
  const first = tf.relu(factorised(x, layers[0], masks[0]));
  const second = tf.relu(factorised(first, layers[1], masks[1]));
  return tf.matMul(second, head);
}

/** Numbers that two ranks keep, and that two dense layers have. */
export const numbersKept = (first: number, second: number) =>
  (196 + r) * first + (r + r) * second;
export const numbersOfDense = 196 * r + r * r;
