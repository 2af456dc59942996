import * as tf from '@tensorflow/tfjs';
import { mean, show, toArray } from 'lab';
import { ends } from './experiment';
import { optionsOf, rewards, slots, test } from './space';

// What came out, on the nodes that no search has seen.
const last = await toArray<number[][]>(ends);
const [validation, unseen] = await toArray<number[][]>(
  tf.stack([rewards, test]),
);
const words = (i: number) =>
  optionsOf(i)
    .map((option, slot) => slots[slot].options[option])
    .join(' · ');
const row = (name: string, numbers: number[]) => ({
  architecture: name,
  validation: mean(numbers.map((i) => validation[i])).toFixed(3),
  test: mean(numbers.map((i) => unseen[i])).toFixed(3),
});
const top = (values: number[]) =>
  values.indexOf(Math.max(...values));
const [conservative, , random] = last;
const winner = conservative.reduce((a, b) =>
  validation[b] > validation[a] ? b : a,
);
// Width 8, GCN and sum in both layers, no combine, ReLU.
const gcn = validation.findIndex(
  (_, i) => optionsOf(i).join('') === '1110002',
);
show('found', [
  row('conservative, mean of 40 searches', conservative),
  row('random, mean of 40 searches', random),
  row(`the best found: ${words(winner)}`, [winner]),
  row('a plain GCN: both layers, sum, ReLU', [gcn]),
  row('best of all on validation', [top(validation)]),
  row('best of all on test', [top(unseen)]),
]);
