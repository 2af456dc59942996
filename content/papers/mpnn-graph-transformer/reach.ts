import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, data, random, select } from 'lab';
import { slider, toArray, variant } from 'lab';
import { edgesOnly, withHub } from './mechanism';

const both = { on: withHub, off: edgesOnly };
const layer = variant('virtualNode', both, {
  label: 'virtual node',
});
const graphs = ['path', 'ring', 'club'];
const graph = select('graph', { options: graphs });
const range = { min: 1, max: 8, value: 2, step: 1 };
export const depth = slider('depth', { label: 'layers', ...range });

const path = Array.from({ length: 15 }, (_, i) => [i, i + 1]);
const ring = [...path, [15, 0]];
const { edges: friends } = await data.karate();
const club = await toArray<number[][]>(friends);
export const edges = { path, ring, club }[graph]!;

/** Adjacency [n, n] of a list of edges. */
export function adjacency(edges: number[][]) {
  const n = Math.max(...edges.flat()) + 1;
  const links = tf.buffer([n, n]);
  for (const [i, j] of edges) {
    links.set(1, i, j);
    links.set(1, j, i);
  }
  return links.toTensor();
}

// Two runs, one with a push on node 0: [8, n], 1 where they differ.
const inputs = random.normal([34, 8]);
const maps = [0, 1, 2, 3, 4].map(() =>
  random.normal([8, 8], 0, 1 / Math.sqrt(8)),
);
function felt(step: typeof withHub, edges: number[][]) {
  const links = adjacency(edges);
  const n = links.shape[0]!;
  const A = links.div(links.sum(1, true));
  const x = inputs.slice([0], [n]);
  let calm = { x, vn: tf.zeros([1, 8]) };
  let pushed = { ...calm, x: x.add(tf.oneHot([0], n).transpose()) };
  const differ = [];
  for (let i = 0; i < 8; i++) {
    calm = step(calm, A, maps);
    pushed = step(pushed, A, maps);
    differ.push(calm.x.notEqual(pushed.x).cast('float32').max(1));
  }
  return toArray<number[][]>(tf.stack(differ));
}

export const alone = await felt(edgesOnly, edges);
export const hub = await felt(layer, edges);
const count = (row: number[]) => row.reduce((a, b) => a + b, 0);
const rows = [{ layers: 0, alone: 1, hub: 1 }];
alone.forEach((row, i) => {
  const layers = i + 1;
  rows.push({ layers, alone: count(row), hub: count(hub[i]) });
});
chart('count', {
  title: 'Along edges, news travels one step a layer',
  over: 'layers',
  x: { label: 'layers' },
  y: { label: 'nodes that feel a push on one', zero: true },
  lines: { alone: baseline('edges only'), hub: 'virtual node' },
}).add(...rows);

const reached = count((await felt(layer, path))[1]);
check('nodes of a path of 16 reached by two layers', reached, {
  near: 16,
  within: 0.5,
  because: 'up to the virtual node, and down to everybody',
  breaks: { virtualNode: 'off' },
});
