import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  accuracies,
  boundary,
  correlation,
  modelVector,
  queryVector,
  representatives,
  score,
  standardise,
} from '../../content/papers/know2vec/mechanism.ts';
import { closeTo, list, someFrom } from './numbers.ts';

const close = closeTo(5);
const some = someFrom(11);

test('a representative is the mean of the features, weighted by the square of the answer', async () => {
  // Two probes, two classes: squares 0.64 and 0.04 for class 1, 0.04 and 0.64 for class 2.
  const answers = tf.tensor3d([
    [
      [0.8, 0.2],
      [0.2, 0.8],
    ],
  ]);
  const features = tf.tensor2d([
    [1, 0, 5],
    [0, 1, 5],
  ]);
  const [near, far] = [0.64 / 0.68, 0.04 / 0.68];
  close(await list(representatives(answers, features)), [near, far, 5, far, near, 5]);
});

test('each model has representatives of its own, and equal answers give the mean of all probes', async () => {
  const [one, two] = [some(1, 6, 3).abs(), tf.fill([1, 6, 3], 0.25)];
  const e = some(6, 4);
  const both = representatives(tf.concat([one, two]), e);
  expect(both.shape).toEqual([2, 3, 4]);
  close(await list(both.slice([0], [1])), await list(representatives(one, e)));
  close(await list(both.slice([1, 2], [1, 1])), await list(e.mean(0)));
});

test('answers of 0 and 1 give the mean of the probes of a class', async () => {
  const answers = tf.oneHot(tf.tensor2d([[0, 1, 0, 2]], undefined, 'int32'), 3, 1, 0, 'float32');
  const e = tf.tensor2d([[1], [2], [7], [9]]);
  close(await list(representatives(answers, e)), [4, 2, 9]);
});

// Two models with two segments each: pᵢ − pⱼ falls from plus to minus where the first number passes a threshold.
const thresholds = tf.tensor3d([
  [[0.3], [0.9]],
  [[0.5], [0.06]],
]);
const lead = (x: tf.Tensor) => thresholds.sub(x.slice([0, 0, 0], [2, 2, 1]));
const from = tf.tensor3d([
  [
    [0, 2],
    [0, 2],
  ],
  [
    [0, 2],
    [0, 2],
  ],
]);
const to = tf.tensor3d([
  [
    [1, 4],
    [1, 4],
  ],
  [
    [1, 4],
    [1, 4],
  ],
]);

test('halving finds where the lead changes its sign, on the segment', async () => {
  const found = await list(boundary(from, to, lead, 18));
  close(found, [0.3, 2.6, 0.9, 3.8, 0.5, 3, 0.06, 2.12], 4);
});

test('no halving gives the middle, and h of them leave at most half of 2 to the −h', async () => {
  close(await list(boundary(from, to, lead, 0)), [0.5, 3, 0.5, 3, 0.5, 3, 0.5, 3]);
  close(await list(boundary(from, to, lead, 1)), [0.25, 2.5, 0.75, 3.5, 0.5, 3, 0.25, 2.5]);
  close(await list(boundary(from, to, lead, 2)), [0.375, 2.75, 0.875, 3.75, 0.5, 3, 0.125, 2.25]);
});

test('standardised nodes have mean 0 in each number, and deviations whose mean is a third', async () => {
  const nodes = some(5, 4, 3)
    .mul(tf.tensor1d([1, 2, 6]))
    .add(3);
  const z = standardise(nodes, nodes);
  close(await list(z.mean([0, 1])), [0, 0, 0]);
  const deviations = await list(z.square().mean([0, 1]).sqrt());
  expect((deviations[0] + deviations[1] + deviations[2]) / 3).toBeCloseTo(1 / 3, 5);
  // One number for all: what spreads more before spreads more after.
  const before = await list(
    nodes
      .sub(nodes.mean([0, 1]))
      .square()
      .mean([0, 1])
      .sqrt(),
  );
  expect(deviations[2] / deviations[0]).toBeCloseTo(before[2] / before[0], 4);
});

test('nodes of other models are shifted and scaled as those of the zoo', async () => {
  const zoo = tf.tensor3d([[[1], [3]]]); // mean 2, deviation 1
  close(await list(standardise(tf.tensor3d([[[8], [2]]]), zoo)), [2, 0]);
});

test('a model vector stacks its classes, each mapped alike', async () => {
  const A = tf.tensor3d([
    [
      [1, 0],
      [2, -1],
    ],
  ]);
  const nodes = tf.tensor4d([
    [
      [
        [1, 1],
        [0, 2],
        [3, 0],
      ],
    ],
  ]);
  close(await list(modelVector(nodes, A)), [3, -1, 4, -2, 3, 0]);
});

test('a query vector is stacked, shifted and of length 1', async () => {
  const B = tf.eye(2).mul(2).expandDims(0);
  const b = tf.tensor3d([[[1, 0]]]);
  const means = tf.tensor4d([
    [
      [
        [1, 0],
        [0, 2],
      ],
    ],
  ]);
  const length = Math.sqrt(9 + 1 + 16);
  close(await list(queryVector(means, B, b)), [3 / length, 0, 1 / length, 4 / length]);
  const many = queryVector(some(3, 5, 4, 6), some(3, 6, 6), some(3, 1, 6));
  close(await list(many.square().sum(-1)), Array(15).fill(1));
});

test('systems of a stack do not mix', async () => {
  const [nodes, A] = [some(2, 3, 4, 5), some(2, 5, 5)];
  const [means, B, b] = [some(2, 6, 4, 5), some(2, 5, 5), some(2, 1, 5)];
  const both = score(modelVector(nodes, A), queryVector(means, B, b));
  expect(both.shape).toEqual([2, 6, 3]);
  const last = (x: tf.Tensor) => x.slice([1], [1]);
  const alone = score(modelVector(last(nodes), last(A)), queryVector(last(means), last(B), last(b)));
  close(await list(last(both)), await list(alone));
});

test('a score is the inner product of user and model', async () => {
  const u = tf.tensor3d([
    [
      [1, 2],
      [0, -1],
      [3, 0],
    ],
  ]);
  const v = tf.tensor3d([
    [
      [1, 1],
      [0, 2],
    ],
  ]);
  close(await list(score(u, v)), [3, -1, 3, 4, -2, 0]);
});

test('a bias beside A adds the same to the scores of all models', async () => {
  const [u, v] = [some(1, 4, 6), some(1, 2, 6)];
  const change = score(u.add(some(6)), v).sub(score(u, v));
  const [first] = change.unstack(2);
  close(await list(change), await list(first.expandDims(2).tile([1, 1, 4])));
});

test('correlations of a stack are those of its parts', async () => {
  const [a, b] = [
    tf.randomNormal([2, 3, 5], 0, 1, 'float32', 4),
    tf.randomNormal([2, 3, 5], 0, 1, 'float32', 9),
  ];
  const parts = await Promise.all(tf.unstack(a).map((part, i) => list(correlation(part, tf.unstack(b)[i]))));
  close(await list(correlation(a, b)), parts.flat());
});

test('the correlation is ±1 on lines, does not see shift and scale, and agrees with one by hand', async () => {
  const x = tf.tensor2d([
    [1, 2, 4],
    [1, 2, 4],
    [1, 2, 4],
  ]);
  const y = tf.tensor2d([
    [5, 7, 11],
    [-1, -2, -4],
    [2, 0, 1],
  ]);
  // Centred: (−4, −1, 5)/3 and (1, −1, 0): −3/3 over √(42/9 · 2).
  close(await list(correlation(x, y)), [1, -1, -1 / Math.sqrt((42 / 9) * 2)]);
});

test('an accuracy is the mean over classes of the rates of the concepts asked for', async () => {
  // Three concepts, two classes, two models.
  const rates = tf.tensor3d([
    [
      [0.9, 0.5],
      [0.1, 0.5],
    ],
    [
      [0.2, 0],
      [0.8, 1],
    ],
    [
      [0.6, 0.7],
      [0.4, 0.3],
    ],
  ]);
  const y = accuracies(rates, [
    [0, 1],
    [2, 0],
  ]);
  expect(y.shape).toEqual([2, 2]);
  close(await list(y), [0.85, 0.75, 0.35, 0.6]);
});
