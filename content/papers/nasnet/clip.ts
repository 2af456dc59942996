import * as tf from '@tensorflow/tfjs';
import { broken, chart, check, random, steps } from 'lab';
import { toNumber, variant } from 'lab';
import { start } from './experiment';
import { ascend, clipped, logChance } from './mechanism';
import { sample, unclipped } from './mechanism';
import { rewards } from './table';

const surrogate = variant(
  'surrogate',
  { clipped, unclipped },
  { label: 'what is raised' },
);

// One batch of twenty, used again and again.
const first = start.slice([0], [8]);
const a = sample(first, random.uniform([8, 20, 8, 1]));
const places = tf.tensor1d(
  [7, 6, 5, 4, 3, 2, 1, 0].map((k) => 3 ** k),
);
const got = tf.gather(rewards, a.mul(places).sum(-1).toInt());
const advantage = got.sub(got.mean(1, true)).div(0.1);
const picks = tf.oneHot(a.toInt(), 3, 1, 0, 'float32');
const before = logChance(first, picks);
const ratio = (z: tf.Tensor) =>
  toNumber(logChance(z, picks).sub(before).exp().max(1).mean());

const drift = chart('drift', {
  title: 'How much likelier one batch can make a cell',
  over: 'epoch',
  x: { label: 'steps on the same batch' },
  y: { type: 'log', label: 'largest ratio ρ of twenty' },
  bounds: [{ y: 1.2, label: '1 + ε' }],
  lines: {
    free: broken('no clip'),
    held: surrogate === clipped ? 'clipped' : broken('the same'),
  },
});
let [held, free] = [first, first];
drift.add({ epoch: 0, held: 1, free: 1 });
for await (const k of steps(10, 'epochs')) {
  held = ascend(held, picks, before, advantage, 1, surrogate);
  free = ascend(free, picks, before, advantage, 1, unclipped);
  tf.keep(held);
  tf.keep(free);
  drift.add({
    epoch: k + 1,
    held: await ratio(held),
    free: await ratio(free),
  });
}
check(
  'largest ratio after ten steps on one batch',
  drift.last.held,
  {
    below: 4,
    because: 'past 1 + ε formula (3) pays nothing more',
    breaks: { surrogate: 'unclipped' },
  },
);
