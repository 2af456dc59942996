import * as tf from '@tensorflow/tfjs';
import { random } from 'lab';
import type { Policy } from './mechanism';

const H = 10;

/** What is read of each layer: 1, place, inputs, outputs. */
export function describe(widths: number[]) {
  const last = Math.max(1, widths.length - 1);
  const inputs = [2, ...widths];
  return tf.tensor2d(
    widths.map((width, t) => [
      1,
      (2 * t) / last - 1,
      (inputs[t] - 24) / 24,
      (width - 36) / 12,
    ]),
  );
}

/** Untrained: first policies find all actions about as likely. */
export function untrained(
  count: number,
  stage: 'removal' | 'shrinkage',
): Policy {
  // Ways to read, what is read, and what can be done.
  const [ways, F, A] = stage === 'removal' ? [2, 3, 2] : [1, 4, 4];
  const fan = F + H;
  const shape = [ways * count, fan, 4 * H];
  const w = random.normal(shape, 0, 1 / Math.sqrt(fan));
  const zero = tf.zeros([ways * count, 1, H]);
  const one = tf.onesLike(zero); // an LSTM remembers at first
  const bias = tf.concat([zero, one, zero, zero], 2);
  return {
    cell: tf.concat([bias, w], 1),
    read: random.normal([count, ways * H, A], 0, 0.1),
  };
}

/** Actions as numbers [P, m, L] → one-hot [P, m, L, of]. */
export const oneHot = (actions: number[][][], of: number) =>
  tf.oneHot(
    tf.tensor3d(actions, undefined, 'int32'),
    of,
    1,
    0,
    'float32',
  );
/** As many draws as asked for, of keep (1) or remove (0). */
export const removals = (chances: number[], count: number) =>
  Array.from({ length: count }, () =>
    chances.map((keep) => Number(random.number() < keep)),
  );
/** The layers that are kept. */
export const kept = (widths: number[], keep: number[]) =>
  widths.filter((_, t) => keep[t] === 1);

/** b: at first the rewards found, then a running mean of them. */
export const running = (b: number[], found: number[]) =>
  found.map((R, p) => (b.length > 0 ? 0.8 * b[p] + 0.2 * R : R));
