import * as tf from '@tensorflow/tfjs';
import {
  check,
  curve,
  ink,
  Plot,
  random,
  show,
  steps,
  toArray,
  toNumber,
} from 'lab';
import { attend, k, phi, q, v } from './experiment';
import { meanOnly, softmaxAttention } from './mechanism';

const truth = softmaxAttention(q, k, v);
const error = (y: tf.Tensor) =>
  y.sub(truth).norm().div(truth.norm());
const mean = await toNumber(error(meanOnly(q, k, v)));

// Five draws of the directions for each number of features.
const draws: { m: number; error: number }[] = [];
const rows: { m: number; error: number; mean: number }[] = [];
for await (const m of steps([
  4, 8, 16, 32, 64, 128, 256, 512, 1024,
])) {
  const found = [0, 1, 2, 3, 4].map(() => {
    const w = random.normal([m, 8]);
    return error(attend(phi(q, w), phi(k, w), v));
  });
  const errors = await toArray(tf.stack(found));
  for (const error of errors) draws.push({ m, error });
  const median = errors.sort((a, b) => a - b)[2];
  rows.push({ m, error: median, mean });
  show('features', figure());
}

function figure() {
  const at = { x: 'm', y: 'error' };
  const law = [rows[0], rows.at(-1)!].map(({ m }) => ({
    m,
    error: rows.at(-1)!.error * Math.sqrt(rows.at(-1)!.m / m),
  }));
  const theory = { ink: ink.theory, dashed: true };
  const baseline = { ink: ink.baseline, label: 'mean only' };
  return Plot.plot({
    title: 'More features, closer to softmax attention',
    x: { type: 'log', base: 2, label: 'features m' },
    y: { type: 'log', label: 'distance from softmax attention' },
    marks: [
      curve(law, { ...at, ...theory }),
      curve(rows, { ...at, y: 'mean', dots: false, ...baseline }),
      Plot.dot(draws, { ...at, stroke: ink.mechanism, r: 2 }),
      curve(rows, { ...at, label: 'median of 5' }),
    ],
  });
}

/** Least-squares slope of log(error) against log(m). */
function slope() {
  const middle = Math.log(64);
  const x = rows.map(({ m }) => Math.log(m) - middle);
  const y = rows.map((row) => Math.log(row.error / rows[0].error));
  const dot = (a: number[], b: number[]) =>
    a.reduce((sum, value, i) => sum + value * b[i], 0);
  return dot(x, y) / dot(x, x);
}

const best = rows.at(-1)!.error / mean;
check('error with 1024 features, mean only = 1', best, {
  below: 0.6,
  because: 'features of the keys tell whose value is asked for',
  breaks: { phi: 'unscaled' },
});
check('slope of log error against log m', slope(), {
  between: [-0.65, -0.2],
  because: 'the error of a mean of many draws falls like 1/√m',
  breaks: { sends: 'meanOnly' },
});
