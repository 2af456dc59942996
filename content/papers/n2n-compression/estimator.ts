import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, toArray, toNumber } from 'lab';
import { variant } from 'lab';
import { rewards, useBaseline, ways } from './experiment';
import { expectedReward, reinforce } from './mechanism';
import { removalPolicy, withoutLog } from './mechanism';
import { describe, oneHot, removals, untrained } from './policy';
import { teacher } from './students';

type T = tf.Tensor;

const estimate = variant(
  'estimator',
  { 'log π': reinforce, π: withoutLog },
  { label: 'gradient of' },
);

// J is a sum over 128 ways, and so is its gradient at log π.
export const choices = oneHot([ways], 2).reshape([128, 14]);
export const R = tf.tensor1d(rewards);
const logPi = removalPolicy(
  describe(teacher),
  untrained(1, 'removal'),
);
const normal = (z: T) => z.sub(tf.logSumExp(z, -1, true));
const J = (z: T) => expectedReward(normal(z), choices, R).sum();
const exact = tf.grad(J)(logPi).reshape([1, 14]);

// A gradient from each of 2,000 students alone.
const count = 2000;
const pi = await toArray<number[][][]>(logPi.exp());
const drawn = removals(
  pi[0].map(([, keep]) => keep),
  count,
);
const code = (keep: number[]) =>
  keep.reduce((sum, one, t) => sum + one * 2 ** t, 0);
const found = drawn.map((keep) => [rewards[code(keep)]]);
const actions = oneHot([drawn], 2).reshape([count, 1, 7, 2]);
const apart = tf.tile(logPi, [count, 1, 1]);
const gradients = (b: T) =>
  tf
    .grad((z: T) => {
      const logPi = normal(z).expandDims(1);
      return estimate(logPi, actions, tf.tensor2d(found), b).neg();
    })(apart)
    .reshape([count, 14]);
const b = expectedReward(logPi, choices, R).expandDims(1);
const none = tf.zerosLike(b);
const kinds = [gradients(useBaseline ? b : none), gradients(none)];

// How far is the mean of m of them from the gradient of J?
const length = exact.square().sum().sqrt();
const away = (g: T, m: number) =>
  g
    .reshape([count / m, m, 14])
    .mean(1)
    .sub(exact)
    .square()
    .sum(1)
    .mean()
    .sqrt()
    .div(length);
const errors = chart('errors', {
  title: 'Error of an estimate of the gradient of J',
  over: 'm',
  x: { type: 'log', label: 'students tried m' },
  y: { type: 'log', label: 'relative error' },
  lines: { without: baseline('without b'), ours: 'with b' },
});
for (const m of [1, 5, 25, 100, 500, 2000]) {
  const [ours, without] = await Promise.all(
    kinds.map((g) => toNumber(away(g, m))),
  );
  errors.add({ m, ours, without });
}
check(
  'relative error of formula (2), 2,000 students',
  errors.last.ours,
  {
    below: 0.25,
    because: 'the score function’s mean is the gradient of J',
    breaks: { estimator: 'π' },
  },
);
const { ours, without } = errors.at(1);
check(
  'variance of an estimate without b, with b = 1',
  (without / ours) ** 2,
  {
    above: 3,
    because: 'rewards differ less from b than they do from zero',
    breaks: { baseline: false },
  },
);
