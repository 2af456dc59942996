import * as tf from '@tensorflow/tfjs';
import { check, images, linalg, random, select, show } from 'lab';
import { slider, toNumber, variant } from 'lab';
import { allPairs, keyedSums, meanOnly } from './mechanism';
import { positiveFeatures, softmaxAttention } from './mechanism';
import { unscaled, withoutNorm } from './mechanism';

const sums = { keyedSums, meanOnly };
const label = 'virtual node sends';
export const attend = variant('sends', sums, { label });
const maps = { positiveFeatures, unscaled, withoutNorm };
export const phi = variant('phi', maps, { label: 'features φ' });
const options = [4, 16, 64, 256, 1024];
const m = select('m', {
  label: 'how many, m',
  options,
  value: 1024,
});
const range = { min: 0.25, max: 1, value: 0.5, step: 0.05 };
const size = slider('size', {
  label: 'size of the nodes',
  ...range,
});

// 24 nodes of 8 numbers; queries, keys and values are linear maps.
const nodes = random.normal([24, 8], 0, size);
const project = () =>
  tf.matMul(nodes, random.normal([8, 8], 0, 1 / Math.sqrt(8)));
export const q = project();
export const k = project();
export const v = project();

// Does message passing give what all pairs give?
const w = random.normal([m, 8]);
const pairs = allPairs(phi(q, w), phi(k, w), v);
const passed = attend(phi(q, w), phi(k, w), v);
const apart = passed.sub(pairs).norm().div(pairs.norm());
const distance = await toNumber(apart);
check('distance of message passing from all pairs', distance, {
  below: 1e-5,
  because: 'the same sums in another order, rounded by 6e-8 each',
  breaks: { sends: 'meanOnly' },
});

// Who hears whom? The same with one-hot values; rows and columns
// in the order of the first singular vectors of the scores.
const one = tf.eye(24);
const found = [
  softmaxAttention(q, k, one),
  attend(phi(q, w), phi(k, w), one),
  meanOnly(q, k, one),
];
const scores = tf.matMul(q, k, false, true);
const { u, v: right } = await linalg.svd(scores);
const order = (vectors: number[][]) =>
  vectors
    .map(([first], i) => ({ first, i }))
    .sort((a, b) => a.first - b.first)
    .map(({ i }) => i);
const sorted = tf
  .stack(found)
  .gather(order(u), 1)
  .gather(order(right), 2);
show(
  'attention',
  await images(
    { 'listeners, one a row': sorted.mul(24).sub(1) },
    {
      title: 'Who hears whom? n times the weight, less 1',
      columns: ['attention', 'virtual node', 'mean: all 1/n'],
      palette: 'diverging',
      range: [-0.8, 0.8],
    },
  ),
);
