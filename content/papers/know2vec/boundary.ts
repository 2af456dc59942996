import type * as tf from '@tensorflow/tfjs';
import { chart, check, images, median, show, slider } from 'lab';
import { toArray } from 'lab';
import { probes, segments } from './knowledge';
import { boundary } from './mechanism';
import { newZoo } from './zoo';

const halvings = slider('halvings', {
  min: 0,
  max: 12,
  value: 12,
  step: 2,
});

// Six segments in each of 90 models.
const { xi, xj, lead } = segments(newZoo, probes);
const gaps = chart('gaps', {
  title: 'Halving comes ever closer to an undecided image',
  over: 'halvings',
  x: { label: 'halvings of the segment' },
  y: { type: 'log', label: '|pᵢ − pⱼ|, 540 segments' },
  lines: {
    largest: { label: 'largest', as: 'series 1' },
    middle: 'median',
  },
});
let found = xi;
let largest = 1;
for (let h = 0; h <= halvings; h += 2) {
  found = boundary(xi, xj, lead, h);
  const gap = await toArray<number[]>(lead(found).abs().flatten());
  largest = Math.max(...gap);
  gaps.add({ halvings: h, largest, middle: median(gap) });
}

const six = (x: tf.Tensor) =>
  x.slice([0], [1]).reshape([6, 14, 14]);
const rows = {
  'surely i': six(xi),
  'i or j': six(found),
  'surely j': six(xj),
};
const columns = ['1, 2', '1, 3', '1, 4', '2, 3', '2, 4', '3, 4'];
const title = 'Where one model cannot tell class i from class j';
show('boundary', await images(rows, { title, columns }));

check('largest |pᵢ − pⱼ| at a boundary point', largest, {
  below: 0.01,
  because: 'each halving keeps the half in which the answer turns',
  breaks: { halvings: 0 },
});
