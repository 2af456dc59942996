import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  accuracyOnly,
  compression,
  distillation,
  expectedReward,
  linear,
  lstm,
  reinforce,
  removalPolicy,
  reward,
  shrinkPolicy,
  withoutLog,
} from '../../content/papers/n2n-compression/mechanism.ts';
import { closeTo, list, someFrom } from './numbers.ts';

const close = closeTo(5);
const logOf = (z: tf.Tensor) => z.sub(tf.logSumExp(z, -1, true));
const sigma = (x: number) => 1 / (1 + Math.exp(-x));

test('compression is the share of parameters saved', () => {
  expect(compression(795, 7419)).toBeCloseTo(0.89284, 5);
  expect(compression(7419, 7419)).toBe(0);
});

test('the reward: zero at C = 0, A at C = 1, slope 2 − 2C', () => {
  expect(reward(0, 0.9)).toBe(0);
  expect(reward(1, 0.9)).toBeCloseTo(0.9, 10);
  for (const C of [0.1, 0.5, 0.9])
    expect((reward(C + 1e-5, 1) - reward(C - 1e-5, 1)) / 2e-5).toBeCloseTo(2 - 2 * C, 8);
  expect(reward(0.95, 1) - reward(0.9, 1)).toBeCloseTo(0.0075, 10);
  expect(linear(0.95, 0.5) - linear(0.9, 0.5)).toBeCloseTo(0.025, 10);
  expect(accuracyOnly(0.3, 0.8)).toBe(0.8);
});

test('an LSTM step of one cell, by hand', async () => {
  // [x h] = [1, 0.5, −0.4]; columns i f o g.
  const weights = [
    [0.1, 0.2, 0.3, 0.4],
    [1, -1, 0.5, 2],
    [0.7, 0.6, -0.5, 0.3],
  ];
  const state = { h: tf.tensor3d([[[-0.4]]]), c: tf.tensor3d([[[0.8]]]) };
  const x = tf.tensor3d([[[1, 0.5]]]);
  const next = lstm(state, x, tf.tensor3d([weights]));
  const z = [0, 1, 2, 3].map((k) => weights[0][k] + 0.5 * weights[1][k] - 0.4 * weights[2][k]);
  const c = sigma(z[1]) * 0.8 + sigma(z[0]) * Math.tanh(z[3]);
  close(await list(next.c), [c]);
  close(await list(next.h), [sigma(z[2]) * Math.tanh(c)]);
});

const F = 3;
const H = 2;
const some = someFrom(7);
const removal = (P: number) => ({ cell: some(2 * P, F + H, 4 * H).mul(2), read: some(P, 2 * H, 2).mul(2) });

test('removal: probabilities of each layer sum to one, for any number of layers', async () => {
  const net = removal(3);
  for (const L of [1, 4, 7]) {
    const logPi = removalPolicy(some(L, F), net);
    expect(logPi.shape).toEqual([3, L, 2]);
    close(await list(logPi.exp().sum(2)), Array(3 * L).fill(1));
  }
});

test('removal: each layer is seen from both sides', async () => {
  const net = removal(1);
  const layers = some(4, F);
  const changed = (t: number) =>
    layers.add(tf.oneHot(tf.tensor1d([t], 'int32'), 4, 1, 0, 'float32').reshape([4, 1]));
  const before = await list(removalPolicy(layers, net));
  for (const t of [0, 3]) {
    const after = await list(removalPolicy(changed(t), net));
    for (const [k, value] of after.entries()) expect(Math.abs(value - before[k])).toBeGreaterThan(1e-4);
  }
});

test('removal: the way back is the way forward on the reversed layers', async () => {
  const { cell, read } = removal(1);
  const swapped = {
    cell: tf.reverse(cell, 0),
    read: tf.concat([read.slice([0, H], [1, H]), read.slice([0, 0], [1, H])], 1),
  };
  const layers = some(5, F);
  const there = removalPolicy(layers, { cell, read });
  const back = removalPolicy(tf.reverse(layers, 0), swapped);
  close(await list(tf.reverse(back, 1)), await list(there));
});

test('removal: with one layer it is a step of each LSTM, read together', async () => {
  const net = removal(2);
  const x = some(1, F);
  const state = { h: tf.zeros([4, 1, H]), c: tf.zeros([4, 1, H]) };
  const { h } = lstm(state, tf.tile(x.expandDims(0), [4, 1, 1]), net.cell);
  const both = h.reshape([2, 1, 2 * H]);
  close(await list(removalPolicy(x, net)), await list(logOf(tf.matMul(both, net.read))));
});

test('removal: a policy of a stack is the policy alone', async () => {
  const net = removal(2);
  const layers = some(3, F);
  const second = { cell: net.cell.slice([2], [2]), read: net.read.slice([1], [1]) };
  const alone = removalPolicy(layers, second);
  close(await list(removalPolicy(layers, net).slice([1])), await list(alone));
});

const shrinkage = () => ({ cell: some(2, F + 1 + H, 4 * H).mul(2), read: some(2, H, 4).mul(2) });

test('shrinkage: the choice before is fed back, the first is 1', async () => {
  const net = shrinkage();
  const layers = some(3, F);
  const asked: [number, number[]][] = [];
  const factor = tf.tensor3d([0.25, 0.5, 0.75, 1, 1, 0.5], [2, 3, 1]);
  const logPi = shrinkPolicy(
    layers,
    3,
    (logPi, t) => {
      asked.push([t, logPi.shape]);
      return factor;
    },
    net,
  );
  expect(asked).toEqual([0, 1, 2].map((t) => [t, [2, 3, 4]]));
  let state = { h: tf.zeros([2, 3, H]), c: tf.zeros([2, 3, H]) };
  for (let t = 0; t < 3; t++) {
    const x = tf.tile(layers.slice([t], [1]).expandDims(0), [2, 3, 1]);
    const fed = t === 0 ? tf.ones([2, 3, 1]) : factor;
    state = lstm(state, tf.concat([x, fed], 2), net.cell);
    const byHand = logOf(tf.matMul(state.h, net.read));
    close(await list(logPi.slice([0, 0, t], [-1, -1, 1])), await list(byHand));
  }
});

// Two layers of two actions each: four ways to choose.
const ways = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const flat = tf.tensor2d(ways.map((way) => way.flatMap((a) => [1 - a, a])));
const rewards = [0.2, 0.9, 0.4, 0.5];
const z = tf.tensor3d([0.3, -0.2, 0.8, 0.1], [1, 2, 2]);
const p = [sigma(-0.5), sigma(-0.7)];
const chances = ways.map(([a, b]) => (a ? p[0] : 1 - p[0]) * (b ? p[1] : 1 - p[1]));
const J = chances.reduce((sum, chance, k) => sum + chance * rewards[k], 0);

test('the expected reward is the sum over all ways', async () => {
  close(await list(expectedReward(logOf(tf.tile(z, [3, 1, 1])), flat, tf.tensor1d(rewards))), [J, J, J]);
});

test('formula (2), by hand', async () => {
  const actions = tf.tensor([1, 0, 0, 1, 0, 1, 0, 1], [1, 2, 2, 2]);
  const logPi = logOf(z).expandDims(1);
  const loss = reinforce(logPi, actions, tf.tensor2d([[0.9, 0.5]]), tf.tensor2d([[0.4]]));
  const first = Math.log(1 - p[0]) + Math.log(p[1]);
  const second = Math.log(p[0]) + Math.log(p[1]);
  close(await list(loss), [-(first * 0.5 + second * 0.1) / 2]);
  const wrong = withoutLog(logPi, actions, tf.tensor2d([[0.9, 0.5]]), tf.tensor2d([[0.4]]));
  close(await list(wrong), [-((1 - p[0] + p[1]) * 0.5 + (p[0] + p[1]) * 0.1) / 2]);
});

test('weighed by their chances, the gradients of (2) add up to that of J, whatever b', async () => {
  const exact = tf.grad((z: tf.Tensor) => expectedReward(logOf(z), flat, tf.tensor1d(rewards)).sum())(z);
  const actions = flat.reshape([4, 1, 2, 2]);
  const many = tf.tile(z, [4, 1, 1]);
  for (const b of [0, 0.4]) {
    const each = tf.grad((z: tf.Tensor) =>
      reinforce(
        logOf(z).expandDims(1),
        actions,
        tf.tensor2d(rewards, [4, 1]),
        tf.tensor2d(Array(4).fill(b), [4, 1]),
      ).neg(),
    )(many);
    const weighed = each.mul(tf.tensor3d(chances, [4, 1, 1])).sum(0);
    close(await list(weighed), await list(exact));
  }
});

test('distillation is the mean over points of the squared distance, for each student', async () => {
  const f = tf.tensor3d([1, 2, 0, 0, 1, 1, 2, 2, 2, 0, 0, 0], [2, 2, 3]);
  const teacher = tf.tensor3d([1, 0, 0, 0, 0, 0, 2, 2, 2, 3, 0, 0], [2, 2, 3]);
  close(await list(distillation(f, teacher)), [(4 + 2) / 2, 9 / 2]);
});
