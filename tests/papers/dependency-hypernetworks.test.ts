import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  type Generator,
  generatorGradient,
  lstmStep,
  pullBack,
  statesOf,
  weightsOf,
} from '../../content/papers/dependency-hypernetworks/mechanism.ts';
import { closeTo, list, someFrom } from './numbers.ts';

type T = tf.Tensor;
const close = closeTo(5);
const [R, tasks, N, E, D, H, C] = [2, 3, 4, 2, 2, 3, 5];

function small(seed = 7): Generator {
  const some = someFrom(seed);
  return {
    task: some(R, tasks, E),
    chunk: some(R, N, D),
    We: some(R, E, 4 * H),
    Wc: some(R, D, 4 * H),
    U: some(R, H, 4 * H),
    a: some(R, 1, 4 * H),
    V: some(R, H, C),
    b: some(R, 1, C),
  };
}
const carry = tf.tensor([1, 0.6], [R, 1, 1]);
const sigma = (x: number) => 1 / (1 + Math.exp(-x));

/** Formulas (2) and (3) in plain code, for one generator and one task. */
async function plainly(net: Generator, r: number, t: number, kappa: number) {
  const read = async (x: T) => (await x.gather([r]).squeeze([0]).array()) as number[][];
  const [task, chunk, We, Wc, U, a, V, b] = await Promise.all(Object.values(net).map(read));
  let s = Array(H).fill(0) as number[];
  let m = Array(H).fill(0) as number[];
  const written: number[] = [];
  const into = (x: number[], W: number[][], k: number) =>
    x.reduce((sum, value, row) => sum + value * W[row][k], 0);
  for (const c of chunk) {
    const told = s.map((value) => kappa * value);
    const z = a[0].map((bias, k) => bias + into(task[t], We, k) + into(c, Wc, k) + into(told, U, k));
    m = m.map((value, k) => sigma(z[H + k]) * kappa * value + sigma(z[k]) * Math.tanh(z[3 * H + k]));
    s = m.map((value, k) => sigma(z[2 * H + k]) * Math.tanh(value));
    written.push(...b[0].map((bias, k) => bias + into(s, V, k)));
  }
  return written;
}

test('what is written is formulas (2) and (3), for each generator and task, with its own carry', async () => {
  const net = small();
  const written = weightsOf(statesOf(net, carry), net);
  expect(written.shape).toEqual([R, tasks, N * C]);
  for (const [r, kappa] of [1, 0.6].entries())
    for (const t of [0, 1, 2]) {
      const found = await list(written.gather([r]).gather([t], 1));
      close(found, await plainly(net, r, t, kappa));
    }
});

test('a step keeps its gates, its news and the memory that it was given', async () => {
  const some = someFrom(3);
  const [sums, state, before, U] = [some(1, 2, 12), some(1, 2, 3), some(1, 2, 3), some(1, 3, 12)];
  const step = lstmStep(sums, state, before, U);
  const all = sums.add(tf.matMul(state, U));
  close(await list(step.gates), await list(tf.sigmoid(all.slice([0, 0, 0], [1, 2, 9]))));
  close(await list(step.news), await list(tf.tanh(all.slice([0, 0, 9], [1, 2, 3]))));
  close(await list(step.before), await list(before));
});

test('the gradient by hand is that of automatic differentiation, for every parameter', async () => {
  const net = small(11);
  const slope = someFrom(5)(R, tasks, N * C);
  const byHand = generatorGradient(net, statesOf(net, carry), slope, carry);
  const names = Object.keys(net) as (keyof Generator)[];
  const loss = (...values: T[]) => {
    const now = Object.fromEntries(names.map((name, k) => [name, values[k]])) as Generator;
    return weightsOf(statesOf(now, carry), now).mul(slope).sum() as tf.Scalar;
  };
  const automatic = tf.grads(loss)(names.map((name) => net[name]));
  for (const [k, name] of names.entries()) {
    expect(byHand[name].shape).toEqual(net[name].shape);
    close(await list(byHand[name]), await list(automatic[k]), 4);
  }
});

test('a chunk answers to chunks before it and to none after; cut, to its own alone', async () => {
  const net = small(13);
  const moved = { ...net, chunk: net.chunk.add(tf.tensor([0, 1, 0, 0], [1, N, 1])) };
  const change = async (share: number) => {
    const kappa = tf.fill([R, 1, 1], share);
    const of = (net: Generator) => weightsOf(statesOf(net, kappa), net);
    const apart = of(moved)
      .sub(of(net))
      .abs()
      .reshape([R * tasks, N, C]);
    return list(apart.max(2).max(0));
  };
  const carried = await change(1);
  expect(carried[0]).toBe(0);
  for (const value of carried.slice(1)) expect(value).toBeGreaterThan(1e-3);
  const alone = await change(0);
  expect(alone[1]).toBeGreaterThan(1e-3);
  expect([alone[0], alone[2], alone[3]]).toEqual([0, 0, 0]);
});

test('the pull is the gradient of the last term of formula (4)', async () => {
  const some = someFrom(17);
  const [weights, kept] = [some(R, tasks, 6), some(R, tasks, 6)];
  const beta = tf.tensor([0.3, 0.7], [R, 1, 1]);
  const past = tf.tensor([1, 1, 0], [tasks, 1]);
  const term = (x: T) => kept.sub(x).square().mul(past).sum(2, true).div(2).mul(beta).sum() as tf.Scalar;
  close(await list(pullBack(weights, kept, past, beta)), await list(tf.grad(term)(weights)));
  const none = await list(pullBack(weights, kept, tf.zeros([tasks, 1]), beta));
  expect(none.every((value) => value === 0)).toBe(true);
});
