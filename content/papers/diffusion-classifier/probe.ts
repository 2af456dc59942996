import * as tf from '@tensorflow/tfjs';
import { linalg, random, slider, toArray } from 'lab';
import { dual, noisy, readOut, standardise } from './mechanism';
import { keptOf, test, times, train } from './networks';

type T = tf.Tensor;

const labels = slider('labels', {
  label: 'labelled digits',
  min: 50,
  max: 400,
  value: 100,
  step: 1,
  scale: 'log',
});

// The digits that come with a label, drawn anew with each seed.
const drawn = random.choice([...Array(5000).keys()], labels);
const who = tf.tensor1d(drawn, 'int32');
export const labelled = train.x.gather(who);
const oneHot = tf.oneHot(train.y.gather(who), 10);
const targets = await toArray<number[][]>(oneHot.sub(0.1));

// They and 1,000 others, noised to six steps: one batch.
const each = labels + 1000;
export const t = times.flatMap((t) => Array(each).fill(t));
const noise = random.normal([t.length, 196]);
const all = tf.concat([labelled, test.x]).tile([times.length, 1]);
export const noised = noisy(all, noise, keptOf(t));

/** Formula (4), learnt from S sets of features [S, N, d]. */
export async function learn(known: T) {
  const [, n, d] = known.shape;
  const H = standardise(known, known);
  const lambda = (0.05 * n * d!) / 64;
  const A = [];
  for (const system of await toArray<number[][][]>(dual(H, lambda)))
    A.push(await linalg.solve(system, targets));
  const solved = tf.tensor3d(A);
  return (features: T) =>
    readOut(standardise(features, known), H, solved);
}

/** Test accuracy at each noise step: [6]. */
export async function accuracy(features: T) {
  const d = features.shape.at(-1)!;
  const sets = features.reshape([times.length, each, d]);
  const read = await learn(sets.slice([0, 0, 0], [-1, labels, -1]));
  const scores = read(sets.slice([0, labels, 0], [-1, -1, -1]));
  const right = scores.argMax(2).equal(test.y);
  return toArray<number[]>(right.mean(1));
}
