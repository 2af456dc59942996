import * as tf from '@tensorflow/tfjs';
import { adam, batches, chart, check, gradients } from 'lab';
import { parameters, random, select, steps, toArray } from 'lab';
import { lassoGradient, rankMask, shrink } from './mechanism';
import { digits, layersOf, logits, r, start } from './network';
import { numbersKept, numbersOfDense } from './network';

const lasso = select('lasso', {
  label: 'lasso λ',
  options: [0.0001, 0.005, 0.01, 0.02],
  value: 0.01,
});
const drawn = select('drawn', {
  label: 'ranks drawn',
  options: ['prefixes', 'none'],
});
const shrinkThreshold = 0.1;
const updates = 80;
const batch = 128;

// This paper’s network, one with the lasso alone, a dense one.
const count = 3;
const net = parameters(start);
export const ranks = [
  [r, r, r],
  [r, r, r],
];

/** Each digit draws a layer and a prefix for it, (5). */
function draw() {
  const full = () => ranks.map((all) => [...all]);
  const kept = Array.from({ length: batch }, full);
  if (drawn === 'prefixes')
    for (const digit of kept) {
      const layer = random.integer(0, 2);
      digit[layer][0] = random.integer(1, ranks[layer][0] + 1);
    }
  const masks = rankMask(tf.tensor3d(kept), r);
  return tf.unstack(masks.transpose([1, 2, 0, 3]));
}

const staircase = chart('ranks', {
  title: 'The ranks of both layers fall during training',
  over: 'update',
  x: { label: 'updates' },
  y: { label: 'rank', domain: [0, 64] },
  lines: {
    second: {
      label: 'layer 2',
      as: 'series 1',
      curve: 'step-after',
    },
    first: { label: 'layer 1', curve: 'step-after' },
  },
});
staircase.add({ update: 0, first: r, second: r });

// The identity is not trained, and the lasso leaves the dense be.
const factored = tf.tensor3d([1, 1, 0], [count, 1, 1]);
const optimiser = adam(net, { rate: 0, beta2: 0.98 });
const feed = batches(digits.train, batch);
let spent = 0;
for await (const update of steps(updates, 'training')) {
  const { x, y } = feed.next().value;
  const many = x.expandDims(0).tile([count, 1, 1]);
  const answers = tf.oneHot(y, 10, 1, 0, 'float32');
  const masks = draw();
  const alive = ranks.map(([lod, alone]) =>
    rankMask(tf.tensor1d([lod, alone, 0]), r),
  );
  const task = (now: typeof start) => {
    const z = logits(many, layersOf(now), now.head, masks);
    const told = z.mul(answers).sum(-1);
    return tf.logSumExp(z, -1).sub(told).mean(1).sum();
  };
  const { gradients: slope } = gradients(net, task);
  const pull = layersOf(net.values()).map(({ left, right }, i) => ({
    left: lassoGradient(left, alive[i]).mul(lasso),
    right: lassoGradient(right, alive[i]).mul(lasso),
  }));
  const part = Math.cos((Math.PI * update) / updates);
  optimiser.rate = 0.006 * (1 + part);
  optimiser.apply({
    left1: slope.left1.mul(factored).add(pull[0].left),
    right1: slope.right1.add(pull[0].right),
    left2: slope.left2.mul(factored).add(pull[1].left),
    right2: slope.right2.add(pull[1].right),
    head: slope.head,
  });
  spent += numbersKept(ranks[0][0], ranks[1][0]) / numbersOfDense;
  if (update % 4 < 3) continue;
  for (const [i, layer] of layersOf(net.values()).entries()) {
    const left = shrink(layer, alive[i], shrinkThreshold);
    const [lod, alone] = await toArray<number[]>(left);
    ranks[i] = [lod, alone, r];
  }
  staircase.add({
    update: update + 1,
    first: ranks[0][0],
    second: ranks[1][0],
  });
}
export const trained = net.values();

check(
  'multiplications of the two layers in training, dense 1',
  spent / updates,
  {
    below: 1,
    because: 'ranks shrink while training goes on, formula (7)',
    breaks: { lasso: 0.0001 },
  },
);
