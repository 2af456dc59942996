import * as tf from '@tensorflow/tfjs';
import { chart, check, random, slider, toArray } from 'lab';
import { toNumber, variant } from 'lab';
import { dropOnly, dropPath, keep } from './mechanism';

const final = slider('final', {
  label: 'kept in the last cell, at the end',
  min: 0.4,
  max: 1,
  value: 0.6,
});
const drop = variant(
  'drop',
  { 'divided by k': dropPath, 'left as it is': dropOnly },
  { label: 'a path that is kept' },
);

// Formula (5) for the first, third and last of six cells.
const layers = tf.tensor2d([1 / 6, 3 / 6, 1], [3, 1]);
const times = Array.from({ length: 11 }, (_, i) => i / 10);
const k = keep(layers, tf.tensor2d(times, [1, 11]), final);
const [one, three, six] = await toArray<number[][]>(k);
chart('schedule', {
  title:
    'Paths are dropped late in training, and deep in the network',
  over: 'time',
  x: { label: 'share of the training', percent: true },
  y: { label: 'paths kept', percent: true },
  lines: {
    one: { label: 'cell 1', as: 'series 1' },
    three: { label: 'cell 3', as: 'series 2' },
    six: { label: 'cell 6', as: 'series 3' },
  },
}).add(
  ...times.map((time, i) => ({
    time,
    one: one[i],
    three: three[i],
    six: six[i],
  })),
);

// A path of ones through the last cell: 20,000 pictures.
const draws = random.uniform([20_000]);
const kept = draws.less(0.6).toFloat();
const paths = drop(tf.ones([20_000]), kept, 0.6);
check('mean of a path of ones', await toNumber(paths.mean()), {
  near: 1,
  within: 0.03,
  because: 'dividing by k keeps the mean of formula (5)',
  breaks: { drop: 'left as it is' },
});
