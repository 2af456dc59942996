import * as tf from '@tensorflow/tfjs';
import type { Weights } from './mechanism';

/** What `lab` calls `random`: also the training script has one. */
export interface Random {
  normal(shape: number[], mean?: number, std?: number): tf.Tensor;
}

/** A pattern of 4×4 pixels for each picture, repeated all over it. */
export const tiles = (random: Random, count: number, side = 16) =>
  random
    .normal([count, 4, 4], 0, 0.5)
    .tile([1, side / 4, side / 4]);

/** A haze: one offset for each block of 4×4 pixels. */
export function haze(random: Random, count: number, side = 16) {
  const n = side / 4;
  const blocks = random.normal([count, n, 1, n, 1], 0, 0.5);
  return blocks.tile([1, 1, 4, 1, 4]).reshape([count, side, side]);
}

/** Digits of 14×14 pixels with a margin of one: [n, 16, 16]. */
export const framed = (digits: tf.Tensor) =>
  digits.reshape([-1, 14, 14]).pad([
    [0, 0],
    [1, 1],
    [1, 1],
  ]);

/** Random weights for C channels, He's; what is added to a stream is
 *  `small` to begin with, or training stays near the mean image. */
export function initial(
  random: Random,
  C: number,
  sizes: number[],
  { gate = 0.02, small = 0.1 } = {},
): Weights {
  const he = (from: number, to: number, gain = 1) =>
    random.normal([from, to], 0, gain * Math.sqrt(2 / from));
  const w: Weights = {
    first: he(1, C),
    firstBias: random.normal([C], 0, 0.5),
    last: he(C, 1, small),
    lastBias: tf.zeros([1]),
  };
  for (const layer of ['1', '2']) {
    w[`${layer}/in`] = he(C, 2 * C);
    w[`${layer}/out`] = he(2 * C, C, small);
    for (const [i, size] of sizes.entries()) {
      const n = size * size;
      w[`${layer}/${i}/up`] = he(C, 2 * C);
      w[`${layer}/${i}/gate`] = random.normal([n, n], 0, gate);
      w[`${layer}/${i}/bias`] = tf.zeros([n, 1, 1]);
      w[`${layer}/${i}/down`] = he(C, C, small);
    }
  }
  return w;
}
