import * as tf from '@tensorflow/tfjs';
import { random, slider } from 'lab';
import { chain, unstack, vCycle, type zero } from './mechanism';
import type { Apply, Kernels } from './task';

type T = tf.Tensor4D;

const channels = slider('channels', {
  label: 'channels C',
  min: 1,
  max: 4,
  value: 2,
  step: 1,
});

// S, A and Ŝ start as noise, R and T near the textbook's stencil.
const noise = (shape: number[]) =>
  random.normal(shape, 0, 0.15 / Math.sqrt(shape.at(-2)!));
const stencil = tf.tensor([0.5, 1, 0.5], [1, 1, 3, 1, 1]);
function cycleStart(J: number, C: number): Kernels {
  const start = {
    smooth: noise([J, 1, 3, 1, C]),
    operator: noise([J, 1, 3, C, 1]),
    postSmooth: noise([J, 1, 3, 1, C]),
    readout: tf.fill([1, 1, C, 1], 1 / C),
  };
  if (J === 1) return start;
  const restrict = noise([J - 1, 1, 3, 1, 1]).add(stencil);
  const widened = stencil.mul(tf.eye(C));
  const prolong = noise([J - 1, 1, 3, C, C]).add(widened);
  return { ...start, restrict, prolong };
}

// A chain of no fewer numbers, near the identity at the start.
function chainStart(J: number, C: number): Kernels {
  const size = 9 * C * J + 3 * (1 + C * C) * (J - 1) + C; // (7)
  const depth = 2 + Math.ceil((size - 6 * C) / (3 * C * C));
  const kernels = Array.from({ length: depth }, (_, i) => {
    const [from, to] = [i > 0 ? C : 1, i < depth - 1 ? C : 1];
    const same = tf.tensor([0, 1, 0], [1, 3, 1, 1]);
    return noise([1, 3, from, to]).add(same.mul(tf.eye(from, to)));
  });
  return Object.fromEntries(
    kernels.map((k, i) => [`kernel${i}`, k]),
  );
}

/** The two trained things; `conv` says what lies past the ends. */
export const cycleWith =
  (conv: typeof zero): Apply =>
  (kernels, source) => {
    const field = vCycle(unstack(kernels), source, conv);
    return tf.conv2d(field, kernels.readout as T, 1, 'valid');
  };
export const chained: Apply = (kernels, source) =>
  chain(Object.values(kernels) as T[], source);

export const starts = [1, 2, 3, 4, 5].map((J) => ({
  cycle: cycleStart(J, channels),
  chain: chainStart(J, channels),
}));
