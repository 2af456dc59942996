import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  accuracy,
  attention,
  contextOf,
  lastState,
  logLoss,
  lstm,
  lstmStep,
  weighted,
} from '../../content/papers/rumor-rp-dnn/mechanism.ts';
import { closeTo, list, someFrom } from './numbers.ts';

const close = closeTo(5);
const some = someFrom(7);
const sigma = (x: number) => 1 / (1 + Math.exp(-x));

test('a step of the LSTM is formula (1) by hand, for two units', async () => {
  const given = [0.3, -0.2, 0.5, 0.1, -0.4, 0.9, 0.7, -0.6];
  const [state, cell] = [
    [0.2, -0.5],
    [1.5, -0.7],
  ];
  const recurrent = some(1, 2, 8);
  const u = await list(recurrent);
  const sums = given.map((x, j) => x + state[0] * u[j] + state[1] * u[8 + j]);
  const next = [0, 1].map((k) => sigma(sums[2 + k]) * cell[k] + sigma(sums[k]) * Math.tanh(sums[6 + k]));
  const out = next.map((c, k) => sigma(sums[4 + k]) * Math.tanh(c));
  const found = lstmStep(
    tf.tensor(given, [1, 1, 8]),
    tf.tensor(state, [1, 1, 2]),
    tf.tensor(cell, [1, 1, 2]),
    recurrent,
  );
  close(await list(found.cell), next);
  close(await list(found.state), out);
});

test('the LSTM starts at zero and passes state and cell on', async () => {
  const given = some(2, 3, 3, 16);
  const recurrent = some(2, 4, 16);
  let now = { state: tf.zeros([2, 3, 4]) as tf.Tensor, cell: tf.zeros([2, 3, 4]) as tf.Tensor };
  const states = lstm(given, recurrent);
  expect(states.shape).toEqual([2, 3, 3, 4]);
  for (const t of [0, 1, 2]) {
    now = lstmStep(given.gather([t], 2).squeeze([2]), now.state, now.cell, recurrent);
    close(await list(states.gather([t], 2)), await list(now.state));
  }
});

test('attention that knows nothing is a mean over the replies that exist', async () => {
  const mask = tf.tensor([1, 1, 1, 0, 1, 0, 0, 0], [1, 2, 4]);
  const found = attention(some(1, 2, 4, 3), tf.zeros([1, 3, 1]), tf.zeros([1, 1, 4]), mask);
  close(await list(found), [1 / 3, 1 / 3, 1 / 3, 0, 1, 0, 0, 0]);
});

test('attention is formula (2) by hand, each network with its own w and b', async () => {
  const states = tf.tensor([1, 0, 0, 2, -1, 1, 1, 0, 0, 2, -1, 1], [2, 1, 3, 2]);
  const w = tf.tensor([0.5, -0.3, 1, 0.2], [2, 2, 1]);
  const b = tf.tensor([0.1, 0, -0.2, 0, 0.3, 0], [2, 1, 3]);
  const mask = tf.tensor([1, 1, 0, 1, 1, 1], [2, 1, 3]);
  const first = [0.6, -0.6].map((z) => Math.exp(Math.tanh(z)));
  const second = [1, 0.7, -0.8].map((z) => Math.exp(Math.tanh(z)));
  const share = (powers: number[]) => powers.map((p) => p / powers.reduce((x, y) => x + y));
  close(await list(attention(states, w, b, mask)), [...share(first), 0, ...share(second)]);
});

test('no weight is more than e² times another', async () => {
  const states = some(1, 5, 4, 3).mul(100);
  const found = await list(attention(states, some(1, 3, 1), some(1, 1, 4), tf.ones([1, 5, 4])));
  for (const row of [0, 4, 8, 12, 16]) {
    const own = found.slice(row, row + 4);
    expect(Math.max(...own) / Math.min(...own)).toBeLessThan(Math.exp(2) + 1e-3);
  }
});

test('the last state that exists has all the weight of lastState, in every network', async () => {
  const mask = tf.tensor([1, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0], [2, 2, 4]);
  const none = tf.zeros([1]);
  const expected = [0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0];
  close(await list(lastState(none, none, none, mask)), expected);
});

test('loss and accuracy are means over the last axis, however many stacks come before it', async () => {
  const logits = some(2, 3, 4);
  const labels = tf.relu(tf.sign(some(2, 3, 4)));
  for (const score of [logLoss, accuracy]) {
    const flat = score(logits.reshape([6, 4]), labels.reshape([6, 4]));
    close(await list(score(logits, labels)), await list(flat));
  }
});

test('equal weights leave the states as they are; the context is then their sum by β', async () => {
  const states = some(1, 2, 4, 3);
  close(await list(weighted(states, tf.fill([1, 2, 4], 0.25))), await list(states));
  const a = tf.tensor([0.1, 0.2, 0.3, 0.4, 0.4, 0.3, 0.2, 0.1], [1, 2, 4]);
  close(await list(weighted(states, a).sum(2)), await list(contextOf(states, a).mul(4)));
  const beta = tf.tensor([0, 1, 0, 0, 0.5, 0, 0, 0.5], [1, 2, 4]);
  const s = await list(states);
  const expected = [0, 1, 2].map((k) => s[3 + k]);
  const half = [0, 1, 2].map((k) => (s[12 + k] + s[21 + k]) / 2);
  close(await list(contextOf(states, beta)), [...expected, ...half]);
});

test('the log loss is that of the chance, for each network alone', async () => {
  const logits = tf.tensor([1, -2, 0, 3], [2, 2]);
  const labels = tf.tensor([1, 1, 0, 0], [2, 2]);
  const loss = (z: number, y: number) => -Math.log(y ? sigma(z) : 1 - sigma(z));
  close(await list(logLoss(logits, labels)), [(loss(1, 1) + loss(-2, 1)) / 2, (loss(0, 0) + loss(3, 0)) / 2]);
});

test('accuracy counts the tweets on the right side of zero', async () => {
  const logits = tf.tensor([1, -2, 0.5, -3, -1, -1], [2, 3]);
  const labels = tf.tensor([1, 1, 1, 0, 0, 1], [2, 3]);
  close(await list(accuracy(logits, labels)), [2 / 3, 2 / 3]);
});
