import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  attention,
  classical,
  effective,
  energy,
  errorBound,
  linearWeights,
  separation,
  update,
  weights,
} from '../../content/papers/hopfield/mechanism.ts';
import { closeTo } from './numbers.ts';

const read = (x: tf.Tensor) => x.array() as Promise<number[]>;
const rows = (x: tf.Tensor) => x.array() as Promise<number[][]>;
const close = closeTo(5);

// Three patterns in two dimensions: small enough for a calculator.
const patterns = tf.tensor2d([
  [1, 0],
  [0, 2],
  [-1, 1],
]);
const state = tf.tensor2d([[0.5, 1]]);
const overlaps = [0.5, 2, 0.5];

function softmax(values: number[], beta: number): number[] {
  const powers = values.map((v) => Math.exp(beta * v));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((p) => p / sum);
}

test('weights are the softmax of β times the overlaps, over the patterns', async () => {
  close((await rows(weights(state, patterns, 1.5)))[0], softmax(overlaps, 1.5));
});

test('the linear weights are the positive overlaps, summing to one', async () => {
  close((await rows(linearWeights(tf.tensor2d([[1, 1]]), patterns, 9)))[0], [1 / 3, 2 / 3, 0]);
  close((await rows(linearWeights(tf.tensor2d([[1, -1]]), patterns, 9)))[0], [1, 0, 0]);
  // Three at once: each row is divided by its own sum.
  const three = tf.tensor2d([
    [1, 1],
    [1, -1],
    [2, 2],
  ]);
  close((await rows(linearWeights(three, patterns, 9))).flat(), [1 / 3, 2 / 3, 0, 1, 0, 0, 1 / 3, 2 / 3, 0]);
});

test('the update is the patterns mixed by the weights', async () => {
  const [a, b, c] = softmax(overlaps, 1.5);
  close((await rows(update(state, patterns, 1.5)))[0], [a - c, 2 * b + c]);
});

test('at large β the update is the nearest pattern, at β = 0 the mean of all', async () => {
  close((await rows(update(state, patterns, 200)))[0], [0, 2]);
  close((await rows(update(state, patterns, 0)))[0], [0, 1]);
});

test('each row of a batch is updated alone', async () => {
  const batch = tf.concat([state, tf.tensor2d([[3, -1]])]);
  close((await rows(update(batch, patterns, 0.7)))[0], (await rows(update(state, patterns, 0.7)))[0]);
});

test('the energy agrees with formula (1) by hand', async () => {
  const beta = 1.5;
  const lse = Math.log(overlaps.reduce((sum, v) => sum + Math.exp(beta * v), 0)) / beta;
  const byHand = -lse + 0.5 * 1.25 + Math.log(3) / beta + 0.5 * 4;
  close(await read(energy(state, patterns, beta)), [byHand]);
});

test('minus the gradient of the energy is what the update moves', async () => {
  const slope = tf.grad((x: tf.Tensor) => energy(x, patterns, 0.8).sum())(state);
  const step = (await rows(update(state, patterns, 0.8).sub(state)))[0];
  close((await rows(slope.neg()))[0], step, 4);
});

test('one pattern alone has energy ½‖ξ − x‖², whatever β', async () => {
  const one = tf.tensor2d([[2, 1]]);
  close(await read(energy(tf.tensor2d([[1, -1]]), one, 0.3)), [0.5 * (1 + 4)]);
});

test('the energy is from 0 to 2M² for patterns and states no longer than M, at every β', async () => {
  const M = 2;
  const turned = (x: tf.Tensor) => x.div(x.norm('euclidean', 1, true)).mul(M);
  const inside = turned(tf.randomNormal([40, 6], 0, 1, 'float32', 3));
  const some = turned(tf.randomNormal([9, 6], 0, 1, 'float32', 4));
  const shrunk = inside.mul(tf.randomUniform([40, 1], 0, 1, 'float32', 5));
  for (const beta of [0.05, 1, 20]) {
    const all = await read(energy(tf.concat([inside, shrunk, some, some.neg()]), some, beta));
    expect(Math.min(...all)).toBeGreaterThanOrEqual(-1e-5);
    expect(Math.max(...all)).toBeLessThanOrEqual(2 * M * M + 1e-5);
  }
  // Both ends are reached: at a pattern alone, and opposite to it.
  const one = tf.tensor2d([[M, 0]]);
  close(await read(energy(tf.concat([one, one.neg()]), one, 0.7)), [0, 2 * M * M]);
});

test('the separation is the gap to the most similar other pattern', async () => {
  // Overlaps: x1·x1 = 1 with 0, −1; x2·x2 = 4 with 0, 2; x3·x3 = 2 with −1, 2.
  close(await read(separation(patterns)), [1, 2, 0]);
});

test('the bound agrees with formula (4) by hand, and tightens with β', async () => {
  const bound = errorBound(tf.tensor1d([10, 8]), tf.tensor1d([0.4, 0.1]), 4, 0.5);
  close(await read(bound), [2 * 4 * Math.exp(-0.5 * (10 - 3.2)), 2 * 4 * Math.exp(-0.5 * (8 - 0.8))]);
});

test('the logarithm of the bound falls in β with the slope −(Δ − 2‖ξ − x‖M)', async () => {
  const [gap, distance, M] = [10, 0.4, 4];
  const at = async (beta: number) =>
    Math.log((await read(errorBound(tf.tensor1d([gap, gap]), tf.tensor1d([distance, 0]), M, beta)))[0]);
  expect(((await at(1.5)) - (await at(0.25))) / 1.25).toBeCloseTo(-(gap - 2 * distance * M), 4);
});

test('attention is the update with β = 1/√d, then the values', async () => {
  const keys = tf.tensor2d([
    [1, 0, 2, 0],
    [0, 1, -1, 1],
    [1, 1, 0, 0],
  ]);
  const query = tf.tensor2d([[0.3, -1, 2, 0.5]]);
  const map = tf.tensor2d([
    [1, 2],
    [0, 1],
    [3, -1],
    [1, 1],
  ]);
  const expected = tf.matMul(update(query, keys, 0.5), map);
  close((await rows(attention(query, keys, tf.matMul(keys, map))))[0], (await rows(expected))[0]);
});

test('the sign rule is sign of W ξ, W = XXᵀ/d without its diagonal', async () => {
  const signs = tf.tensor2d([
    [1, 1, -1, 1],
    [-1, 1, 1, 1],
  ]);
  const cue = [1, -1, -1, 1];
  const stored = [
    [1, 1, -1, 1],
    [-1, 1, 1, 1],
  ];
  const byHand = cue.map((_, i) =>
    Math.sign(
      cue.reduce(
        (sum, value, j) => sum + (i === j ? 0 : value * stored.reduce((w, x) => w + x[i] * x[j], 0)),
        0,
      ),
    ),
  );
  close((await rows(classical(tf.tensor2d([cue]), signs)))[0], byHand);
});

test('one stored pattern is a fixed point of the sign rule, and repairs a flipped bit', async () => {
  const stored = tf.tensor2d([[1, -1, 1, 1, -1, -1, 1, -1]]);
  const cue = tf.tensor2d([[1, -1, 1, 1, -1, -1, 1, 1]]);
  close((await rows(classical(cue, stored)))[0], (await rows(stored))[0]);
});

test('the effective number is N for equal weights, 1 for one, exp(H) between', async () => {
  const p = tf.tensor2d([
    [0.25, 0.25, 0.25, 0.25],
    [1, 0, 0, 0],
    [0.5, 0.5, 0, 0],
  ]);
  close(await read(effective(p)), [4, 1, 2], 4);
});
