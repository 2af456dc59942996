import * as tf from '@tensorflow/tfjs';
import type { random } from 'lab';

type T = tf.Tensor;

/** Points of three spiral arms, [n, 2], and their arms, 0 to 2. */
export function spiral(draw: typeof random, n: number) {
  const points: number[][] = [];
  const arms: number[] = [];
  for (let i = 0; i < n; i++) {
    const arm = draw.integer(0, 3);
    const t = 0.08 + 0.92 * draw.number();
    const turn = arm / 3 + t;
    const angle = 2 * Math.PI * turn + 0.18 * draw.gaussian();
    const radius = 2 * t;
    points.push([
      radius * Math.cos(angle),
      radius * Math.sin(angle),
    ]);
    arms.push(arm);
  }
  return { points: tf.tensor2d(points), arms };
}

/** Two labels of five are drawn anew: 27 % become wrong. */
export const spoilt = (draw: typeof random, arms: number[]) =>
  arms.map((arm) => {
    const anew = draw.number() < 0.4;
    return anew ? draw.integer(0, 3) : arm;
  });

/**
 * Logits of a stack of networks. Points [S, n, 2], each layer's
 * weights [S, in + 1, out] with the biases in the last row.
 */
export function logits(points: T, layers: T[]) {
  let h = points;
  for (const [i, w] of layers.entries()) {
    const before = i > 0 ? tf.relu(h) : h;
    const ones: [number, number][] = [
      [0, 0],
      [0, 0],
      [0, 1],
    ];
    h = tf.matMul(tf.pad(before, ones, 1), w);
  }
  return h;
}

/** He's start: the sizes of a network → its first weights. */
export function start(
  draw: typeof random,
  stack: number,
  widths: number[],
) {
  const sizes = [2, ...widths, 3];
  return sizes.slice(1).map((out, i) => {
    const std = Math.sqrt(2 / sizes[i]);
    const w = draw.normal([stack, sizes[i], out], 0, std);
    return tf.concat([w, tf.zeros([stack, 1, out])], 1);
  });
}

/** Share of points whose arm is told right, of each network: [S]. */
export function accuracies(logits: T, arms: number[]) {
  const truth = tf.tensor1d(arms, 'int32');
  return logits.argMax(-1).equal(truth).toFloat().mean(1);
}
