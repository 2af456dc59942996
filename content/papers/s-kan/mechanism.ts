import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** K evenly spaced centres from −end to end. */
const centres = (end: number, K: number) =>
  tf.linspace(-end, end, K);

/**
 * Cubic B-splines, formula (4): x [..] → [.., K]. Centres h apart;
 * β(u) = (2 − u)³₊/6 − 4(1 − u)³₊/6, with u = |x − κ|/h.
 */
export function splines(x: T, K: number) {
  const h = 2 / (K - 3);
  const from = x.expandDims(-1).sub(centres(1 + h, K));
  const u = from.div(h).abs();
  const cube = (reach: number) => tf.sub(reach, u).relu().pow(3);
  return cube(2).sub(cube(1).mul(4)).div(6);
}

/** T₀ = 1, T₁ = x, Tₖ = 2x Tₖ₋₁ − Tₖ₋₂: x [..] → [.., K]. */
export function chebyshev(x: T, K: number) {
  const all: T[] = [tf.onesLike(x), x];
  while (all.length < K) {
    const [before, last] = all.slice(-2);
    all.push(x.mul(last).mul(2).sub(before));
  }
  return tf.stack(all, -1);
}

/** sin kπx for k = 1 … K/2, then cos kπx: x [..] → [.., K]. */
export function fourier(x: T, K: number) {
  const angles = tf.range(1, K / 2 + 1).mul(Math.PI);
  const turned = x.expandDims(-1).mul(angles);
  return tf.concat([turned.sin(), turned.cos()], -1);
}

/**
 * Mexican hats (1 − u²) e^(−u²/2), u = (x − κ)/σ: x [..] → [.., K].
 * Centres 2/K apart, σ = 0.8/K; not normalised.
 */
export function wavelets(x: T, K: number) {
  const from = x.expandDims(-1).sub(centres(1 - 1 / K, K));
  const u2 = from.mul(K / 0.8).square();
  return tf.sub(1, u2).mul(u2.div(-2).exp());
}

/** g = softmax(α), (3), for each edge: α [T, n, M] → [T, n, M]. */
export function gatesOfEdges(logits: T) {
  return tf.softmax(logits);
}

/** One choice for all edges of a node: their α's mean decides. */
export function gatesOfNodes(logits: T) {
  const shared = tf.softmax(logits.mean(1, true));
  return shared.mul(tf.onesLike(logits));
}

/** gₑₘ cₑₘₖ: gates [T, n, M], coef [T, n, M, K] → [T, n, M, K]. */
export function gated(gates: T, coef: T) {
  return coef.mul(gates.expandDims(-1));
}

/**
 * y = Σₑ φₑ(xₑ), (2) and (3), of T nodes at once: basis
 * [N, n, M, K], gated coefficients [T, n, M, K] → [N, T].
 */
export function nodes(basis: T, weights: T) {
  const rows = weights.reshape([weights.shape[0], -1]);
  const columns = basis.reshape([basis.shape[0], -1]);
  return tf.matMul(columns, rows, false, true);
}

/** Σₑₘ ‖gₑₘ cₑₘ‖ in (6): a space of no use goes to zero. */
export function groupNorm(weights: T) {
  return weights.square().sum(-1).add(1e-8).sqrt().sum();
}

/** Σₑ H(gₑ) in (6): 0 when every edge has decided. */
export function entropy(gates: T) {
  return gates.mul(gates.add(1e-8).log()).sum().neg();
}

/** m* = argmaxₘ gₑₘ, (5): the space an edge keeps, [T, n]. */
export function largest(gates: T) {
  return gates.argMax(-1);
}

/** The space an edge cares for least. */
export function smallest(gates: T) {
  return gates.argMin(-1);
}

/** The gates after pruning, (5): 1 for the space kept, else 0. */
export function pruned(kept: T, M: number) {
  return tf.oneHot(kept as tf.Tensor2D, M, 1, 0, 'float32');
}
