import * as tf from '@tensorflow/tfjs';
import { bound, check, curve, Plot, random, show } from 'lab';
import { steps, toggle, toNumber } from 'lab';
import { weigh } from './experiment';
import { effective } from './mechanism';

const clusters = toggle('clusters', {
  label: 'patterns in three clusters',
  value: true,
});

// Thirty patterns of length about 1 in 32 dimensions.
const unit = (x: tf.Tensor) => x.div(x.norm('euclidean', -1, true));
const spread = 0.25 / Math.sqrt(32);
const together = unit(random.normal([3, 1, 32]))
  .add(random.normal([3, 10, 32], 0, spread))
  .reshape([30, 32]);
const alone = unit(random.normal([30, 32]));
const patterns = clusters ? together : alone;

const rows: { beta: number; mixed: number }[] = [];
const betas = Array.from({ length: 12 }, (_, i) => 0.125 * 2 ** i);
for await (const beta of steps(betas, 'β')) {
  let state = patterns;
  for (let i = 0; i < 25; i++) {
    state = tf.matMul(weigh(state, patterns, beta), patterns);
  }
  const count = effective(weigh(state, patterns, beta)).mean();
  rows.push({ beta, mixed: await toNumber(count) });
  show('regimes', figure());
}

function figure() {
  return Plot.plot({
    title:
      'A fixed point mixes everything, one cluster, or nothing',
    x: { type: 'log', label: 'inverse temperature β' },
    y: { type: 'log', label: 'patterns mixed', domain: [0.9, 40] },
    marks: [
      bound({ y: 30, label: 'all thirty' }),
      bound({ y: 10, label: 'one cluster' }),
      bound({ y: 1, label: 'one pattern' }),
      curve(rows, { x: 'beta', y: 'mixed' }),
    ],
  });
}

const at = (beta: number) =>
  rows.find((r) => r.beta === beta)!.mixed;
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
