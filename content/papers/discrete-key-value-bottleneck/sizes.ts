import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, show, toNumber } from 'lab';
import { makeReader, test } from './digits';
import { codebooks } from './experiment';
import { overlap } from './mechanism';
import { learn } from './stream';

const sizes = chart('sizes', {
  title: 'Accuracy on all ten digits, by the size of the table',
  over: 'pairs',
  x: {
    type: 'log',
    label: 'pairs in a codebook, K',
    ticks: [8, 32, 128, 512],
    tickFormat: 'd',
  },
  y: {
    label: 'accuracy on all ten',
    percent: true,
    domain: [0, 100],
  },
  lines: {
    mixed: baseline('all at once'),
    inTurn: 'two at a time',
  },
});
for (const pairs of [8, 32, 128, 512]) {
  const { inTurn, mixed } = await learn(codebooks, pairs);
  sizes.add({ pairs, inTurn, mixed });
}
const cost = (pairs: number) =>
  sizes.at(pairs).mixed - sizes.at(pairs).inTurn;

// Which keys two digits share, before anything is learned.
const rows = makeReader(32, 128)(test.z).slice([0, 0], [300, -1]);
const labels = test.y.slice([0], [300]);
const shares = overlap(rows, rows);
const apart = tf.sub(1, tf.eye(300));
const same = tf
  .equal(labels.expandDims(1), labels.expandDims(0))
  .toFloat()
  .mul(apart);
const other = apart.sub(same);
const meanOver = async (pairs: tf.Tensor) =>
  (await toNumber(shares.mul(pairs).sum())) /
  (await toNumber(pairs.sum()));
const [alike, unlike] = [
  await meanOver(same),
  await meanOver(other),
];
show(
  'shared',
  `Two digits of one class share ${(100 * alike).toFixed(1)} % of their keys, two of different classes ${(100 * unlike).toFixed(1)} %.`,
);

check(
  'what the order costs, K = 8 less K = 512',
  cost(8) - cost(512),
  {
    above: 0.35,
    because: 'formula (6): who shares a key overwrites',
    breaks: { keyData: 'wide noise' },
  },
);
check('keys shared in a class, other pairs = 1', alike / unlike, {
  above: 3,
  because: 'digits of a class lie near each other',
  breaks: { keyData: 'wide noise' },
});
