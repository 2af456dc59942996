import * as tf from '@tensorflow/tfjs';
import {
  check,
  curve,
  images,
  Plot,
  random,
  show,
  slider,
  steps,
  toNumber,
} from 'lab';
import { oneNodeARound, softmaxAttention } from './mechanism';

const range = { min: 1, max: 24, value: 24, step: 1 };
const rounds = slider('rounds', { label: 'rounds', ...range });

// 24 nodes on the unit sphere, so that each is nearest to itself.
const drawn = random.normal([24, 8]);
const nodes = drawn.div(drawn.norm('euclidean', 1, true));
const projections = [0, 1, 2].map(() =>
  random.normal([8, 8], 0, 1 / Math.sqrt(8)),
);
const [q, k, v] = projections.map((w) => tf.matMul(nodes, w));
const truth = softmaxAttention(q, k, v);

const rows: { c: number; error: number }[] = [];
for await (const c of steps([1, 2, 4, 8, 16, 32, 64, 128, 256])) {
  const found = oneNodeARound(nodes, projections, c, rounds);
  const error = await toNumber(
    found.sub(truth).norm().div(truth.norm()),
  );
  // Float32 tells nothing smaller.
  rows.push({ c, error: Math.max(error, 1e-6) });
  show('rounds', figure());
}

function figure() {
  return Plot.plot({
    title: 'Sharp selections, and attention is exact',
    x: { type: 'log', base: 2, label: 'sharpness c' },
    y: { type: 'log', label: 'distance from softmax attention' },
    marks: [curve(rows, { x: 'c', y: 'error' })],
  });
}

// Whom does the virtual node select in each round?
const overlaps = tf.matMul(nodes, nodes, false, true);
const selected = [2, 8, 32].map((c) => tf.softmax(overlaps.mul(c)));
const title = 'From a blur of all nodes to one node a round';
const columns = ['c = 2', 'c = 8', 'c = 32'];
show(
  'selections',
  await images(
    { 'round, top to bottom': tf.stack(selected) },
    { title, columns, range: [0, 1] },
  ),
);

const at = (c: number) => rows.find((r) => r.c === c)!.error;
check('error of 24 rounds at c = 256', at(256), {
  below: 1e-4,
  because: 'formula (5): each round adds the term of one node',
  breaks: { rounds: 23 },
});
check(
  'error at c = 16 as a share of that at c = 4',
  at(16) / at(4),
  {
    below: 0.1,
    because: 'the other nodes fade exponentially in c',
    breaks: { rounds: 23 },
  },
);
