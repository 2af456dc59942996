import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** μ and σ, formula (1), over an axis; ε stands under the root. */
export function statistics(a: T, axis: number, epsilon: number) {
  const mean = a.mean(axis, true);
  const variance = a.sub(mean).square().mean(axis, true);
  return { mean, std: variance.add(epsilon).sqrt() };
}

/** ∂L/∂a = (δ − mean δ − â mean(δ ⊙ â))/σ, formula (5), as a. */
export function gradient(
  delta: T,
  normal: T,
  std: T,
  axis: number,
) {
  const along = delta.mul(normal).mean(axis, true);
  const rest = delta.sub(delta.mean(axis, true));
  return rest.sub(normal.mul(along)).div(std);
}

/** â = (a − μ)/σ, any shape; back-propagates by formula (5). */
export function standardise(a: T, axis: number, epsilon: number) {
  return tf.customGrad((x, save) => {
    const { mean, std } = statistics(x as T, axis, epsilon);
    const value = (x as T).sub(mean).div(std);
    (save as tf.GradSaveFunc)([value, std]);
    const gradFunc = (delta: T, [normal, std]: T[]) =>
      gradient(delta, normal, std, axis);
    return { value, gradFunc };
  })(a);
}

/** g ⊙ (a − μ)/σ + b, (2), a case at a time: a [B, H], g, b [H]. */
export function layerNorm(
  preact: T,
  gain: T,
  bias: T,
  epsilon: number,
) {
  return standardise(preact, -1, epsilon).mul(gain).add(bias);
}

/** The same over the cases of the batch, (4), for each neuron. */
export function batchNorm(
  preact: T,
  gain: T,
  bias: T,
  epsilon: number,
) {
  return standardise(preact, -2, epsilon).mul(gain).add(bias);
}

/** x W/‖w‖, each neuron's weights at length one: [B, D], [D, H]. */
export function weightNorm(x: T, weights: T) {
  return tf.matMul(
    x,
    weights.div(weights.norm('euclidean', 0, true)),
  );
}

/** aᵗ = W_hhᵀ hᵗ⁻¹ + W_xhᵀ xᵗ, hᵗ = relu(norm(aᵗ)), formula (3). */
export function recur(
  state: T, // h, [B, H]
  drive: T, // W_xhᵀ x, [B, H]
  recurrent: T, // W_hh, [H, H]
  norm: (preact: T) => T,
) {
  return tf.relu(norm(tf.matMul(state, recurrent).add(drive)));
}
