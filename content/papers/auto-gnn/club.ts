import * as tf from '@tensorflow/tfjs';
import { data, ink, linalg, Plot, select, show } from 'lab';
import { toArray } from 'lab';
import type { Graph } from './layer';
import * as space from './space';

const graphs = ['generated', 'karate club'];
const graph = select('graph', { options: graphs });

// 34 members, of whom two are labelled: the heads of the two sides.
const { edges, groups } = await data.karate();
const lists = Array.from({ length: 34 }, (_, i) => [i]);
const pairs = await toArray<number[][]>(edges);
for (const [i, j] of pairs) {
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

// Drawn by eigenvectors 2 and 3 of GCN's matrix: friends are near.
const root = club.degree.rsqrt();
const gcn = links.mul(root).mul(root.transpose());
const { vectors } = await linalg.eigh(gcn);
const side = await toArray<number[]>(groups);
const members = lists.map((friends, i) => ({
  x: vectors[i][1] / Math.sqrt(friends.length),
  y: vectors[i][2] / Math.sqrt(friends.length),
  r: i === 0 || i === 33 ? 8 : 4,
}));
const at = { x: 'x', y: 'y', r: 'r' };
const ends = pairs.map(([i, j]) => ({
  x1: members[i].x,
  y1: members[i].y,
  x2: members[j].x,
  y2: members[j].y,
}));
show(
  'club',
  Plot.plot({
    title:
      'The karate club and its two sides; large: who is labelled',
    height: 260,
    x: { axis: null, inset: 14 },
    y: { axis: null, inset: 14 },
    marks: [
      Plot.link(ends, {
        x1: 'x1',
        y1: 'y1',
        x2: 'x2',
        y2: 'y2',
        stroke: ink.muted,
        strokeOpacity: 0.4,
      }),
      ...[0, 1].map((one) =>
        Plot.dot(
          members.filter((_, i) => side[i] === one),
          { ...at, fill: ink.series[one] },
        ),
      ),
    ],
  }),
);
