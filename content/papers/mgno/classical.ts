import * as tf from '@tensorflow/tfjs';
import {
  check,
  curve,
  ink,
  Plot,
  show,
  toArray,
  toggle,
} from 'lab';
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
  const shares = await toArray(norm(rest).div(norm(waves)));
  return shares.map((share, i) => ({ wave: i + 1, share }));
}

const baseline = { ink: ink.baseline, label: 'one grid' };
const at = { x: 'wave', y: 'share', dots: false };
show(
  'smoothing',
  Plot.plot({
    title:
      'Smoothing alone leaves the long waves; a cycle does not',
    x: {
      label: 'k, half waves across 31 points',
      ticks: [1, 8, 16, 24, 31],
    },
    y: {
      label: 'left after one step',
      percent: true,
      domain: [0, 100],
    },
    marks: [
      curve(await left(31, 1), { ...at, ...baseline }),
      curve(await left(31, coarse ? 5 : 1), {
        ...at,
        label: 'V-cycle',
      }),
    ],
  }),
);

// The wave that suffers least, on ever finer grids.
const rows: { n: number; one: number; cycle: number }[] = [];
for (const J of [3, 4, 5, 6, 7, 8]) {
  const n = 2 ** J - 1;
  const worst = async (grids: number) =>
    Math.max(...(await left(n, grids)).map((wave) => wave.share));
  const cycle = await worst(coarse ? J : 1);
  rows.push({ n, one: await worst(1), cycle });
}
show(
  'worst',
  Plot.plot({
    title: 'A finer grid slows smoothing down, not the cycle',
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
    marks: [
      curve(rows, { x: 'n', y: 'one', ...baseline }),
      curve(rows, { x: 'n', y: 'cycle', label: 'V-cycle' }),
    ],
  }),
);

const worst = Math.max(...rows.map((row) => row.cycle));
check('share of the worst wave left by a textbook cycle', worst, {
  below: 0.5,
  because: 'every wave is short on some grid, and is damped there',
  breaks: { coarse: false },
});
