import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
export type Weights = Record<string, T>;

/** Formula (1) behind its first product: [.., 64] → logits [..]. */
export function upper(first: T, w: Weights) {
  const { shape } = first;
  const hidden = first
    .reshape([-1, shape.at(-1)!])
    .add(w.b1)
    .relu();
  const second = tf.matMul(hidden, w.w2).add(w.b2).relu();
  const logits = tf.matMul(second, w.w3).add(w.b3);
  return logits.reshape(shape.slice(0, -1));
}

/** Formula (1), the black box: rows [n, d] → logits f(x) [n]. */
export const blackBox = (x: T, w: Weights) =>
  upper(tf.matMul(x, w.w1), w);

/** ρ Σ_j ‖(W₁)_j‖: a price on each feature that is read at all. */
export const groupPenalty = (w1: T, rho: number) =>
  w1.square().sum(1).add(1e-12).sqrt().sum().mul(rho);

/** Formula (2) for the features [from, to): [to − from]. `shuffled`
 *  is x [n, d] with every column in an order of its own. A column
 *  shuffled alone adds (x′_j − x_j) W₁_j to the first product. */
export function permutationImportance(
  x: T,
  shuffled: T,
  w: Weights,
  [from, to]: [number, number],
) {
  const [n] = x.shape;
  const first = tf.matMul(x, w.w1);
  const moved = shuffled.sub(x).slice([0, from], [n, to - from]);
  const rows = w.w1.slice([from, 0], [to - from, -1]);
  const change = moved
    .transpose()
    .reshape([to - from, n, 1])
    .mul(rows.expandDims(1));
  const scrambled = upper(first.add(change), w);
  return scrambled.sub(upper(first, w)).abs().mean(1);
}

/** Formula (3): mean size of the slope along each feature, [d]. */
export function gradientImportance(x: T, w: Weights) {
  const slopes = tf.grad((x) => blackBox(x, w).sum())(x);
  return slopes.abs().mean(0);
}

/** Rows with some features from x and the rest from `other`, which
 *  is x in another order: `kept` [d] is 1 or 0. Formula (6). */
export const mixed = (x: T, other: T, kept: T) =>
  x.mul(kept).add(other.mul(kept.neg().add(1)));

/** Formula (5), R²: how much of the box's spread g explains. */
export function rSquared(g: T, f: T) {
  const missed = g.sub(f).square().sum();
  return tf.sub(1, missed.div(f.sub(f.mean()).square().sum()));
}

/** Formula (5), Fid: the share of rows with equal answers. */
export const fidelity = (a: T, b: T) =>
  a.greater(0.5).equal(b.greater(0.5)).mean();
