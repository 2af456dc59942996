import * as tf from '@tensorflow/tfjs';
import { random } from 'lab';

type T = tf.Tensor;

// Eight classes in the unit square, where the paper's toy has them.
const [q, h, l] = [0.25, 0.5, 0.75];
export const means = tf.tensor2d([
  [q, q],
  [l, q],
  [l, l],
  [q, l],
  [l, h],
  [h, l],
  [q, h],
  [h, q],
]);
/** Points of some classes, with their class numbers. */
export function cloud(classes: number[], count: number) {
  const list = classes.flatMap((k) => Array(count).fill(k));
  const labels = tf.tensor1d(list, 'int32');
  const noise = random.normal([list.length, 2], 0, 0.035);
  return { x: tf.gather(means, labels).add(noise), labels };
}

/** The middles of 40 × 40 pixels, the upper left one first. */
export const size = 40;
const axis = tf.linspace(0.5 / size, 1 - 0.5 / size, size);
export const grid = tf
  .stack(
    [
      tf.tile(axis.expandDims(0), [size, 1]),
      tf.tile(axis.reverse().expandDims(1), [1, size]),
    ],
    2,
  )
  .reshape([-1, 2]);

export const colours = tf.tensor2d([
  [0.18, 0.33, 0.75],
  [0.85, 0.37, 0.22],
  [0.2, 0.58, 0.4],
  [0.62, 0.31, 0.64],
  [0.9, 0.66, 0.15],
  [0.25, 0.66, 0.76],
  [0.78, 0.3, 0.48],
  [0.5, 0.5, 0.2],
]);
/** Colour of the likeliest class, paler the less it is likely. */
export function paint(logits: T) {
  const p = tf.softmax(logits);
  const sure = p
    .max(1, true)
    .sub(1 / 8)
    .div(7 / 8);
  const colour = tf.gather(colours, p.argMax(1).toInt());
  const pale = sure.mul(colour.sub(1)).add(1);
  return pale.reshape([size, size, 3]);
}
/** Darkens the pixels that hold a point. [size, size, 3], [n, 2]. */
export function dot(picture: T, points: T) {
  const place = points
    .mul(size)
    .floor()
    .clipByValue(0, size - 1);
  const [column, row] = tf.unstack(place.toInt(), 1);
  const from = tf
    .sub(size - 1, row)
    .mul(size)
    .add(column);
  const hits = tf.oneHot(from.toInt(), size * size).max(0);
  const mask = hits.toFloat().reshape([size, size, 1]);
  return picture.mul(tf.sub(1, mask.mul(0.5)));
}
