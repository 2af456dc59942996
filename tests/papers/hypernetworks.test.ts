import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  conditionGradient,
  countChunks,
  countWhole,
  fanIn,
  type Hyper,
  heNaive,
  hyperFan,
  hyperForward,
  hyperGradient,
  targetForward,
  targetGradient,
} from '../../content/papers/hypernetworks/mechanism.ts';

type T = tf.Tensor;

const seeded = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 0.7, 'float32', seed) as T;
const listOf = (x: T) => Array.from(x.dataSync());
const close = (found: T, expected: T | number[], digits = 5) => {
  const wanted = Array.isArray(expected) ? expected : listOf(expected);
  const values = listOf(found);
  expect(values).toHaveLength(wanted.length);
  for (const [i, value] of wanted.entries()) expect(values[i]).toBeCloseTo(value, digits);
};

// Five tasks of four points; a target of two units, so seven weights.
const [E, H, M, tasks] = [3, 6, 2, 5];
const P = 3 * M + 1;
const hyper: Hyper = {
  W1: seeded([E, H], 1),
  b1: seeded([1, H], 2),
  V: seeded([H, P], 3),
  b: seeded([1, P], 4),
};
const condition = seeded([tasks, E], 5);
const [x, y] = [seeded([tasks, 4], 6), seeded([tasks, 4], 7)];

test('the hypernet is one hidden layer and a linear head', () => {
  const one: Hyper = {
    W1: tf.tensor2d([[0.5], [-1]]),
    b1: tf.tensor2d([[0.25]]),
    V: tf.tensor2d([[2, -3]]),
    b: tf.tensor2d([[1, 10]]),
  };
  const { features, weights } = hyperForward(tf.tensor2d([[1, 2]]), one);
  const h = Math.tanh(0.5 - 2 + 0.25);
  close(features, [h]);
  close(weights, [1 + 2 * h, 10 - 3 * h]);
});

test('the target reads its weights as slopes, biases, outputs and a last bias', () => {
  const weights = [0.5, -2, 0.1, 0.7, 1.5, -0.4, 0.3];
  const at = (x: number) => 1.5 * Math.tanh(0.5 * x + 0.1) - 0.4 * Math.tanh(-2 * x + 0.7) + 0.3;
  close(targetForward(tf.tensor2d([[-1, 0, 2]]), tf.tensor2d([weights])), [-1, 0, 2].map(at));
});

test('a stack of hypernets answers as each of them alone', () => {
  const twice = (t: T) => tf.stack([t, t.mul(0.5)]);
  const stack = { W1: twice(hyper.W1), b1: twice(hyper.b1), V: twice(hyper.V), b: twice(hyper.b) };
  const { weights } = hyperForward(condition.expandDims(0), stack);
  const half: Hyper = {
    W1: hyper.W1.mul(0.5),
    b1: hyper.b1.mul(0.5),
    V: hyper.V.mul(0.5),
    b: hyper.b.mul(0.5),
  };
  const alone = [hyper, half].map((net) => targetForward(x, hyperForward(condition, net).weights));
  close(targetForward(x, weights), tf.stack(alone));
  close(
    targetGradient(x, y, weights),
    tf.stack([hyper, half].map((net) => targetGradient(x, y, hyperForward(condition, net).weights))),
  );
});

test('each of a stack may have points of its own', () => {
  const weights = seeded([2, tasks, P], 10);
  const [inputs, answers] = [seeded([2, tasks, 4], 11), seeded([2, tasks, 4], 12)];
  const found = targetGradient(inputs, answers, weights);
  for (const i of [0, 1]) {
    const alone = targetGradient(inputs.gather(i), answers.gather(i), weights.gather(i));
    close(found.gather(i), alone);
  }
});

const each = (weights: T) => targetForward(x, weights).sub(y).square().mean(1);

test('gₜ is the gradient that automatic differentiation finds', () => {
  const { weights } = hyperForward(condition, hyper);
  const auto = tf.grad((w: T) => each(w).sum())(weights);
  close(targetGradient(x, y, weights), auto);
});

test('formula (5) is the gradient through the written weights', () => {
  const { features, weights } = hyperForward(condition, hyper);
  const found = hyperGradient(condition, features, hyper.V, targetGradient(x, y, weights));
  const loss = (W1: T, b1: T, V: T, b: T) => each(hyperForward(condition, { W1, b1, V, b }).weights).mean();
  const auto = tf.grads(loss)([hyper.W1, hyper.b1, hyper.V, hyper.b]);
  for (const [i, name] of (['W1', 'b1', 'V', 'b'] as const).entries()) {
    expect(found[name].shape).toEqual(hyper[name].shape);
    close(found[name], auto[i]);
  }
});

test('the gradient at V of two tasks has rank two, of the same task twice rank one', () => {
  const gradientOf = (rows: number[]) => {
    const some = condition.gather(rows);
    const { features, weights } = hyperForward(some, hyper);
    const g = targetGradient(x.gather(rows), y.gather(rows), weights);
    return hyperGradient(some, features, hyper.V, g).V.arraySync() as number[][];
  };
  // Every 2 × 2 minor of a matrix of rank one is zero.
  const minor = (m: number[][]) => Math.abs(m[0][0] * m[1][1] - m[0][1] * m[1][0]);
  expect(minor(gradientOf([2, 2]))).toBeLessThan(1e-7);
  expect(minor(gradientOf([0, 2]))).toBeGreaterThan(1e-5);
});

test('the gradient for a condition is that of its own task, with Φ frozen', () => {
  const { features, weights } = hyperForward(condition, hyper);
  const found = conditionGradient(features, hyper, targetGradient(x, y, weights));
  const auto = tf.grad((c: T) => each(hyperForward(c, hyper).weights).sum())(condition);
  close(found, auto);
});

test('formula (7): V and b together give written weights the variance that is wanted', () => {
  const features = seeded([64, 40], 8);
  const wanted = tf.tensor1d([1, 0.25]);
  const variance = fanIn(wanted, features);
  const length = listOf(features.square()).reduce((a, b) => a + b) / 64;
  close(variance, [0.5 / length, 0.125 / length]);
});

test('formula (8) keeps the size of a signal in a written ReLU layer, He at the hypernet multiplies it by m', () => {
  const features = tf.relu(seeded([30, 16], 9));
  const length = listOf(features.square()).reduce((a, b) => a + b) / 30;
  close(hyperFan(features, 24), [2 / (24 * length)]);
  close(heNaive(features, 24), [2 / 16]);
  // Features in a stack are as many rows.
  const stack = features.reshape([3, 10, 16]);
  close(hyperFan(stack, 24), hyperFan(features, 24));
  close(heNaive(stack, 24), heNaive(features, 24));
  close(fanIn(tf.scalar(0.7), stack), fanIn(tf.scalar(0.7), features));
  // With He's features of mean square 1, E‖h‖² is H, and the two differ by m.
  const ones = tf.ones([30, 16]);
  expect(listOf(heNaive(ones, 24))[0] / listOf(hyperFan(ones, 24))[0]).toBeCloseTo(24, 4);
});

test('the counts are those of the parameters', () => {
  expect(countWhole(3, 32, 49)).toBe(1745);
  expect(countChunks(3, 32, 49, 8, 4)).toBe(548);
  expect(countChunks(3, 32, 1e6, 1000, 4)).toBe(37256);
  const sizes = [hyper.W1, hyper.b1, hyper.V, hyper.b].map((t) => t.size);
  expect(countWhole(E, H, P)).toBe(sizes.reduce((a, b) => a + b));
  // One chunk that holds all weights, told which by no number, is the whole.
  expect(countChunks(E, H, P, P, 0)).toBe(countWhole(E, H, P));
});
