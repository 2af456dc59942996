import * as tf from '@tensorflow/tfjs';
import { random, slider, toNumber } from 'lab';

type T = tf.Tensor;

export const flip = slider('flip', {
  label: 'share of labels flipped',
  min: 0,
  max: 0.4,
  step: 0.05,
  value: 0.25,
});

// Two islands of one class, seen through flipped labels.
const centres = tf.tensor3d([[[0.45, 0.45]], [[-0.45, -0.45]]]);
function islands(u: T) {
  const squares = u.sub(centres).square().sum(2).min(0);
  return squares
    .less(0.4 ** 2)
    .mul(2)
    .sub(1);
}

/** From the square to the sphere: u [n, 2] → x [n, 3]. */
function onSphere(u: T) {
  const x = tf.concat([u, tf.fill([u.shape[0], 1], 2)], 1);
  return x.div(x.norm('euclidean', 1, true));
}
/** log δ = log ‖x − x′‖²/2: [M, 3] and [n, 3] → [M, n]. */
export function logDelta(x: T, points: T) {
  const squares = tf
    .split(x, 3, 1)
    .map((column, k) =>
      column.sub(tf.split(points, 3, 1)[k].transpose()).square(),
    );
  return tf.addN(squares).div(2).maximum(1e-9).log();
}

const u = random.uniform([2000, 2], -1, 1);
export const x = onSphere(u);
export const y = random.flip(islands(u), flip);

// Tested on a grid of 24 × 24 points, against the Bayes rule.
export const side = 24;
const ticks = tf
  .range(0, side)
  .add(0.5)
  .mul(2 / side)
  .sub(1);
const [across, down] = tf.meshgrid(ticks, ticks.neg());
const grid = tf.stack([across.flatten(), down.flatten()], 1);
export const test = onSphere(grid);
export const bayes = islands(grid).expandDims(1);
export const wrong = (vote: T) =>
  toNumber(vote.mul(bayes).lessEqual(0).mean());

export const apart = logDelta(test, x);
