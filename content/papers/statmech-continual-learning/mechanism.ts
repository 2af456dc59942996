import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
/** Inputs ±1 [P, N], the same turned, labels [P, K]; 0: none. */
export type Task = { x: T; turned: T; labels: T };
/** Fields θ [N, K] of K students, pushes g [P, K] of examples. */
export type State = { field: T; push: T };

/** ln cosh θ, which never overflows. */
const logCosh = (field: T) =>
  field.abs().add(field.abs().mul(-2).softplus()).sub(Math.LN2);

/** KL(q_θ ‖ q_θ′), formula (3): fields [N, K] → [K]. */
export function kl(field: T, prior: T) {
  const moved = field.sub(prior).mul(tf.tanh(field));
  return moved.sub(logCosh(field)).add(logCosh(prior)).sum(0);
}

/** (1 − m²)(θ − θ′), formula (4): the gradient of (3), [N, K]. */
export function klPull(field: T, prior: T) {
  const variance = tf.sub(1, tf.tanh(field).square());
  return variance.mul(field.sub(prior));
}

/** ω and V, formula (5): x [P, n], m [n, K] → [P, K] each. */
export function preactivation(x: T, mag: T) {
  const n = x.shape.at(-1)!;
  const spread = tf.sub(1, mag.square());
  return {
    mean: tf.matMul(x, mag).div(Math.sqrt(n)),
    variance: tf.matMul(x.square(), spread).div(n),
  };
}

/** H(u), the chance that a normal number is above u. */
const tail = (u: T) => tf.sub(1, u.mul(Math.SQRT1_2).erf()).div(2);

/** ℓ = −ln H(−yω/√V), formula (5): [P, K]. */
export function loss(labels: T, mean: T, variance: T) {
  const u = labels.mul(mean).div(variance.sqrt()).neg();
  return tail(u).log().neg();
}

/** h(u) = G(u)/H(u); above 3, where 1 − erf rounds, a bound. */
export function hazard(u: T) {
  const square = u.square();
  const density = square
    .div(-2)
    .exp()
    .div(Math.sqrt(2 * Math.PI));
  const far = square.add(8).sqrt().add(u.mul(3)).div(4);
  return tf.where(u.greater(3), far, density.div(tail(u)));
}

/** g = y h(−yω/√V)/√V, formula (6): [P, K]. */
export function pushes(labels: T, mean: T, variance: T) {
  const root = variance.sqrt();
  const u = labels.mul(mean).div(root).neg();
  return labels.mul(hazard(u)).div(root);
}

/** V of inputs ±1, equal for all examples: m [N, K] → [1, K]. */
const spread = (mag: T) =>
  tf.sub(1, mag.square()).mean(0, true).maximum(1e-4);

/** ω = xm/√N: inputs [P, N], m [N, K] → [P, K]. */
const sums = ({ x }: Task, mag: T) =>
  tf.matMul(x, mag).div(Math.sqrt(x.shape[1]!));

/** −∂Σℓ/∂m = xᵀg/√N + m A, A the mean of `own` by N: [N, K]. */
function evidence({ x, turned }: Task, mag: T, push: T, own: T) {
  const N = x.shape[1]!;
  const A = own.sum(0).div(N);
  const all = tf.matMul(turned, push).div(Math.sqrt(N));
  return all.add(mag.mul(A));
}

/** How a step uses the evidence: prior θ′, pull λ, rate η. */
export type Rates = {
  prior: T;
  pull: T | number;
  rate: T | number;
};

/** θ ← θ + η (evidence − λ(θ − θ′)), formula (7), within ±12. */
function moved(field: T, force: T, { prior, pull, rate }: Rates) {
  const held = field.sub(prior).mul(pull);
  return field.add(force.sub(held).mul(rate)).clipByValue(-12, 12);
}

/** One step of the rule: formulas (6) and (7). */
export function variational(
  task: Task,
  { field }: State,
  to: Rates,
) {
  const mag = tf.tanh(field);
  const variance = spread(mag);
  const mean = sums(task, mag);
  const push = pushes(task.labels, mean, variance);
  const own = push.mul(mean).div(variance);
  const force = evidence(task, mag, push, own);
  return { field: moved(field, force, to), push };
}

/** Without the KL pull, whatever the task: the likelihood alone. */
export const likelihood = (task: Task, state: State, to: Rates) =>
  variational(task, state, { ...to, pull: 0 });

/** With the reaction term, formula (8): ω without its own g. */
export function reactive(task: Task, state: State, to: Rates) {
  const mag = tf.tanh(state.field);
  const variance = spread(mag);
  const mean = sums(task, mag).sub(variance.mul(state.push));
  const push = pushes(task.labels, mean, variance);
  const own = push.mul(mean.div(variance).add(push));
  const force = evidence(task, mag, push, own);
  return { field: moved(state.field, force, to), push };
}

/** ε = arccos(R/√Q)/π, formula (9): [N, K] and [N, K] → [K]. */
export function error(field: T, teacher: T) {
  const mag = tf.tanh(field);
  const R = mag.mul(teacher).mean(0);
  const Q = mag.square().mean(0).maximum(1e-9);
  return R.div(Q.sqrt()).clipByValue(-1, 1).acos().div(Math.PI);
}
