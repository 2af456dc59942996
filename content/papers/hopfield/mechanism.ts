import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** Xᵀξ: state [B, d], patterns [N, d] → overlaps [B, N]. */
const overlaps = (state: T, patterns: T) =>
  tf.matMul(state, patterns, false, true);

/** p = softmax(β Xᵀξ), the retrieval weights [B, N]. */
export function weights(state: T, patterns: T, beta: number) {
  return tf.softmax(overlaps(state, patterns).mul(beta));
}

/** Without the exponential: max(Xᵀξ, 0), divided by its sum. */
export function linearWeights(
  state: T,
  patterns: T,
  _beta: number,
) {
  const positive = tf.relu(overlaps(state, patterns));
  return positive.div(positive.sum(1, true).add(1e-9));
}

/** ξ ← X p, formula (2): state [B, d] → [B, d]. */
export function update(state: T, patterns: T, beta: number) {
  return tf.matMul(weights(state, patterns, beta), patterns);
}

/** E = −β⁻¹ ln Σ exp(β xᵢᵀξ) + ½ξᵀξ + β⁻¹ ln N + ½M², (1): [B]. */
export function energy(state: T, patterns: T, beta: number) {
  const scaled = overlaps(state, patterns).mul(beta);
  const lse = tf.logSumExp(scaled, 1).div(beta);
  const largest = patterns.norm('euclidean', 1).max(); // M
  const constant = Math.log(patterns.shape[0]) / beta;
  const squares = state.square().sum(1).add(largest.square());
  return squares.div(2).sub(lse).add(constant);
}

/** Δᵢ = min over j ≠ i of xᵢᵀxᵢ − xᵢᵀxⱼ, for (4): [N]. */
export function separation(patterns: T) {
  const itself = tf.eye(patterns.shape[0]).mul(1e9);
  const nearest = overlaps(patterns, patterns).sub(itself).max(1);
  return patterns.square().sum(1).sub(nearest);
}

/** 2(N − 1) M exp(−β(Δᵢ − 2‖ξ − xᵢ‖M)), formula (4): [N]. */
export function errorBound(
  separation: T, // Δ, [N]
  distance: T, // ‖ξ − xᵢ‖, [N]
  largest: number, // M
  beta: number,
) {
  const n = separation.shape[0]!;
  const exponent = separation.sub(distance.mul(2 * largest));
  return exponent
    .mul(-beta)
    .exp()
    .mul(2 * (n - 1) * largest);
}

/** softmax(Q Kᵀ/√dₖ) V, formula (3): [B, dₖ], [N, dₖ], [N, dᵥ]. */
export function attention(queries: T, keys: T, values: T) {
  const scale = 1 / Math.sqrt(keys.shape[1]!);
  const scores = overlaps(queries, keys).mul(scale);
  return tf.matMul(tf.softmax(scores), values);
}

/** ξ ← sign(Wξ), W = XXᵀ/d, empty diagonal, formula (6): [B, d]. */
export function classical(state: T, patterns: T) {
  const d = patterns.shape[1]!;
  const coupling = tf.matMul(patterns, patterns, true).div(d);
  return tf.sign(
    tf.matMul(state, coupling.mul(tf.sub(1, tf.eye(d)))),
  );
}

/** exp(H(p)), how many patterns the weights [B, N] mix: [B]. */
export function effective(weights: T) {
  return weights.mul(weights.add(1e-30).log()).sum(1).neg().exp();
}
