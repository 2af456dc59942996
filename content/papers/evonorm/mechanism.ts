import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

// x is [N, B, P, C] throughout: N networks side by side, B images,
// P positions (height × width), C channels. v, γ, β: [N, 1, 1, C].

/** s = √(mean (x − μ)² + ε) over axes; ∂s/∂x = (x − μ)/(n s). */
export function deviation(x: T, axes: number[], epsilon: number) {
  const count = axes.reduce((n, axis) => n * x.shape[axis], 1);
  return tf.customGrad((x, save) => {
    const centred = (x as T).sub((x as T).mean(axes, true));
    const variance = centred.square().mean(axes, true);
    const value = variance.add(epsilon).sqrt();
    (save as tf.GradSaveFunc)([centred, value]);
    const gradFunc = (delta: T, [centred, std]: T[]) =>
      centred.mul(delta.div(std.mul(count)));
    return { value, gradFunc };
  })(x);
}

/** Batch deviation, of a channel over all images: [N, 1, 1, C]. */
export const batchStd = (x: T, epsilon: number) =>
  deviation(x, [1, 2], epsilon);

/** Instance deviation, over one image's positions: [N, B, 1, C]. */
export const instanceStd = (x: T, epsilon: number) =>
  deviation(x, [2], epsilon);

/** Group deviation, P positions and C/g channels: [N, B, 1, C]. */
export function groupStd(x: T, groups: number, epsilon: number) {
  const [N, B, P, C] = x.shape;
  const each = C / groups;
  const grouped = x.reshape([N * B, P, groups, each]);
  const std = deviation(grouped, [1, 3], epsilon);
  return std.tile([1, 1, 1, each]).reshape([N, B, 1, C]);
}

/** max(s_b, v x + s_i), the denominator of formula (1). */
export const larger = (x: T, gate: T, epsilon: number) =>
  tf.maximum(batchStd(x, epsilon), shifted(x, gate, epsilon));

/** v x + s_i alone: zero where x = −s_i/v. */
export const shifted = (x: T, gate: T, epsilon: number) =>
  gate.mul(x).add(instanceStd(x, epsilon));

/** x sigmoid(v x), the numerator of formula (2). */
export const gated = (x: T, gate: T) =>
  x.mul(tf.sigmoid(gate.mul(x)));

/** x − μ_b, the mean of a channel over all images taken out. */
export const centred = (x: T) => x.sub(x.mean([1, 2], true));

/** EvoNorm-B0, formula (1): y = γ x / max(s_b, v x + s_i) + β. */
export function evoNormB0(
  x: T,
  { gate, gain, shift }: { gate: T; gain: T; shift: T },
  epsilon: number,
) {
  return x
    .div(larger(x, gate, epsilon))
    .mul(gain)
    .add(shift);
}

/** EvoNorm-S0, formula (2): y = γ x sigmoid(v x) / s_g + β. */
export function evoNormS0(
  x: T,
  { gate, gain, shift }: { gate: T; gain: T; shift: T },
  groups: number,
  epsilon: number,
) {
  const std = groupStd(x, groups, epsilon);
  return gated(x, gate).div(std).mul(gain).add(shift);
}

/** BN-ReLU, formula (3): y = max(γ (x − μ_b) / s_b + β, 0). */
export function bnRelu(
  x: T,
  { gain, shift }: { gain: T; shift: T },
  epsilon: number,
) {
  const normal = centred(x).div(batchStd(x, epsilon));
  return tf.relu(normal.mul(gain).add(shift));
}
