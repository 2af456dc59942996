import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  error,
  hazard,
  kl,
  klPull,
  likelihood,
  loss,
  preactivation,
  pushes,
  reactive,
  variational,
} from '../../content/papers/statmech-continual-learning/mechanism.ts';
import {
  hazard as exactHazard,
  H,
  predict,
} from '../../content/papers/statmech-continual-learning/theory.ts';
import { closeTo } from './numbers.ts';

const read = (x: tf.Tensor) => x.array() as Promise<number[]>;
const flat = async (x: tf.Tensor) => [...(await x.data())];
const close = closeTo(4);

const field = tf.tensor2d([[0.3], [-1.2], [0.8], [0.1]]);
const prior = tf.tensor2d([[0.1], [-0.4], [-0.5], [0]]);

test('the divergence is Σ q ln(q/q′) over both signs of each weight', async () => {
  const chance = (theta: number, w: number) => Math.exp(theta * w) / (2 * Math.cosh(theta));
  const [now, before] = [await flat(field), await flat(prior)];
  const byHand = now.reduce(
    (sum, theta, i) =>
      sum +
      [1, -1].reduce((part, w) => {
        const q = chance(theta, w);
        return part + q * Math.log(q / chance(before[i], w));
      }, 0),
    0,
  );
  close(await read(kl(field, prior)), [byHand]);
});

test('the divergence of two columns is summed over the weights, not over the columns', async () => {
  const two = tf.concat([field, prior], 1);
  close(await read(kl(two, tf.concat([prior, prior], 1))), [(await read(kl(field, prior)))[0], 0]);
});

test('the divergence stays finite for large fields', async () => {
  close(await read(kl(tf.tensor2d([[80]]), tf.tensor2d([[50]]))), [0], 3);
});

test('formula (4) is the derivative of formula (3)', async () => {
  const slope = tf.grad((x: tf.Tensor) => kl(x, prior).sum())(field);
  close(await flat(slope), await flat(klPull(field, prior)));
});

test('formula (4) in float64, against differences', () => {
  const divergence = (theta: number, before: number) =>
    (theta - before) * Math.tanh(theta) - Math.log(Math.cosh(theta) / Math.cosh(before));
  for (const [theta, before] of [
    [0.3, 0.1],
    [-1.2, 0.4],
    [2, 2],
  ]) {
    const numeric = (divergence(theta + 1e-5, before) - divergence(theta - 1e-5, before)) / 2e-5;
    expect((1 - Math.tanh(theta) ** 2) * (theta - before)).toBeCloseTo(numeric, 6);
  }
});

const x = tf.tensor2d([
  [0.5, -1, 2, 1],
  [1, 0.2, -0.3, -2],
]);

test('mean and variance of a preactivation are those of the sum over all sixteen networks', async () => {
  const theta = await flat(field);
  const rows = (await x.array()) as number[][];
  const { mean, variance } = preactivation(x, tf.tanh(field));
  for (const [i, row] of rows.entries()) {
    let [first, second] = [0, 0];
    for (let code = 0; code < 16; code++) {
      const w: number[] = theta.map((_, k) => (code & (1 << k) ? 1 : -1));
      const chance = w.reduce((p, sign, k) => (p * Math.exp(theta[k] * sign)) / (2 * Math.cosh(theta[k])), 1);
      const sum = w.reduce((s, sign, k) => s + sign * row[k], 0) / 2;
      first += chance * sum;
      second += chance * sum * sum;
    }
    expect((await flat(mean))[i]).toBeCloseTo(first, 5);
    expect((await flat(variance))[i]).toBeCloseTo(second - first ** 2, 5);
  }
});

test('a stack of networks is answered network by network', async () => {
  const { mean, variance } = preactivation(tf.stack([x, x]), tf.stack([tf.tanh(field), tf.tanh(prior)]));
  const second = preactivation(x, tf.tanh(prior));
  close((await flat(mean)).slice(2), await flat(second.mean));
  close((await flat(variance)).slice(2), await flat(second.variance));
});

test('the loss is −ln of the Gaussian’s share on the side of the label', async () => {
  const value = loss(tf.tensor1d([1, -1, 1]), tf.tensor1d([2, 2, 0]), tf.tensor1d([4, 4, 1]));
  close(await read(value), [-Math.log(H(-1)), -Math.log(H(1)), Math.log(2)]);
});

test('the hazard is G/H, on both sides of the change at 3, and far out', async () => {
  const u = [-6, -2, -0.5, 0, 1, 2.5, 2.99, 3.01, 4, 8, 20];
  const found = await read(hazard(tf.tensor1d(u)));
  for (const [i, value] of u.entries()) {
    const exact = exactHazard(value);
    expect(Math.abs(found[i] - exact)).toBeLessThan(1e-3 * Math.max(exact, 0.01) + 1e-6);
  }
});

test('a push is minus the derivative of the loss by the mean', async () => {
  const labels = tf.tensor1d([1, -1, 1, -1]);
  const mean = tf.tensor1d([0.4, 0.7, -0.8, -0.2]);
  const variance = tf.tensor1d([0.5, 0.9, 1.4, 2]);
  const slope = tf.grad((m: tf.Tensor) => loss(labels, m, variance).sum())(mean);
  close(await read(pushes(labels, mean, variance)), await read(slope.neg()), 3);
});

test('an example without a label pushes nothing', async () => {
  close(await read(pushes(tf.tensor1d([0]), tf.tensor1d([0.4]), tf.tensor1d([0.5]))), [0]);
});

// Five examples of signs, four weights, two students.
const signs = tf.tensor2d([
  [1, 1, -1, 1],
  [-1, 1, 1, 1],
  [1, -1, 1, -1],
  [1, 1, 1, -1],
  [-1, -1, 1, 1],
]);
const labels = tf.tensor2d([
  [1, -1],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
]);
const task = { x: signs, turned: signs.transpose(), labels };
const fields = tf.concat([field, prior.mul(2)], 1);
const old = tf.concat([prior, field], 1);
const nothing = tf.zeros([5, 2]);
const state = { field: fields, push: nothing };

const fitOf = (start: tf.Tensor) =>
  tf.grad((mag: tf.Tensor) => {
    const { mean, variance } = preactivation(signs, mag);
    return loss(labels, mean, variance).sum();
  })(tf.tanh(start));

test('one step goes down the gradient of (2) by the means, which is the natural gradient by the fields', async () => {
  const next = variational(task, state, { prior: old, pull: 0.7, rate: 0.3 });
  const slope = fitOf(fields).add(fields.sub(old).mul(0.7));
  close(await flat(next.field), await flat(fields.sub(slope.mul(0.3))), 3);
});

test('pull and rate may differ from student to student', async () => {
  const pull = tf.tensor2d([[0.2, 2]]);
  const rate = tf.tensor2d([[0.3, 0.1]]);
  const next = variational(task, state, { prior: old, pull, rate });
  const slope = fitOf(fields).add(fields.sub(old).mul(pull));
  close(await flat(next.field), await flat(fields.sub(slope.mul(rate))), 3);
});

test('likelihood alone takes no notice of prior and pull', async () => {
  const next = likelihood(task, state, { prior: old, pull: 5, rate: 0.3 });
  close(await flat(next.field), await flat(fields.sub(fitOf(fields).mul(0.3))), 3);
});

test('a field does not leave ±12', async () => {
  const next = variational(task, state, { prior: fields.mul(-1e3), pull: 1, rate: 9 });
  expect(Math.max(...(await flat(next.field)).map(Math.abs))).toBe(12);
});

test('weights that are all certain leave the step finite', async () => {
  const sure = { field: tf.fill([4, 2], 12), push: nothing };
  const next = variational(task, sure, { prior: old, pull: 1, rate: 0.3 });
  for (const value of await flat(next.field)) expect(Number.isFinite(value)).toBe(true);
  // The floor of the variance, 1e-4: the push of a wrong example is about ω/V.
  close(await flat(next.push.slice([0, 0], [1, 1])), [0], 3);
  expect((await flat(next.push.slice([0, 1], [1, 1])))[0]).toBeCloseTo(-1e4, -2);
});

test('the pushes of a step are handed on', async () => {
  const next = variational(task, state, { prior: old, pull: 1, rate: 0.3 });
  const { mean, variance } = preactivation(signs, tf.tanh(fields));
  close(await flat(next.push), await flat(pushes(labels, mean, variance)), 3);
});

test('with the reaction term ω loses V g of the step before, and the own part gains g²', async () => {
  const before = tf.randomNormal([5, 2], 0, 0.5, 'float32', 7);
  const next = reactive(task, { field: fields, push: before }, { prior: old, pull: 0.7, rate: 0.3 });
  const mag = tf.tanh(fields);
  const { mean, variance } = preactivation(signs, mag);
  const cavity = mean.sub(variance.mul(before));
  const push = pushes(labels, cavity, variance);
  const own = push.mul(cavity.div(variance).add(push)).sum(0).div(4);
  const force = tf.matMul(signs, push, true).div(2).add(mag.mul(own));
  const slope = force.sub(fields.sub(old).mul(0.7));
  close(await flat(next.push), await flat(push), 3);
  close(await flat(next.field), await flat(fields.add(slope.mul(0.3))), 3);
});

test('the error is the share of inputs on which two perceptrons disagree: the angle over π', async () => {
  const teacher = tf.tensor2d([
    [1, 1, 1],
    [1, 1, 1],
  ]);
  const student = tf.tensor2d([
    [2, 2, -1],
    [2, -2, -1],
  ]);
  close(await read(error(student, teacher)), [0, 0.5, 1], 3);
  const m = [Math.tanh(0.5), Math.tanh(1.5)];
  const cosine = (m[0] + m[1]) / 2 / Math.sqrt((m[0] ** 2 + m[1] ** 2) / 2);
  close(
    await read(error(tf.tensor2d([[0.5], [1.5]]), teacher.slice([0, 0], [2, 1]))),
    [Math.acos(cosine) / Math.PI],
    4,
  );
});

test('fields of zero are wrong half of the time', async () => {
  close(await read(error(tf.zeros([2, 1]), tf.ones([2, 1]))), [0.5]);
});

test('theory: the tail of a Gaussian', () => {
  expect(H(0)).toBeCloseTo(0.5, 3);
  expect(H(1)).toBeCloseTo(0.158655254, 6);
  expect(H(-2)).toBeCloseTo(0.977249868, 6);
  expect(exactHazard(-1)).toBeCloseTo(0.24197072 / 0.84134475, 6);
});

test('theory: the values of a second computation', () => {
  expect(predict(0.8).first[0]).toBeCloseTo(0.264, 3);
  close(predict(0.8, 0.8, 0.6).second, [0.283, 0.252], 3);
  close(predict(0.8, 0.8, 0.8).second, [0.234, 0.215], 3);
  close(predict(0.5, 0.5, 0.6).second, [0.315, 0.302], 3);
  close(predict(0.8, 0.8, 1).second, [0.169, 0.169], 3);
});

test('theory: past the spinodal one task is learnt perfectly', () => {
  expect(predict(1.45).first[0]).toBeGreaterThan(0.1);
  expect(predict(1.6).first[0]).toBeLessThan(1e-3);
});

test('theory: teachers that share nothing leave the other task at chance', () => {
  expect(predict(0.8, 0, 0).first[1]).toBeCloseTo(0.5, 6);
});
