import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** Xw: points [B, n, d], one w a prompt [B, d] → [B, n]. */
export const apply = (X: T, w: T) => X.mul(w.expandDims(1)).sum(2);

/** (3), all examples at once: w − α(Xᵀ(Xw − Y) + λw), [B, d]. */
export function gradientStep(
  w: T,
  X: T, // [B, n, d]
  Y: T, // [B, n]
  rate: number, // α, twice the paper's
  lambda: number,
) {
  const error = apply(X, w).sub(Y);
  const slope = X.mul(error.expandDims(2)).sum(1);
  return w.sub(slope.add(w.mul(lambda)).mul(rate));
}

/** (4): A⁻¹ [B, d, d] and an example u [B, d] → (A + uuᵀ)⁻¹. */
export function shermanMorrison(inverse: T, u: T) {
  const Au = apply(inverse, u);
  const outer = Au.expandDims(2).mul(Au.expandDims(1));
  const scale = Au.mul(u).sum(1).add(1);
  return inverse.sub(outer.div(scale.reshape([-1, 1, 1])));
}

/** (4) without the 1 in its denominator. */
export function withoutOne(inverse: T, u: T) {
  const Au = apply(inverse, u);
  const outer = Au.expandDims(2).mul(Au.expandDims(1));
  const scale = Au.mul(u).sum(1);
  return inverse.sub(outer.div(scale.reshape([-1, 1, 1])));
}

/** (2) by (4), one by one: the w after 0, 1, … n examples. */
export function ridge(
  X: T, // [B, n, d]
  Y: T, // [B, n]
  lambda: number | T, // or one a prompt, [B, 1, 1]
  update = shermanMorrison,
) {
  const [B, , d] = X.shape;
  const identity = tf.tile(tf.eye(d!).expandDims(), [B, 1, 1]);
  let inverse: T = identity.div(lambda);
  let moment: T = tf.zeros([B, d!]);
  const found = [moment];
  const labels = Y.unstack(1);
  for (const [i, x] of X.unstack(1).entries()) {
    inverse = update(inverse, x);
    moment = moment.add(x.mul(labels[i].expandDims(1)));
    found.push(apply(inverse, moment));
  }
  return found;
}

/** (5), the mean over prompts: two answers [B, n] → [n]. */
export const spd = (a: T, b: T) => a.sub(b).square().mean(0);

/** ŵ of (6), [B, d], of answers [B, m] to queries [B, m, d]. */
export const implicitWeights = (queries: T, answers: T) =>
  ridge(queries, answers, 0.01).at(-1)!;
