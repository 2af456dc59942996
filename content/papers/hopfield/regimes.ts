import * as tf from '@tensorflow/tfjs';
import { chart, check, random, steps, toggle, toNumber } from 'lab';
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

const regimes = chart('regimes', {
  title: 'How many patterns a fixed point mixes',
  over: 'beta',
  x: {
    type: 'log',
    label: 'inverse temperature β',
    domain: [0.1, 3000],
  },
  y: { type: 'log', label: 'patterns mixed', domain: [0.9, 40] },
  bounds: [
    { y: 30, label: 'all thirty' },
    { y: 10, label: 'one cluster' },
    { y: 1, label: 'one pattern' },
  ],
  lines: { mixed: {} },
});
const betas = Array.from({ length: 12 }, (_, i) => 0.125 * 2 ** i);
for await (const beta of steps(betas, 'β')) {
  let state = patterns;
  for (let i = 0; i < 25; i++) {
    state = tf.matMul(weigh(state, patterns, beta), patterns);
  }
  const count = effective(weigh(state, patterns, beta)).mean();
  regimes.add({ beta, mixed: await toNumber(count) });
}

const at = (beta: number) => regimes.at(beta).mixed;
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
