import type * as tf from '@tensorflow/tfjs';
import { baseline, broken, chart, check } from 'lab';
import { linalg, mean, median } from 'lab';
import { both, linear, sharp } from './attention';
import { headDim } from './networks';

/** Singular values of each head's map, the largest = 1. */
async function spectrum(maps: tf.Tensor) {
  const found = [];
  for (const map of maps.unstack()) {
    const { s } = await linalg.svd(map as tf.Tensor2D);
    found.push(s.map((value) => value / s[0]));
  }
  return found;
}
const low = await spectrum(linear);
const full = await spectrum(both);
const soft = await spectrum(sharp);
// What is less than 1e-4 of the largest counts as nothing.
const rank = (s: number[]) => s.filter((one) => one > 1e-4).length;
const middle = (heads: number[][], i: number) => {
  const value = median(heads.map((s) => s[i]));
  return value > 1e-4 ? value : null;
};
const rows = low[0].map((_, i) => ({
  i: i + 1,
  soft: middle(soft, i),
  low: middle(low, i),
  full: middle(full, i),
}));
chart(
  'spectrum',
  {
    title: 'Singular values of the maps, median of the four heads',
    over: 'i',
    x: { label: 'singular value', ticks: [1, 4, 8, 12, 16] },
    y: {
      type: 'log',
      label: 'size, the largest = 1',
      domain: [1e-4, 4],
    },
    bounds: [{ x: headDim, label: 'd_h' }],
    lines: {
      soft: baseline('softmax'),
      low: broken('no DWC'),
      full: 'with DWC',
    },
  },
  rows,
);

check(
  'rank with the convolution, mean of four heads',
  mean(full.map(rank)),
  {
    above: 12,
    because: 'the convolution adds a band of full rank',
    breaks: { local: false },
  },
);
