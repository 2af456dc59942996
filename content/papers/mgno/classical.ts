import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, toArray, toggle } from 'lab';
import { classical, vCycle, zero } from './mechanism';

const coarse = toggle('coarse', {
  label: 'coarse-grid correction',
  value: true,
});

// One step on the error e leaves e − W A e. Of each of the n waves
// sin(kπx) it leaves this share:
async function left(n: number, grids: number) {
  const k = tf.range(1, n + 1).reshape([n, 1]);
  const phase = k.matMul(k.transpose()).mul(Math.PI / (n + 1));
  const waves = phase.sin().reshape([n, 1, n, 1]) as tf.Tensor4D;
  const kernels = classical(grids);
  const seen = zero(waves, kernels[0].operator);
  const rest = waves.sub(vCycle(kernels, seen, zero));
  const norm = (x: tf.Tensor) => x.reshape([n, n]).norm(2, 1);
  return toArray(norm(rest).div(norm(waves)));
}

const lines = { one: baseline('one grid'), cycle: 'V-cycle' };
const one = await left(31, 1);
const cycle = await left(31, coarse ? 5 : 1);
chart('smoothing', {
  title: 'What one step leaves of an error, wave by wave',
  over: 'wave',
  x: {
    label: 'k, half waves across 31 points',
    ticks: [1, 8, 16, 24, 31],
  },
  y: {
    label: 'left after one step',
    percent: true,
    domain: [0, 100],
  },
  lines,
}).add(
  ...one.map((one, i) => ({ wave: i + 1, one, cycle: cycle[i] })),
);

// The wave that suffers least, on ever finer grids.
const finer = chart('worst', {
  title: 'What one step leaves of the worst wave, on finer grids',
  over: 'n',
  x: {
    type: 'log',
    label: 'grid points n',
    ticks: [7, 15, 31, 63, 127, 255],
  },
  y: {
    label: 'left of the worst wave',
    percent: true,
    domain: [0, 100],
  },
  lines,
});
for (const J of [3, 4, 5, 6, 7, 8]) {
  const n = 2 ** J - 1;
  const worst = async (grids: number) =>
    Math.max(...(await left(n, grids)));
  const cycle = await worst(coarse ? J : 1);
  finer.add({ n, one: await worst(1), cycle });
}

const worst = Math.max(...finer.rows.map((row) => row.cycle));
check('share of the worst wave left by a textbook cycle', worst, {
  below: 0.5,
  because: 'every wave is short on some grid, and is damped there',
  breaks: { coarse: false },
});
