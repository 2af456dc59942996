import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, nn } from 'lab';
import { toArray, toNumber, variant } from 'lab';
import { noted, trained } from './experiment';
import { asBatchNorm, fold, type Learnt } from './mechanism';
import type { Statistics } from './mechanism';
import { embed, forward, heads, learnt } from './networks';
import { slabAttention, unseen } from './networks';
import { fixed } from './testing';

type T = tf.Tensor;

const withoutSigma = (_: Statistics, own: Learnt) => ({
  scale: own.scale.add(own.eta),
  shift: own.shift,
});
const rules = { 'formula (4)': asBatchNorm, 'α + η': withoutSigma };
const merge = variant('merge', rules, { label: 'RepBN becomes' });

// Every map that reads from a norm takes the norm in.
function into(map: T, site: number) {
  const own = merge(noted[site], learnt(trained, site));
  return fold(map, noted[site], own);
}
const q = into(trained.q, 0);
const k = into(trained.k, 0);
const v = into(trained.v, 0);
const up = into(trained.up, 1);
const [bq, bk, bv] = [q, k, v].map(({ bias }) =>
  nn.heads(bias.expandDims(1), heads),
);

/** SLAB without a norm: logits [1, B, 10]. */
function folded(x: T) {
  const { o, down, head, kernel } = trained;
  const linear = slabAttention(kernel);
  const attend = (q: T, k: T, v: T) =>
    linear(q.add(bq), k.add(bk), v.add(bv));
  const maps = { q: q.weights, k: k.weights, v: v.weights, o };
  const tokens = embed(x, trained);
  const mix = nn.multiHead(tokens, maps, { heads, attend });
  const heard = tokens.add(mix);
  const inner = nn.dense(heard, up.weights, up.bias.squeeze([1]));
  const out = heard.add(nn.dense(nn.gelu(inner), down));
  return tf.matMul(out.mean(2), head);
}

const norm = fixed(trained, tf.scalar(0), noted);
const before = forward(unseen.x, trained, norm);
const after = folded(unseen.x);
const ofFirst = (logits: T) =>
  logits.slice([0, 0], [1, 1]).flatten();
const [with_, without] = [
  await toArray<number[]>(ofFirst(before)),
  await toArray<number[]>(ofFirst(after)),
];
chart('folded', {
  title: 'Logits of one digit, before and after the fold',
  over: 'digit',
  x: { label: 'is it a …', ticks: 10, tickFormat: 'd' },
  y: { label: 'logit' },
  lines: {
    before: baseline('with its norms'),
    after: { label: 'folded', dots: 'only', r: 5 },
  },
}).add(
  ...with_.map((before, digit) => {
    return { digit, before, after: without[digit] };
  }),
);

const otherwise = before
  .argMax(-1)
  .notEqual(after.argMax(-1))
  .sum();
check(
  'test digits that the folded network reads otherwise',
  await toNumber(otherwise),
  {
    below: 1,
    because: 'formulas (4) and (5) are exact',
    breaks: { merge: 'α + η' },
  },
);
