import * as tf from '@tensorflow/tfjs';
import { data, select, toArray } from 'lab';
import type { Graph } from './layer';
import * as space from './space';

const graphs = ['generated', 'karate club'];
const graph = select('graph', { options: graphs });

// 34 members, of whom two are labelled: the heads of the two sides.
const { edges, groups } = await data.karate();
const lists = Array.from({ length: 34 }, (_, i) => [i]);
for (const [i, j] of await toArray<number[][]>(edges)) {
  lists[i].push(j);
  lists[j].push(i);
}
const [n, K] = [34, 18];
const all = Array.from({ length: n * K }, (_, p) => p);
const list = (p: number) => lists[Math.floor(p / K)];
const near = all.map((p) => list(p)[p % K] ?? Math.floor(p / K));
const back = all.map((p) => {
  const i = Math.floor(p / K);
  const there = lists[near[p]].indexOf(i);
  return p % K < list(p).length ? near[p] * K + there : p;
});
const full = tf.tensor(
  all.map((p) => Number(p % K < list(p).length)),
  [n, K],
);
const links = tf
  .oneHot(tf.tensor1d(near, 'int32'), n, 1, 0, 'float32')
  .reshape([n, K, n])
  .mul(full.expandDims(2))
  .sum(1);
const club: Graph = {
  near: tf.tensor1d(near, 'int32'),
  back: tf.tensor1d(back, 'int32'),
  full,
  links,
  degree: full.sum(1, true),
};

const real = graph === 'karate club';
const labels = real ? groups : space.labels;
const size = real ? n : 160;
const heads = real
  ? [0, 33]
  : Array.from({ length: 32 }, (_, i) => i);
// Copies of what another cell owns.
const copies = Object.entries(space.graph).map(([name, t]) => [
  name,
  t.clone(),
]);
export const task = {
  graph: real ? club : (Object.fromEntries(copies) as Graph),
  x: real ? tf.eye(n) : space.x.clone(),
  target: tf.oneHot(
    labels.toInt() as tf.Tensor1D,
    real ? 2 : 4,
    1,
    0,
    'float32',
  ),
  labels: labels.toInt(),
  // 1 where the label is given to the network.
  given: tf
    .oneHot(tf.tensor1d(heads, 'int32'), size, 1, 0, 'float32')
    .sum(0),
};
