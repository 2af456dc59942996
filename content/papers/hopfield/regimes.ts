import * as tf from '@tensorflow/tfjs';
import {
  check,
  ink,
  Plot,
  random,
  show,
  steps,
  toggle,
  toNumber,
} from 'lab';
import { weigh } from './experiment';
import { effective } from './mechanism';

const clusters = toggle('clusters', {
  label: 'patterns in three clusters',
  value: true,
});

// Thirty patterns of length about 1 in 32 dimensions.
const centres = random.normal([3, 1, 32]);
const unit = centres.div(centres.norm('euclidean', 2, true));
const near = unit
  .add(random.normal([3, 10, 32], 0, 0.25 / Math.sqrt(32)))
  .reshape([30, 32]);
const alone = random.normal([30, 32]);
const patterns = clusters
  ? near
  : alone.div(alone.norm('euclidean', 1, true));

const rows: { beta: number; patterns: number }[] = [];
for await (const beta of steps(
  [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256],
  'β',
)) {
  let state: tf.Tensor = patterns;
  for (let i = 0; i < 60; i++) {
    state = tf.tidy(() =>
      tf.matMul(weigh(state, patterns, beta), patterns),
    );
  }
  const count = effective(weigh(state, patterns, beta)).mean();
  rows.push({ beta, patterns: await toNumber(count) });
  show('regimes', figure());
}

function figure() {
  const levels = [
    { y: 30, label: 'all thirty' },
    { y: 10, label: 'one cluster' },
    { y: 1, label: 'one pattern' },
  ];
  return Plot.plot({
    title:
      'Three kinds of fixed point: everything, a cluster, a pattern',
    x: { type: 'log', label: 'inverse temperature β' },
    y: {
      type: 'log',
      label: 'patterns in the mixture',
      domain: [0.9, 34],
    },
    marks: [
      Plot.ruleY(levels, {
        y: 'y',
        stroke: ink.theory,
        strokeDasharray: '4 3',
        strokeOpacity: 0.5,
      }),
      Plot.text(levels, {
        y: 'y',
        text: 'label',
        frameAnchor: 'right',
        dy: -8,
        textAnchor: 'end',
      }),
      Plot.line(rows, {
        x: 'beta',
        y: 'patterns',
        stroke: ink.mechanism,
      }),
      Plot.dot(rows, {
        x: 'beta',
        y: 'patterns',
        fill: ink.mechanism,
      }),
    ],
  });
}

const at = (beta: number) =>
  rows.find((row) => row.beta === beta)!.patterns;
check('patterns mixed in a fixed point at β = 8', at(8), {
  between: [5, 14],
  because: 'a cluster of ten holds its own metastable state',
  breaks: { clusters: false },
});
check('patterns mixed in a fixed point at β = 256', at(256), {
  below: 1.2,
  because:
    'at large β the fixed points are the patterns themselves',
  breaks: { rule: 'linear' },
});
