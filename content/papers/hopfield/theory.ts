import * as tf from '@tensorflow/tfjs';
import {
  check,
  ink,
  Plot,
  random,
  select,
  show,
  steps,
  toArray,
  toggle,
  toNumber,
} from 'lab';
import { weigh } from './experiment';
import {
  attention,
  energy,
  errorBound,
  separation,
  update,
} from './mechanism';

const updateScale = select('updateScale', {
  label: 'β of the update, times',
  options: [1, 0.1],
});
const scaling = toggle('scaling', {
  label: 'attention divides by √d',
  value: true,
});

// Is it attention? Learned projections of raw patterns.
const queries = random.normal([5, 16]);
const keys = random.normal([12, 16]);
const project = random.normal([16, 8]);
const hopfield = update(queries, keys, scaling ? 1 / 4 : 1);
const difference = tf
  .matMul(hopfield, project)
  .sub(attention(queries, keys, tf.matMul(keys, project)))
  .abs()
  .max();
check(
  'largest difference between update and attention',
  await toNumber(difference),
  {
    below: 1e-5,
    because: 'formula (3) is formula (2) with β = 1/√d',
    breaks: { scaling: false },
  },
);

// Does the energy fall?
const radius = 4;
const onSphere = (x: tf.Tensor, r: number) =>
  x.div(x.norm('euclidean', 1, true)).mul(r);
const patterns = onSphere(random.normal([200, 64]), radius);
let state = onSphere(random.normal([50, 64]), radius);
let before = energy(state, patterns, 1);
let rise = Number.NEGATIVE_INFINITY;
const path: { update: number; energy: number }[] = [];
for (let update = 0; update <= 20; update++) {
  path.push({ update, energy: await toNumber(before.mean()) });
  state = tf.matMul(weigh(state, patterns, 1), patterns);
  const after = energy(state, patterns, 1);
  rise = Math.max(rise, await toNumber(after.sub(before).max()));
  before = after;
}
check('largest rise of the energy in 21 updates', rise, {
  below: 1e-4,
  because: 'the update is a concave-convex step on formula (1)',
  breaks: { rule: 'linear' },
});

// How far from the pattern does one update end?
const noise = onSphere(random.normal([200, 64]), 0.1 * radius);
const cues = patterns.add(noise);
const gap = separation(patterns);
const rows: { beta: number; error: number; bound: number }[] = [];
let violations = 0;
for await (const beta of steps([0.25, 0.5, 0.75, 1], 'β')) {
  const found = update(cues, patterns, beta * updateScale);
  const error = found.sub(patterns).norm('euclidean', 1);
  const distance = noise.norm('euclidean', 1);
  const bound = errorBound(gap, distance, radius, beta);
  if (beta === 1)
    violations = await toNumber(error.greater(bound).sum());
  rows.push({
    beta,
    error: median(await toArray(error)),
    bound: median(await toArray(bound)),
  });
}

function median(values: number[]) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

show(
  'error',
  Plot.plot({
    title:
      'The error falls exponentially in β, far below its bound',
    x: { label: 'inverse temperature β' },
    y: { type: 'log', label: 'distance to the stored pattern' },
    marks: [
      Plot.line(rows, {
        x: 'beta',
        y: 'bound',
        stroke: ink.theory,
        strokeDasharray: '4 3',
      }),
      Plot.text(rows.slice(-1), {
        x: 'beta',
        y: 'bound',
        text: ['bound (4)'],
        dx: 8,
        textAnchor: 'start',
      }),
      Plot.line(rows, {
        x: 'beta',
        y: 'error',
        stroke: ink.mechanism,
      }),
      Plot.dot(rows, {
        x: 'beta',
        y: 'error',
        fill: ink.mechanism,
      }),
      Plot.text(rows.slice(-1), {
        x: 'beta',
        y: 'error',
        text: ['measured'],
        fill: ink.mechanism,
        dx: 8,
        textAnchor: 'start',
      }),
    ],
  }),
);
show(
  'energy',
  Plot.plot({
    title: 'The energy never rises',
    x: { label: 'updates' },
    y: { label: 'energy, mean of 50 states' },
    marks: [
      Plot.line(path, {
        x: 'update',
        y: 'energy',
        stroke: ink.mechanism,
      }),
    ],
  }),
);

check(
  'cues of 200 that end outside the bound at β = 1',
  violations,
  {
    below: 1,
    because: 'formula (4) bounds the distance after one update',
    breaks: { updateScale: 0.1 },
  },
);
