import * as tf from '@tensorflow/tfjs';
import { data, random, select, slider, steps, weights } from 'lab';
import { averaged, capped, couplings } from './mechanism';
import { membership, softmax } from './mechanism';

export const machine = select('machine', {
  label: 'machine',
  options: ['monotone', 'free', 'no couplings'],
});
const hidden = slider('hidden', {
  label: 'share of the pixels hidden',
  min: 0,
  max: 1,
  value: 0.7,
  step: 0.1,
});
const clamped = select('clamped', {
  label: 'label',
  options: ['asked for', 'given'],
});

// 64 pixels and 16 hidden nodes of two states, a label of ten.
const seg = membership([...Array(80).fill(2), 10]);
const D = 170;
const all = await weights('monotone-dbm');
const monotone = couplings(capped(all.A, seg, 0.1), seg);
const free = [all.freePhi, all.freeBias];
const [phi, bias] = {
  monotone: [monotone, all.bias],
  free,
  'no couplings': [monotone.mul(0), all.bias],
}[machine];
const phis = tf.stack([phi, free[0]]);
const biases = tf.stack([bias, free[1]]);

// A hundred test digits, once for each machine and start.
const count = 100;
const { test } = await data.mnist({
  size: 8,
  train: 0,
  flat: true,
});
const picked = tf.tensor1d(
  random.permutation(test.x.shape[0]).slice(0, count),
  'int32',
);
export const on = test.x.gather(picked).greater(0.4).toFloat();
export const label = test.y.gather(picked).toInt();
const pairs = (x: tf.Tensor, other: tf.Tensor) =>
  tf.stack([other, x], 2).reshape([count, 128]);
const truth = tf.concat(
  [
    pairs(on, tf.sub(1, on)),
    tf.zeros([count, 32]),
    tf.oneHot(label, 10, 1, 0, 'float32'),
  ],
  1,
);
export const seen = random
  .uniform([count, 64])
  .greaterEqual(hidden)
  .toFloat();
const given = clamped === 'given' ? 1 : 0;
const mask = pairs(seen, seen).pad([
  [0, 0],
  [0, 32],
]);
const known = tf.concat([mask, tf.fill([count, 10], given)], 1);

const four = (x: tf.Tensor) => tf.tile(x, [4, 1]);
const fixed = four(truth.mul(known));
const unknown = four(tf.sub(1, known));
const drawn = softmax(random.normal([2 * count, D], 0, 3), seg);
const q = tf.variable(
  tf.tile(drawn, [2, 1]).mul(unknown).add(fixed),
);
const fieldOf = (q: tf.Tensor) =>
  tf
    .matMul(q.reshape([2, 2 * count, D]), phis)
    .add(biases)
    .reshape(q.shape);
// A plain average: the fixed points are those of formula (2).
const half = tf.scalar(0.5);
for await (const _ of steps(150, 'inferring')) {
  const next = averaged(q, fieldOf(q), half, seg);
  q.assign(next.mul(unknown).add(fixed));
}

// Marginals of ink, [2 machines, 2 starts, digits, 64].
export const marginal = q
  .slice([0, 0], [-1, 128])
  .reshape([2, 2, count, 64, 2])
  .gather(1, 4);
/** The label that each reads, [2 machines, 2 starts, digits]. */
export const read = fieldOf(q)
  .slice([0, D - 10])
  .reshape([2, 2, count, 10])
  .argMax(3);
