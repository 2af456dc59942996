import * as tf from '@tensorflow/tfjs';
import { median, random, slider, steps, toArray } from 'lab';
import { variant } from 'lab';
import { error, likelihood, reactive } from './mechanism';
import { type Task, variational } from './mechanism';

type T = tf.Tensor;

export const rule = variant('rule', {
  variational,
  'with the reaction term': reactive,
  'likelihood alone': likelihood,
});
// An odd number of signs never adds up to zero.
export const N = slider('N', {
  label: 'weights N',
  min: 201,
  max: 1001,
  value: 401,
  step: 200,
});

// Six teachers of task 1, and for each one of task 2: its weights
// are those of task 1 with chance (1 + r₀)/2, else turned.
export const students = 6;
export const teacher1 = random.signs([N, students]);
export const draws = random.uniform([N, students], -1, 1);
export const teacher2 = (overlap: number) =>
  teacher1.mul(tf.sign(tf.sub(overlap, draws)));

/** α N inputs of random signs, the same for all students. */
export const inputs = (alpha: number) =>
  random.signs([Math.round(alpha * N), N]);

/** The inputs [P, N] with the labels of teachers [N, K]. */
export function taskOf(x: T, teachers: T): Task {
  const labels = tf.matMul(x, teachers).sign();
  return { x, turned: x.transpose(), labels };
}

/** Each value for six students: [1, K]. */
export const each = (values: number[]) =>
  tf.tensor2d([values.flatMap((v) => Array(students).fill(v))]);

/** Fields [N, K] after 36 steps; `see` looks at them on the way. */
export async function train(
  task: Task,
  start: T,
  { prior, pull }: { prior: T; pull: T },
  by = rule,
  see = async (_field: T, _step: number) => {},
) {
  const rate = tf.div(0.3, tf.maximum(pull, 1));
  const field = tf.variable(start);
  const push = tf.variable(tf.zeros(task.labels.shape));
  for await (const step of steps(36, 'learning')) {
    await see(field, step);
    const state = { field, push };
    const next = by(task, state, { prior, pull, rate });
    field.assign(next.field);
    push.assign(next.push);
  }
  await see(field, 36);
  return field;
}

/** Errors of fields [N, K], the median of every six. */
export async function errors(fields: T, teachers: T) {
  const six = error(fields, teachers).reshape([-1, students]);
  return (await toArray<number[][]>(six)).map(median);
}
