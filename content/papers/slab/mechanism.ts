import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** Mean μ and deviation σ of each channel, over all tokens. */
export type Statistics = { mean: T; std: T };
/** Scale α and shift β of a channel, and the skip η of a layer. */
export type Learnt = { scale: T; shift: T; eta: T };

/** BN = α(X − μ)/σ + β, formula (1): X [.., n, d] → the same. */
export function batchNorm(
  tokens: T,
  { mean, std }: Statistics,
  { scale, shift }: Pick<Learnt, 'scale' | 'shift'>,
) {
  return tokens.sub(mean).div(std).mul(scale).add(shift);
}

/** RepBN = BN + ηX, formula (2), with BN already computed. */
export function repBN(normal: T, tokens: T, eta: T) {
  return normal.add(tokens.mul(eta));
}

/** γ of a step: from 1 to 0 in T steps, then 0, formula (3). */
export function fading(step: number, fade: number) {
  return fade > 0 ? Math.max(0, 1 - step / fade) : 0;
}

/** PRepBN = γ LN + (1 − γ) RepBN, formula (3), of both results. */
export function prepBN(lnWeight: T, layerNorm: T, repNorm: T) {
  return repNorm.add(layerNorm.sub(repNorm).mul(lnWeight));
}

/** α + ησ and β + ημ: RepBN as a BatchNorm, formula (4). */
export function asBatchNorm(
  { mean, std }: Statistics,
  { scale, shift, eta }: Learnt,
) {
  return {
    scale: scale.add(std.mul(eta)),
    shift: shift.add(mean.mul(eta)),
  };
}

/**
 * W′ and c′, formula (5): norm and map as one map, without a c of
 * its own. W [.., d, e], the norm's [.., 1, d].
 */
export function fold(
  weights: T,
  { mean, std }: Statistics,
  { scale, shift }: Pick<Learnt, 'scale' | 'shift'>,
) {
  const factor = scale.div(std);
  const left = shift.sub(mean.mul(factor)); // what X = 0 becomes
  const column = factor.reshape([...weights.shape.slice(0, -1), 1]);
  return {
    weights: weights.mul(column),
    bias: tf.matMul(left, weights),
  };
}

/** Linear attention, (6), keys and values first: [.., N, d] each. */
export function keysFirst(q: T, k: T, v: T) {
  const [phiQ, phiK] = [tf.relu(q), tf.relu(k)];
  const memory = tf.matMul(phiK, v, true); // [.., d, d]
  const sum = phiK.sum(-2, true);
  const total = tf.matMul(phiQ, sum, false, true);
  return tf.matMul(phiQ, memory).div(total.add(1e-6));
}

/** The same in the other order, through all pairs: [.., N, N]. */
export function allPairs(q: T, k: T, v: T) {
  const scores = tf.matMul(tf.relu(q), tf.relu(k), false, true);
  return tf.matMul(scores, v).div(scores.sum(-1, true).add(1e-6));
}

/**
 * DWC, formula (7): each channel of the values by its own small
 * kernel over the square of patches. v [S, B, side², d], kernel
 * [S, taps, taps, d]; the S networks lie side by side as channels.
 */
export function depthwise(v: T, kernel: T) {
  const [S, B, N, d] = v.shape;
  const side = Math.sqrt(N);
  const [taps] = kernel.shape.slice(1);
  const grid = v.transpose([1, 2, 0, 3]);
  const filter = kernel.transpose([1, 2, 0, 3]);
  const out = tf.depthwiseConv2d(
    grid.reshape([B, side, side, S * d]) as tf.Tensor4D,
    filter.reshape([taps, taps, S * d, 1]) as tf.Tensor4D,
    1,
    'same',
  );
  return out.reshape([B, N, S, d]).transpose([2, 0, 1, 3]);
}
