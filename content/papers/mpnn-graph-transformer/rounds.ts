import * as tf from '@tensorflow/tfjs';
import { chart, check, images, random, show, slider } from 'lab';
import { steps, toNumber } from 'lab';
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

const sharper = chart('rounds', {
  title: `How far from softmax attention after ${rounds} rounds`,
  over: 'c',
  x: { type: 'log', base: 2, label: 'sharpness c' },
  y: { type: 'log', label: 'relative distance' },
  lines: { error: {} },
});
let error = 1;
for await (const c of steps([1, 2, 4, 8, 16, 32, 64, 128, 256])) {
  const found = oneNodeARound(nodes, projections, c, rounds);
  error = await toNumber(found.sub(truth).norm().div(truth.norm()));
  // What is drawn ends where float32 tells no difference.
  sharper.add({ c, error: Math.max(error, 1e-6) });
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

check('error of 24 rounds at c = 256', error, {
  below: 1e-4,
  because: 'formula (5) is (2) once each round selects one node',
  breaks: { rounds: 23 },
});
const fade = sharper.at(16).error / sharper.at(4).error;
check('error at c = 16 as a share of that at c = 4', fade, {
  below: 0.1,
  because: 'the other nodes fade exponentially in c',
  breaks: { rounds: 23 },
});
