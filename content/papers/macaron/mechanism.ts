import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** How fast each particle moves: particles [.., n, d] → the same. */
export type Force = (particles: T) => T;

/** Φ: where a force takes the particles in a time τ. */
export type Flow = (force: Force, particles: T, stepSize: T) => T;

/** F = softmax(xW_Q (xW_K)ᵀ/√d) xW_V, formula (2). W [.., d, d]. */
export function attentionForce(
  particles: T,
  query: T,
  key: T,
  value: T,
) {
  const asked = tf.matMul(particles, query);
  const offered = tf.matMul(particles, key);
  const scores = tf.matMul(asked, offered, false, true);
  const scale = 1 / Math.sqrt(query.shape.at(-1)!);
  const shares = tf.softmax(scores.mul(scale));
  return tf.matMul(shares, tf.matMul(particles, value));
}

/** G = tanh(xA + b) B, (2). A [.., d, h], b [.., 1, h], B [.., h, d]. */
export function ffnForce(
  particles: T,
  inner: T,
  bias: T,
  outer: T,
) {
  const hidden = tf.tanh(tf.matMul(particles, inner).add(bias));
  return tf.matMul(hidden, outer);
}

/** x + τ f(x), formula (4): a residual connection. */
export function flowEuler(force: Force, x: T, stepSize: T) {
  return x.add(force(x).mul(stepSize));
}

/** x + τ f(x + ½τ f(x)): second order, formula (8). */
export function flowMidpoint(force: Force, x: T, stepSize: T) {
  const middle = flowEuler(force, x, stepSize.div(2));
  return x.add(force(middle).mul(stepSize));
}

/** The classical step of fourth order, for a flow nearly exact. */
export function flowFourth(force: Force, x: T, stepSize: T) {
  const after = (speed: T, part: number) =>
    x.add(speed.mul(stepSize).mul(part));
  const first = force(x);
  const second = force(after(first, 1 / 2));
  const third = force(after(second, 1 / 2));
  const fourth = force(after(third, 1));
  const middle = second.add(third).mul(2);
  return after(first.add(middle).add(fourth), 1 / 6);
}

/** A layer moves the particles by both forces for a time τ. */
export type Layer = (
  flow: Flow,
  attention: Force,
  ffn: Force,
  x: T,
  stepSize: T,
) => T;

/** Attention, then FFN, formula (3): the Transformer's. */
export const lieStep: Layer = (flow, attention, ffn, x, tau) =>
  flow(ffn, flow(attention, x, tau), tau);

/** ½ FFN, attention, ½ FFN, formula (5): the macaron. */
export const strangStep: Layer = (flow, attention, ffn, x, tau) => {
  const before = flow(ffn, x, tau.div(2));
  const mixed = flow(attention, before, tau);
  return flow(ffn, mixed, tau.div(2));
};

/** A whole FFN on either side of the attention. */
export const wholeStep: Layer = (flow, attention, ffn, x, tau) => {
  const mixed = flow(attention, flow(ffn, x, tau), tau);
  return flow(ffn, mixed, tau);
};

/** A whole FFN before the attention, and none after it. */
export const firstStep: Layer = (flow, attention, ffn, x, tau) =>
  flow(attention, flow(ffn, x, tau), tau);

/**
 * Networks of several depths at once, which all cover the same
 * time, formula (1): step k moves those that have a layer k, for
 * τ = T/L, and holds the others. [S, n, d] → [depths, S, n, d].
 */
export function networks(
  layer: (x: T, stepSize: T) => T,
  particles: T,
  depths: number[],
  time: number,
) {
  let x = tf.stack(depths.map(() => particles));
  for (let k = 0; k < Math.max(...depths); k++) {
    const taus = depths.map((L) => (k < L ? time / L : 0));
    x = tf.tidy(() =>
      layer(x, tf.tensor(taus, [taus.length, 1, 1, 1])),
    );
  }
  return x;
}

/** Root of the mean square distance of particles, [.., n, d] → [..]. */
export function distance(found: T, exact: T) {
  return found.sub(exact).square().sum(-1).mean(-1).sqrt();
}
