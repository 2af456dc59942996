import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** Xw: points [B, n, d], one w a prompt [B, d] → [B, n]. */
export const apply = (X: T, w: T) =>
  tf.matMul(X, w.expandDims(2)).squeeze([2]);

/** (3), all examples at once: w − α(Xᵀ(Xw − Y) + λw), [B, d]. */
export function gradientStep(
  w: T,
  X: T, // [B, n, d]
  Y: T, // [B, n]
  rate: number, // α, twice the paper's
  lambda: number,
) {
  const error = apply(X, w).sub(Y).expandDims(2);
  const slope = tf.matMul(X, error, true).squeeze([2]);
  return w.sub(slope.add(w.mul(lambda)).mul(rate));
}

/** (4): A⁻¹ [B, d, d] and an example u [B, d] → (A + uuᵀ)⁻¹. */
export function shermanMorrison(inverse: T, u: T) {
  const column = u.expandDims(2);
  const Au = tf.matMul(inverse, column);
  const scale = tf.matMul(column, Au, true).add(1);
  return inverse.sub(tf.matMul(Au, Au, false, true).div(scale));
}

/** (4) without the 1 in its denominator. */
export function withoutOne(inverse: T, u: T) {
  const column = u.expandDims(2);
  const Au = tf.matMul(inverse, column);
  const scale = tf.matMul(column, Au, true);
  return inverse.sub(tf.matMul(Au, Au, false, true).div(scale));
}

/** (2) by (4), one by one: the w after 0, 1, … n examples. */
export function ridge(
  X: T, // [B, n, d]
  Y: T, // [B, n]
  lambda: number,
  update = shermanMorrison,
) {
  const [B, , d] = X.shape;
  let inverse: T = tf.tile(tf.eye(d!).div(lambda).expandDims(), [
    B,
    1,
    1,
  ]);
  let moment: T = tf.zeros([B, d!]);
  const found = [moment];
  const labels = Y.unstack(1);
  for (const [i, x] of X.unstack(1).entries()) {
    inverse = update(inverse, x);
    moment = moment.add(x.mul(labels[i].expandDims(1)));
    const w = tf.matMul(inverse, moment.expandDims(2));
    found.push(w.squeeze([2]));
  }
  return found;
}

/** (5): the mean squared difference of two predictions. */
export const spd = (a: T, b: T) => a.sub(b).square().mean();

/** ŵ of (6), [B, d], of answers [B, m] to queries [B, m, d]. */
export const implicitWeights = (queries: T, answers: T) =>
  ridge(queries, answers, 1e-3).at(-1)!;
