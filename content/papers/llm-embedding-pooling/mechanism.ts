import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** h_T, formula (1): the last token's state, [L, N, T, d] →
 *  [L, N, d]. */
export const eosPool = (h: T): T =>
  h.slice([0, 0, h.shape[2]! - 1], [-1, -1, 1]).squeeze([2]);

/** 1/T Σₜ hₜ, formula (1): the mean, [L, N, T, d] → [L, N, d]. */
export const meanPool = (h: T): T => h.mean(2);

/** H_l, formula (2): a vector for each layer, [N, L, d]. */
export const layerVectors = (h: T, pool: (h: T) => T): T =>
  pool(h).transpose([1, 0, 2]);

/** The trainable part of S designs side by side: Q [S, r, d], w
 *  [S, L, d], W_K, W_V, W_O [S, d, d], A [S, d, i], B [S, i, d]. */
export type Head = Record<
  'queries' | 'layerEmbedding' | 'wk' | 'wv' | 'wo' | 'up' | 'down',
  T
>;

const flat = (x: T) => x.reshape([x.shape[0], -1, x.shape.at(-1)!]);

/** H̃ = H + w, formula (2): [S, N, L, d]. */
export const placed = (layers: T, { layerEmbedding }: Head) =>
  layers.add(layerEmbedding.expandDims(1));

/** softmax(Q (H̃ W_K)ᵀ/√d), formula (3), the weight of each layer:
 *  [S, r, N, L]. `unread` is added: −1e9 for layers left out. */
export function layerWeights(placed: T, head: Head, unread: T) {
  const [S, N, L, d] = placed.shape as number[];
  const r = head.queries.shape[1]!;
  const keyed = tf.matMul(head.queries, head.wk, false, true);
  const scores = tf.matMul(keyed, flat(placed), false, true);
  const scaled = scores.div(Math.sqrt(d)).reshape([S, r, N, L]);
  return tf.softmax(scaled.add(unread));
}

/** z Φ(z), with (1 + tanh u)/2 = σ(2u) for Φ. */
export function gelu(z: T) {
  const u = z.square().mul(0.044715).add(1).mul(z);
  return z.mul(u.mul(2 * Math.sqrt(2 / Math.PI)).sigmoid());
}

/** Rows to length 1. */
export const unit = (x: T): T =>
  x.mul(x.square().sum(-1, true).add(1e-9).rsqrt());

/** e, formulas (3) and (4): S designs of N sentences, [S, N, d]. */
export function crossAttend(layers: T, head: Head, unread: T): T {
  const { queries, wv, wo, up, down } = head;
  const [S, N] = layers.shape as number[];
  const [, r, d] = queries.shape as number[];
  const there = placed(layers, head);
  const weights = layerWeights(there, head, unread);
  const rows = weights.transpose([0, 2, 1, 3]); // [S, N, r, L]
  const read = flat(tf.matMul(rows, there));
  const values = tf.matMul(read, tf.matMul(wv, wo));
  const o = values.reshape([S, N, r, d]).add(queries.expandDims(1));
  const fed = tf.matMul(gelu(tf.matMul(flat(o), up)), down);
  const full = flat(o).add(fed).reshape([S, N, r, d]);
  return unit(full.mean(2));
}

/** −log of formula (5): row i of a belongs to row i of b, the other
 *  rows are other sentences. [S, B, d] twice → [S]. */
export function contrast(a: T, b: T, temperature: number): T {
  const scores = tf.matMul(a, b, false, true).div(temperature);
  const own = a.mul(b).sum(-1).div(temperature);
  return scores.logSumExp(-1).sub(own).mean(-1);
}

/** AUC of each sentence, formula (6): how often one that belongs to
 *  it is nearer than one that does not. e [S, N, d] of length 1; the
 *  rows `shifts` further on belong to it, those where other [N, N]
 *  is 1 do not. Cosines within 5e-5 are a tie, about half. [S, N]. */
export function ownAuc(e: T, other: T, shifts: number[]): T {
  const N = e.shape[1]!;
  const sharp = e.mul(1e4);
  const alike = tf.matMul(sharp, e, false, true);
  const shares = shifts.map((shift) => {
    const parts = tf.split(e, [shift, N - shift], 1);
    const partner = tf.concat(parts.reverse(), 1);
    const own = sharp.mul(partner).sum(-1, true).add(0.5);
    const wins = own.sub(alike).clipByValue(0, 1);
    return wins.mul(other).sum(-1);
  });
  return tf.addN(shares).div(other.sum(-1).mul(shifts.length));
}

/** z of formula (7) for paired scores; ties share their mean rank. */
export function signedRank(x: number[], y: number[]) {
  const gaps = x.map((v, i) => v - y[i]).filter((gap) => gap !== 0);
  const n = gaps.length;
  if (n === 0) return 0;
  const sizes = gaps.map(Math.abs).sort((a, b) => a - b);
  const rank = (size: number) =>
    (sizes.indexOf(size) + sizes.lastIndexOf(size)) / 2 + 1;
  const signed = gaps.map(
    (gap) => Math.sign(gap) * rank(Math.abs(gap)),
  );
  const W = signed.reduce((sum, v) => sum + v);
  return W / Math.sqrt((n * (n + 1) * (2 * n + 1)) / 6);
}
