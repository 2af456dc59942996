import * as tf from '@tensorflow/tfjs';
import { chart, check, random, select, slope } from 'lab';
import { steps, theory, toArray, toggle, toNumber } from 'lab';
import { weigh } from './experiment';
import { attention, energy, errorBound } from './mechanism';
import { separation, update } from './mechanism';

const updateScale = select('updateScale', {
  label: 'β of the update, times',
  options: [1, 0.1],
});
const scaling = toggle('scaling', {
  label: 'β = 1/√d for attention',
  value: true,
});

// Is it attention? The update, then a learned map of the values.
const queries = random.normal([5, 16]);
const keys = random.normal([12, 16]);
const map = random.normal([16, 8]);
const recalled = update(queries, keys, scaling ? 1 / 4 : 1);
const attended = attention(queries, keys, tf.matMul(keys, map));
const difference = tf
  .matMul(recalled, map)
  .sub(attended)
  .abs()
  .max();

// Does the energy fall? 50 states, 200 patterns of length 4.
const onSphere = (shape: number[], radius: number) => {
  const x = random.normal(shape);
  return x.div(x.norm('euclidean', 1, true)).mul(radius);
};
const patterns = onSphere([200, 64], 4);
let state = onSphere([50, 64], 4);
let before = energy(state, patterns, 1);
let rise = Number.NEGATIVE_INFINITY;
const descent = chart('energy', {
  title: 'The energy, update by update',
  over: 'update',
  x: { label: 'updates' },
  y: { label: 'energy of 50 states' },
  lines: {
    change: { label: 'largest change', as: 'series 1' },
    energy: 'mean',
  },
});
const meanOf = (energy: tf.Tensor) => toNumber(energy.mean());
const first = await meanOf(before);
descent.add({ update: 0, change: Number.NaN, energy: first });
for (let update = 1; update <= 20; update++) {
  state = tf.matMul(weigh(state, patterns, 1), patterns);
  const after = energy(state, patterns, 1);
  const change = await toNumber(after.sub(before).max());
  descent.add({ update, change, energy: await meanOf(after) });
  rise = Math.max(rise, change);
  before = after;
}

// How far from its pattern does one update end?
const noise = onSphere([200, 64], 0.4);
const distance = noise.norm('euclidean', 1);
const cues = patterns.add(noise);
const median = async (x: tf.Tensor) =>
  (await toArray(x)).sort((a, b) => a - b)[100];
const errors = chart('error', {
  title: 'One update’s distance to the pattern, and its bound',
  over: 'beta',
  x: { label: 'inverse temperature β' },
  y: { type: 'log', label: 'distance to the stored pattern' },
  lines: { bound: theory('bound (4)'), error: 'measured' },
});
let outside = 0;
for await (const beta of steps([0.25, 0.5, 0.75, 1], 'β')) {
  const found = update(cues, patterns, beta * updateScale);
  const error = found.sub(patterns).norm('euclidean', 1);
  const bound = errorBound(separation(patterns), distance, 4, beta);
  outside = await toNumber(error.greater(bound).sum());
  const [e, b] = [await median(error), await median(bound)];
  errors.add({ beta, error: e, bound: b });
}

const apart = await toNumber(difference);
check('largest difference between update and attention', apart, {
  below: 1e-5,
  because: 'formula (3) is formula (2) with β = 1/√d',
  breaks: { scaling: false },
});
check('largest rise of the energy in 20 updates', rise, {
  below: 1e-4,
  because: 'each update minimises a bound that touches (1)',
  breaks: { rule: 'linear' },
});
check('cues of 200 that end outside the bound at β = 1', outside, {
  below: 1,
  because: 'formula (4) bounds the distance after one update',
  breaks: { updateScale: 0.1 },
});
const fall = (line: 'error' | 'bound') =>
  -slope(
    errors.rows.map(({ beta }) => beta),
    errors.rows.map((row) => Math.log(row[line])),
  );
const faster = fall('error') / fall('bound');
check(
  'how much faster than its bound the log error falls',
  faster,
  {
    above: 1,
    because: 'formula (4): at least Δ less 2‖ξ − x‖M for each β',
    breaks: { updateScale: 0.1 },
  },
);
