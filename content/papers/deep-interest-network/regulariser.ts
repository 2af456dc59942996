import * as tf from '@tensorflow/tfjs';
import { check, curve, ink, Plot, random, show } from 'lab';
import { toNumber, variant } from 'lab';
import { miniBatchPenalty } from './mechanism';

const plain: typeof miniBatchPenalty = (table) =>
  table.square().sum();
const penalty = variant('penalty', {
  'mini-batch aware': miniBatchPenalty,
  'all of L2': plain,
});

// 100 batches of 100 ids out of 2,000; the k-th is drawn like 1/k.
const features = 2000;
const draw = () => Math.floor(features ** random.number()) - 1;
const drawn = () => Array.from({ length: 100 }, draw);
const batches = Array.from({ length: 100 }, drawn);
const occurrences = Array.from({ length: features }, () => 0);
const inBatches = Array.from({ length: features }, () => 0);
for (const batch of batches) {
  for (const id of batch) occurrences[id] += 1;
  for (const id of new Set(batch)) inBatches[id] += 1;
}

// Σₘ Iₘⱼ/nⱼ, the part of ‖Wⱼ‖² that one pass over the data counts.
const chance = (n: number) => 1 - (1 - n / 10_000) ** 100;
const rows = occurrences
  .flatMap((n, j) => (n ? { n, counted: inBatches[j] / n } : []))
  .sort((a, b) => a.n - b.n);
const law = [1, 3, 10, 30, 100, 300, 1000].map((n) => ({
  n,
  counted: (100 * chance(n)) / n,
}));
const at = { x: 'n', y: 'counted' };
const theory = { ink: ink.theory, dashed: true, label: 'expected' };
show(
  'regulariser',
  Plot.plot({
    title: 'Rare ids are counted in full, common ones once a batch',
    x: { type: 'log', label: 'occurrences n of an id' },
    y: { label: 'counted in one pass', percent: true },
    marks: [
      curve(law, { ...at, ...theory }),
      curve(rows, { ...at, dots: 'only', r: 2, label: 'an id' }),
    ],
  }),
);

// The rows of the table that the first batch's penalty would move.
const present = occurrences.map((_, j) =>
  Number(batches[0].includes(j)),
);
const n = occurrences.map((n) => Math.max(n, 1));
const gradient = tf.grad((table: tf.Tensor) =>
  penalty(table, tf.tensor1d(present), tf.tensor1d(n)),
)(random.normal([features, 12]));
const touched = gradient.abs().sum(1).greater(0).mean();
check(
  'share of the table that the penalty of a batch moves',
  await toNumber(touched),
  {
    below: 0.1,
    because: 'formula (4) sums over the ids of the batch alone',
    breaks: { penalty: 'all of L2' },
  },
);
