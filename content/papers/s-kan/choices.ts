import * as tf from '@tensorflow/tfjs';
import { linalg, toArray } from 'lab';
import { test, train } from './targets';

// 4⁴ ways to give each of four edges one space: 256 networks. The
// space of the first edge is the first digit of the number.
export const choices = Array.from({ length: 256 }, (_, c) =>
  [64, 16, 4, 1].map((place) => Math.floor(c / place) % 4),
);
export const numberOf = (choice: number[]) =>
  choice.reduce((number, m) => 4 * number + m, 0);

/** All basis functions of all edges, and a one: [N, 4 · 32 + 1]. */
export function columnsOf(basis: tf.Tensor) {
  const N = basis.shape[0];
  return tf.concat([basis.reshape([N, 128]), tf.ones([N, 1])], 1);
}
// The sums over examples are the same for all of them; a network
// solves the least squares of its own 4 · 8 + 1 columns.
const columns = columnsOf(train.basis);
const product = (y: tf.Tensor) =>
  toArray<number[][]>(tf.matMul(columns, y, true));
const [gram, moment] = [
  await product(columns),
  await product(train.y),
];
const solutions: number[][][] = [];
for (const choice of choices) {
  const own = [128];
  for (const [i, m] of choice.entries())
    for (let k = 0; k < 8; k++) own.push(32 * i + 8 * m + k);
  const left = own.map((i) =>
    own.map((j) => gram[i][j] + (i === j ? 1e-3 : 0)),
  );
  const right = own.map((i) => moment[i]);
  const solved = await linalg.solve(left, right);
  const zero = [0, 0, 0, 0, 0];
  const whole = Array.from({ length: 129 }, () => zero);
  for (const [j, i] of own.entries()) whole[i] = solved[j];
  solutions.push(whole);
}
/** Weights of every network for every target, [256, 129, 5]. */
export const solved = tf.tensor3d(solutions);

/** Root of the mean square error; a target's spread is 1. */
export const errorOf = (output: tf.Tensor) =>
  output.sub(test.y).square().mean(-2).sqrt();
const every = solved.transpose([1, 0, 2]).reshape([129, 256 * 5]);
const outputs = tf
  .matMul(columnsOf(test.basis), every)
  .reshape([512, 256, 5])
  .transpose([1, 0, 2]);
/** Test errors, [256][5]. */
export const errors = await toArray<number[][]>(errorOf(outputs));
