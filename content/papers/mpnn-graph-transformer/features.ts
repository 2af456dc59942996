import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, curve, ink, median } from 'lab';
import { Plot, random, slope, steps, toArray, toNumber } from 'lab';
import { attend, k, phi, q, v } from './experiment';
import { meanOnly, softmaxAttention } from './mechanism';

const truth = softmaxAttention(q, k, v);
const error = (y: tf.Tensor) =>
  y.sub(truth).norm().div(truth.norm());
const mean = await toNumber(error(meanOnly(q, k, v)));

// Five draws of the directions for each number of features.
const at = { x: 'm', y: 'error' };
const draws: { m: number; error: number }[] = [];
const dashed = { ink: ink.theory, dashed: true, label: '1/√m' };
const features = chart('features', {
  title: 'How far from softmax attention, with m features',
  over: 'm',
  x: { type: 'log', base: 2, label: 'features m' },
  y: { type: 'log', label: 'relative distance' },
  lines: {
    mean: { ...baseline('mean only'), dots: false },
    error: 'median of 5',
  },
  also: (rows) => [
    curve(law(rows), { ...at, ...dashed }),
    Plot.dot(draws, { ...at, stroke: ink.mechanism, r: 2 }),
  ],
});

/** 1/√m through the last point. */
function law(rows: readonly { m: number; error: number }[]) {
  const last = rows.at(-1)!;
  const through = last.error * Math.sqrt(last.m);
  const ends = [rows[0], last];
  return ends.map(({ m }) => ({
    m,
    error: through / Math.sqrt(m),
  }));
}

for await (const m of steps([
  4, 8, 16, 32, 64, 128, 256, 512, 1024,
])) {
  const found = [0, 1, 2, 3, 4].map(() => {
    const w = random.normal([m, 8]);
    return error(attend(phi(q, w), phi(k, w), v));
  });
  const errors = await toArray(tf.stack(found));
  for (const error of errors) draws.push({ m, error });
  features.add({ m, error: median(errors), mean });
}

const best = features.last.error / mean;
check('error with 1024 features, over the mean’s', best, {
  below: 0.6,
  because: 'features of the keys tell whose value is asked for',
  breaks: { phi: 'unscaled' },
});
const power = slope(
  features.rows.map(({ m }) => Math.log(m)),
  features.rows.map(({ error }) => Math.log(error)),
);
check('slope of log error against log m', power, {
  between: [-0.65, -0.2],
  because: 'the error of a mean of many draws falls like 1/√m',
  breaks: { sends: 'meanOnly' },
});
