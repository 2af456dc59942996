import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, mean, parameters } from 'lab';
import { random, select, sgd, slider, steps } from 'lab';
import { toArray, variant } from 'lab';
import { type Layer, layersOf } from './mechanism';
import { labels, patterns, test, train, trained } from './task';

type T = tf.Tensor;
export type Weights = Record<string, T>;

const learningRate = slider('learningRate', {
  label: 'learning rate η',
  min: 0.03,
  max: 0.5,
  value: 0.3,
  step: 0.01,
});
const gentle = slider('gentle', {
  label: 'η of the gentle nets',
  min: 0.01,
  max: 0.5,
  value: 0.08,
  step: 0.01,
});
export const batch = select('batch', {
  label: 'patterns in a batch',
  options: [64, 256, 1024],
  value: 256,
});
const draws = select('draws', {
  label: 'each step takes',
  options: ['a new batch', 'the same batch'],
});
const units = { tanh: tf.tanh, ReLU: tf.relu };
export const f = variant('units', units);

// Six nets side by side in one: no weights from net to net. The
// last three, the gentle ones, start as the first three do.
export const nets = 6;
export const inputs = tf.tile(patterns, [1, nets]);
const widths = [12, 10, 7, 5, 4, 3, 2, 2];
const start: Weights = {};
export const masks: Weights = {};
for (const [l, out] of widths.slice(1).entries()) {
  const from = widths[l];
  const block = tf.eye(nets).reshape([nets, 1, nets, 1]);
  masks[`w${l}`] = tf
    .tile(block, [1, from, 1, out])
    .reshape([nets * from, nets * out]);
  const shape = [(nets * from) / 2, (nets * out) / 2];
  const half = random.normal(shape, 0, 1 / Math.sqrt(from));
  start[`w${l}`] = tf.tile(half, [2, 2]).mul(masks[`w${l}`]);
  start[`b${l}`] = tf.zeros([1, nets * out]);
}
export const layersIn = (now: Weights): Layer[] =>
  widths.slice(1).map((_, l) => ({
    w: now[`w${l}`].mul(masks[`w${l}`]),
    b: now[`b${l}`],
  }));

/** The mean of the first three nets, and of the gentle ones. */
export const bySet = (values: number[]) => ({
  fast: mean(values.slice(0, nets / 2)),
  slow: mean(values.slice(nets / 2)),
});
export const sets = {
  fast: `η = ${learningRate}`,
  slow: `η = ${gentle}`,
};

/** The logits of each net, of patterns by number: [B, nets, 2]. */
const logits = (now: Weights, which: T) =>
  layersOf(inputs.gather(which.toInt()), layersIn(now), f)
    .at(-1)!
    .reshape([-1, nets, 2]);
/** Cross-entropy of each net, times its rate, for SGD of rate 1. */
const truth = tf.oneHot(labels, 2).expandDims(1);
const rates = [learningRate, gentle];
const eta = rates.flatMap((rate) => Array(nets / 2).fill(rate));
function loss(now: Weights, which: T) {
  const log = tf.logSoftmax(logits(now, which));
  const right = log.mul(truth.gather(which.toInt()));
  return right.sum([0, 2]).mul(eta).sum().div(-batch);
}
async function accuracy(now: Weights, which: T) {
  const y = labels.gather(which.toInt()).expandDims(1);
  const right = logits(now, which).argMax(2).equal(y).mean(0);
  return bySet(await toArray<number[]>(right));
}

const learning = chart('learning', {
  title: 'Patterns kept from training that are read rightly',
  over: 'step',
  x: { label: 'training step' },
  y: { label: 'read rightly', percent: true },
  lines: { slow: baseline(sets.slow), fast: sets.fast },
});
const net = parameters(start);
const optimiser = sgd(net, { rate: 1, momentum: 0.9 });
const moments = [
  0, 3, 8, 20, 40, 60, 80, 110, 150, 200, 300, 400, 600,
];
export const snapshots: { step: number; now: Weights }[] = [];
const first = random.integers([batch], 0, trained);
for await (const step of steps(601, 'training six nets')) {
  if (moments.includes(step)) {
    const now = net.values();
    for (const value of Object.values(now)) tf.keep(value);
    snapshots.push({ step, now });
    learning.add({ step, ...(await accuracy(now, test)) });
  }
  const fresh = random.integers([batch], 0, trained);
  const draw = draws === 'a new batch' ? fresh : first;
  const which = train.gather(draw.toInt());
  await optimiser.step((now) => loss(now, which));
}

const end = await accuracy(snapshots.at(-1)!.now, train);
check(
  'training patterns that the gentle nets read rightly',
  end.slow,
  {
    above: 0.7,
    because: 'they learn the rule too; guessing gives a half',
    breaks: { gentle: 0.01 },
  },
);
