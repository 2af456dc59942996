import * as tf from '@tensorflow/tfjs';
import {
  check,
  ink,
  Plot,
  random,
  show,
  steps,
  toNumber,
  variant,
} from 'lab';
import { classical, linearWeights, weights } from './mechanism';

export const weigh = variant(
  'rule',
  { softmax: weights, linear: linearWeights },
  { label: 'overlaps pass through' },
);

// Patterns of ±1, a tenth of the bits flipped, one update.
const recalled: {
  stored: number;
  network: string;
  share: number;
}[] = [];
for await (const stored of steps(
  [4, 8, 16, 32, 64, 128, 256],
  'patterns stored',
)) {
  const patterns = random.signs([stored, 64]);
  const cues = random.flip(patterns, 0.1);
  const modern = tf.sign(
    tf.matMul(weigh(cues, patterns, 1), patterns),
  );
  recalled.push({
    stored,
    network: 'this paper',
    share: await share(modern, patterns),
  });
  recalled.push({
    stored,
    network: 'sign rule',
    share: await share(classical(cues, patterns), patterns),
  });
  show('recall', recallFigure());
}

/** The part of the rows that came back without an error. */
async function share(found: tf.Tensor, patterns: tf.Tensor) {
  const errors = found.sub(patterns).abs().max(1);
  return toNumber(errors.equal(0).mean());
}

function recallFigure() {
  const [modern, sign] = ['this paper', 'sign rule'].map(
    (network) => recalled.filter((row) => row.network === network),
  );
  const line = (rows: typeof recalled, stroke: string) => [
    Plot.line(rows, { x: 'stored', y: 'share', stroke }),
    Plot.dot(rows, { x: 'stored', y: 'share', fill: stroke }),
    Plot.text(rows, {
      x: 'stored',
      y: 'share',
      text: 'network',
      fill: stroke,
      select: 'last',
      textAnchor: 'start',
      dx: 8,
    }),
  ];
  return Plot.plot({
    title:
      'Every pattern comes back; the sign rule forgets past nine',
    x: { type: 'log', label: 'patterns stored (64 dimensions)' },
    y: { label: 'recalled without an error', percent: true },
    marks: [
      Plot.ruleX([0.138 * 64], {
        stroke: ink.theory,
        strokeDasharray: '4 3',
      }),
      Plot.text([{ x: 0.138 * 64, label: '0.138 d' }], {
        x: 'x',
        text: 'label',
        frameAnchor: 'bottom',
        dy: -6,
        dx: -6,
        textAnchor: 'end',
      }),
      ...line(sign, ink.baseline),
      ...line(modern, ink.mechanism),
    ],
  });
}

const at = (network: string, stored: number) =>
  recalled.find(
    (r) => r.network === network && r.stored === stored,
  )!.share;

check(
  'share of 256 patterns recalled without an error',
  at('this paper', 256),
  {
    above: 0.98,
    because: 'a softmax over overlaps separates random patterns',
    breaks: { rule: 'linear' },
  },
);
check(
  'lead over the sign rule with 64 patterns stored',
  at('this paper', 64) - at('sign rule', 64),
  {
    above: 0.9,
    because: 'the sign rule holds about 0.138 d patterns, 9 here',
    breaks: { rule: 'linear' },
  },
);

// Patterns on a sphere of radius √(d − 1): the most that 9 of 10
// noisy cues still find in one update.
const capacity: { d: number; stored: number }[] = [];
for await (const d of steps([8, 10, 12, 14, 16], 'dimensions')) {
  capacity.push({ d, stored: await mostStored(d) });
  show('capacity', capacityFigure());
}

async function mostStored(d: number) {
  const radius = Math.sqrt(d - 1);
  let most = 0;
  for (let stored = 4; stored < 20_000; ) {
    if ((await success(stored, d, radius)) < 0.9) break;
    most = stored;
    stored = Math.floor(1.5 * stored);
  }
  return most;
}

async function success(stored: number, d: number, radius: number) {
  const patterns = onSphere(random.normal([stored, d]), radius);
  const cued = tf.slice(patterns, [0], [Math.min(stored, 200)]);
  const noise = onSphere(random.normal(cued.shape), 0.1 * radius);
  const found = tf.matMul(
    weigh(cued.add(noise), patterns, 1),
    patterns,
  );
  const error = found.sub(cued).norm('euclidean', 1);
  return toNumber(error.less(0.1 * radius).mean());
}

function onSphere(x: tf.Tensor, radius: number) {
  return x.div(x.norm('euclidean', 1, true)).mul(radius);
}

function capacityFigure() {
  const classicalLimit = capacity.map(({ d }) => ({
    d,
    stored: 0.138 * d,
  }));
  return Plot.plot({
    title: 'One more dimension, almost twice as many patterns',
    x: { label: 'dimensions d', ticks: [8, 10, 12, 14, 16] },
    y: { type: 'log', label: 'patterns held', domain: [1, 10_000] },
    marks: [
      Plot.line(classicalLimit, {
        x: 'd',
        y: 'stored',
        stroke: ink.baseline,
      }),
      Plot.text(classicalLimit, {
        x: 'd',
        y: 'stored',
        text: ['', '', '', '', 'sign rule, 0.138 d'],
        fill: ink.baseline,
        textAnchor: 'end',
        dy: -10,
      }),
      Plot.line(capacity, {
        x: 'd',
        y: 'stored',
        stroke: ink.mechanism,
      }),
      Plot.dot(capacity, {
        x: 'd',
        y: 'stored',
        fill: ink.mechanism,
      }),
    ],
  });
}

/** Least-squares slope of log₂(patterns) against d. */
function bitsPerDimension() {
  const log = capacity.map((c) => Math.log2(Math.max(1, c.stored)));
  const mean = log.reduce((a, b) => a + b) / log.length;
  const spread = capacity.reduce(
    (s, { d }) => s + (d - 12) ** 2,
    0,
  );
  const rise = capacity.map(
    ({ d }, i) => (d - 12) * (log[i] - mean),
  );
  return rise.reduce((a, b) => a + b) / spread;
}

check(
  'bits of capacity gained with each dimension',
  bitsPerDimension(),
  {
    above: 0.7,
    because: 'formula (5): capacity grows exponentially in d',
    breaks: { rule: 'linear' },
  },
);
