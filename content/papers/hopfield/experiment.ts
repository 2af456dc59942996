import * as tf from '@tensorflow/tfjs';
import { baseline, broken, chart, check, random, slope } from 'lab';
import { steps, theory, toNumber, variant } from 'lab';
import { classical, linearWeights, weights } from './mechanism';

const rules = { softmax: weights, linear: linearWeights };
const label = 'overlaps pass through';
export const weigh = variant('rule', rules, { label });
const ours =
  weigh === weights ? 'this paper' : broken('without softmax');

// Patterns of ±1 in 64 dimensions, a tenth of the bits flipped.
const recall = chart('recall', {
  title: 'How many of the stored patterns come back',
  over: 'stored',
  x: { type: 'log', label: 'patterns stored (64 dimensions)' },
  y: { label: 'recalled without an error', percent: true },
  bounds: [{ x: 0.138 * 64, label: '0.138 d' }],
  lines: { sign: baseline('sign rule'), modern: ours },
});
for await (const stored of steps([4, 8, 16, 32, 64, 128, 256])) {
  const patterns = random.signs([stored, 64]);
  const cues = random.flip(patterns, 0.1);
  const found = tf.matMul(weigh(cues, patterns, 1), patterns);
  const exact = (x: tf.Tensor) =>
    toNumber(x.sub(patterns).abs().max(1).equal(0).mean());
  const modern = await exact(tf.sign(found));
  const sign = await exact(classical(cues, patterns));
  recall.add({ stored, modern, sign });
}

// Patterns on a sphere of radius √(d − 1): the largest memory from
// which nine noisy cues of ten are recalled in one update. Four
// patterns are tried first: 0 stands for fewer than four.
const capacity = chart('capacity', {
  title: (rows) =>
    rows.every(({ stored }) => stored === 0)
      ? 'Not even four patterns can be held'
      : 'Patterns that can be held, dimension by dimension',
  over: 'd',
  x: { label: 'dimensions d', ticks: [8, 10, 12, 14, 16] },
  y: { type: 'log', label: 'patterns held', domain: [1, 10_000] },
  lines: { law: theory('0.138 d'), stored: ours },
});
for await (const d of steps([8, 10, 12, 14, 16], 'dimensions')) {
  let stored = 0;
  for (let next = 4; next < 20_000; next = Math.floor(1.5 * next)) {
    if ((await recalled(next, d)) < 0.9) break;
    stored = next;
  }
  capacity.add({ d, stored, law: 0.138 * d });
}

function recalled(stored: number, d: number) {
  const radius = Math.sqrt(d - 1);
  const onSphere = (shape: number[], radius: number) => {
    const x = random.normal(shape);
    return x.div(x.norm('euclidean', 1, true)).mul(radius);
  };
  const patterns = onSphere([stored, d], radius);
  const targets = patterns.slice([0], [Math.min(stored, 200)]);
  const cues = targets.add(onSphere(targets.shape, 0.1 * radius));
  const found = tf.matMul(weigh(cues, patterns, 1), patterns);
  const error = found.sub(targets).norm('euclidean', 1);
  return toNumber(error.less(0.1 * radius).mean());
}

const missed = 1 - recall.at(256).modern;
check('share of 256 patterns recalled with an error', missed, {
  below: 0.02,
  because: 'a softmax over overlaps separates random patterns',
  breaks: { rule: 'linear' },
});
const { modern, sign } = recall.at(64);
const lead = modern - sign;
check('lead over the sign rule with 64 patterns stored', lead, {
  above: 0.5,
  because: 'the sign rule holds about 0.138 d patterns, 9 here',
  breaks: { rule: 'linear' },
});
const bits = slope(
  capacity.rows.map(({ d }) => d),
  capacity.rows.map((row) => Math.log2(Math.max(1, row.stored))),
);
check('bits of capacity gained with each dimension', bits, {
  above: 0.7,
  because: 'formula (5): capacity grows exponentially in d',
  breaks: { rule: 'linear' },
});
