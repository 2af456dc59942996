import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** W ≈ U Vᵀ: left U [..., m, r] and right V [..., n, r]. */
export type Factors = { left: T; right: T };

/** m_b: b ones, then zeros. Prefixes b [...] → [..., r]. */
export function rankMask(prefix: T, r: number) {
  return tf.range(0, r).less(prefix.expandDims(-1)).toFloat();
}

/** U (m_b ⊙ Vᵀx), (1): x [..., B, n] → [..., B, m]. */
export function factorised(
  x: T,
  { left, right }: Factors,
  mask: T,
) {
  const terms = tf.matMul(x, right).mul(mask);
  return tf.matMul(terms, left, false, true);
}

/** W_b of every b, formula (1): [m, r], [n, r] → [r, m, n]. */
export function prefixes({ left, right }: Factors) {
  const [m, r] = left.shape;
  const masks = rankMask(tf.range(1, r + 1), r).expandDims(1);
  const cut = left.mul(masks).reshape([r * m, r]);
  return tf.matMul(cut, right, false, true).reshape([r, m, -1]);
}

/** K, how often two terms are drawn together: masks → [r, r]. */
export function together(masks: T) {
  return tf.matMul(masks, masks, true).div(masks.shape[0]);
}

/**
 * Half the gradient of (2), formula (4), with D = diag K:
 *   g_U = U (K ⊙ VᵀΣV) − WΣV D,
 *   g_V = ΣV (K ⊙ UᵀU) − ΣWᵀU D.
 * `target` is WΣ [..., m, n], `inputMoment` Σ [..., n, n].
 */
export function lodGradient(
  { left, right }: Factors,
  target: T,
  inputMoment: T,
  K: T, // [..., r, r]
  D: T, // its diagonal, [..., 1, r]
): Factors {
  const seen = tf.matMul(inputMoment, right);
  const pulled = tf.matMul(target, right).mul(D);
  const pushed = tf.matMul(target, left, true).mul(D);
  const rights = tf.matMul(right, seen, true).mul(K);
  const lefts = tf.matMul(left, left, true).mul(K);
  return {
    left: tf.matMul(left, rights).sub(pulled),
    right: tf.matMul(seen, lefts).sub(pushed),
  };
}

/** ‖u_j‖ ‖v_j‖, the size of each term: [..., r]. */
export function termSizes({ left, right }: Factors) {
  const size = (x: T) => x.square().sum(-2);
  return size(left).mul(size(right)).sqrt();
}

/** ‖U_{b:}‖ for every b: columns b to the last, [..., r]. */
export function tailNorms(factor: T) {
  const squares = factor.square().sum(-2);
  const last = squares.rank - 1;
  return squares.cumsum(last, false, true).add(1e-10).sqrt();
}

/**
 * ∂/∂u_j Σ_b ‖U_{b:}‖ = u_j Σ_{b ≤ j} 1/‖U_{b:}‖, formula (6),
 * for the columns that are left; alive [..., r] is their mask.
 */
export function lassoGradient(factor: T, alive: T) {
  const kept = factor.mul(alive.expandDims(-2));
  const pull = alive.div(tailNorms(kept)).cumsum(alive.rank - 1);
  return kept.mul(pull.expandDims(-2));
}

/** #{b ≤ r_i : ‖U_{b:}‖ ‖V_{b:}‖ ≥ ε}, (7): → [...]. */
export function shrink(
  { left, right }: Factors,
  alive: T,
  shrinkThreshold: number,
) {
  const tails = (x: T) => tailNorms(x.mul(alive.expandDims(-2)));
  const weight = tails(left).mul(tails(right)).mul(alive);
  return weight.greaterEqual(shrinkThreshold).toFloat().sum(-1);
}
