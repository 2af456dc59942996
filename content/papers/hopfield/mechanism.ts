import * as tf from '@tensorflow/tfjs';

/** ξ ← X softmax(β Xᵀξ), formula (2). state [B, d], patterns [N, d] → [B, d]. */
export function update(
  state: tf.Tensor,
  patterns: tf.Tensor,
  beta: number,
) {
  return tf.matMul(weights(state, patterns, beta), patterns);
}

/** p = softmax(β Xᵀξ), the retrieval weights. → [B, N] */
export function weights(
  state: tf.Tensor,
  patterns: tf.Tensor,
  beta: number,
) {
  const overlap = tf.matMul(state, patterns, false, true);
  return tf.softmax(overlap.mul(beta));
}

/** The same weights without the exponential: max(Xᵀξ, 0), divided by its sum. */
export function linearWeights(
  state: tf.Tensor,
  patterns: tf.Tensor,
  _beta: number,
) {
  const overlap = tf.relu(tf.matMul(state, patterns, false, true));
  return overlap.div(overlap.sum(1, true).add(1e-9));
}

/** E(ξ) = −β⁻¹ ln Σᵢ exp(β xᵢᵀξ) + ½ξᵀξ + β⁻¹ ln N + ½M², formula (1). → [B] */
export function energy(
  state: tf.Tensor,
  patterns: tf.Tensor,
  beta: number,
) {
  const overlap = tf.matMul(state, patterns, false, true);
  const lse = tf.logSumExp(overlap.mul(beta), 1).div(beta);
  const largest = patterns.square().sum(1).max();
  const constant = largest
    .div(2)
    .add(Math.log(patterns.shape[0]) / beta);
  return state.square().sum(1).div(2).sub(lse).add(constant);
}

/** Δᵢ = min over j ≠ i of xᵢᵀxᵢ − xᵢᵀxⱼ, formula (4). → [N] */
export function separation(patterns: tf.Tensor) {
  const n = patterns.shape[0];
  const overlap = tf.matMul(patterns, patterns, false, true);
  const own = patterns.square().sum(1);
  const others = overlap.sub(tf.eye(n).mul(1e9));
  return own.sub(others.max(1));
}

/** 2(N − 1) exp(−β(Δᵢ − 2‖ξ − xᵢ‖M)) M, formula (4). separation, distance [N] → [N] */
export function errorBound(
  separation: tf.Tensor,
  distance: tf.Tensor,
  largest: number,
  beta: number,
) {
  const n = separation.shape[0]!;
  const exponent = separation.sub(distance.mul(2 * largest));
  return exponent
    .mul(-beta)
    .exp()
    .mul(2 * (n - 1) * largest);
}

/** Z = softmax(Q Kᵀ / √dₖ) V, formula (3). Q [B, dₖ], K [N, dₖ], V [N, dᵥ] → [B, dᵥ] */
export function attention(
  queries: tf.Tensor,
  keys: tf.Tensor,
  values: tf.Tensor,
) {
  const scale = 1 / Math.sqrt(keys.shape[1]!);
  const scores = tf.matMul(queries, keys, false, true).mul(scale);
  return tf.matMul(tf.softmax(scores), values);
}

/** ξ ← sign(Wξ), W = XXᵀ/d with an empty diagonal, formula (6): what the paper replaces. → [B, d] */
export function classical(state: tf.Tensor, patterns: tf.Tensor) {
  const d = patterns.shape[1]!;
  const coupling = tf.matMul(patterns, patterns, true).div(d);
  const W = coupling.mul(tf.sub(1, tf.eye(d)));
  return tf.sign(tf.matMul(state, W));
}

/** exp(H(p)), the effective number of patterns in the weights [B, N] → [B] */
export function effective(weights: tf.Tensor) {
  const entropy = weights
    .mul(weights.add(1e-30).log())
    .sum(1)
    .neg();
  return entropy.exp();
}
