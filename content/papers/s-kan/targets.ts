import * as tf from '@tensorflow/tfjs';
import { random, select, slider } from 'lab';
import { chebyshev, fourier, gated, nodes } from './mechanism';
import { pruned, splines, wavelets } from './mechanism';

export const noise = slider('noise', {
  label: 'noise on the training values',
  min: 0,
  max: 0.5,
  step: 0.05,
  value: 0.05,
});
const inputs = select('inputs', {
  label: 'the four inputs',
  options: ['independent', 'all equal'],
});

const pool = {
  spline: splines,
  Chebyshev: chebyshev,
  Fourier: fourier,
  wavelet: wavelets,
};
export const spaces = Object.keys(pool);
export const targets = [...spaces, 'mixed'];
const [n, M, K] = [4, 4, 8];
/** All functions of all spaces, (4): x [..] → [.., M, K]. */
export function basisOf(x: tf.Tensor) {
  const all = Object.values(pool).map((space) => space(x, K));
  return tf.stack(all, -2);
}

// Where each edge is planted: four targets keep to one space, and
// the last has every space once.
const order = random.permutation(M);
export const planted = targets.map((_, t) =>
  order.map((m) => (t < M ? t : m)),
);
/** Two bumps; degrees 3 to 7; all of the waves; all of the hats. */
function draw(m: number) {
  const bumps = random.choice([1, 2, 3, 4, 5, 6], 2);
  const used = [bumps, [3, 4, 5, 6, 7]][m];
  return Array.from({ length: K }, (_, k) => {
    const [sign] = random.choice([-1, 1]);
    const bump = sign * (0.7 + 0.6 * random.number());
    const value = m === 0 ? bump : random.gaussian();
    return used?.includes(k) === false ? 0 : value;
  });
}
const drawn = tf.tensor(planted.map((edges) => edges.map(draw)));
const gates = pruned(tf.tensor(planted, [5, n], 'int32'), M);
const weights = gated(gates, drawn.reshape([5, n, 1, K]));

// Each edge is shifted and scaled to mean 0 and spread 1 on [−1, 1].
export const grid = tf.range(-48, 49).div(48);
export const gridBasis = basisOf(grid).reshape([97, M * K]);
const rows = weights.reshape([5 * n, M * K]);
const raw = tf.matMul(gridBasis, rows, false, true);
const { mean, variance } = tf.moments(raw, 0);
const spread = variance.sqrt();
/** The planted edges on the grid, [97, 5 · n]. */
export const edges = raw.sub(mean).div(spread);

// A target is half the sum of its edges: its spread is 1, too.
export const truth = {
  weights: weights.div(spread.reshape([5, n, 1, 1])).div(2),
  shift: mean.div(spread).reshape([5, n]).sum(1).div(2),
};
export function targetsAt(basis: tf.Tensor) {
  return nodes(basis, truth.weights).sub(truth.shift);
}
function sample(noise: number) {
  const wide = inputs === 'independent' ? n : 1;
  const x = random.uniform([512, wide], -1, 1);
  const basis = basisOf(x.mul(tf.ones([512, n])));
  const y = targetsAt(basis);
  return { basis, y: y.add(random.normal(y.shape, 0, noise)) };
}
export const train = sample(noise);
export const test = sample(0);
