import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** The local activation unit: one hidden layer, one number out. */
export interface Unit {
  u1: T; // [4d, hidden]: for v, e, v − e and v ⊙ e
  c1: T; // [1, hidden]
  u2: T; // [hidden, 1]
  c2: T; // [1, 1]
  slope: number; // ρ, of PReLU below zero
}

/** w = a(e, v) = MLP[v, e, v − e, v ⊙ e], formula (2): [B, T]. */
export function activation(history: T, ad: T, unit: Unit) {
  const [batch, length] = history.shape;
  const rows = (x: T) => x.reshape([batch * length, -1]);
  const [forAd, forItem, forGap, forBoth] = tf.split(unit.u1, 4);
  // The first layer by blocks, so that v is multiplied only once.
  const byAd = tf.matMul(ad, forAd.add(forGap)).add(unit.c1);
  const both = history.mul(ad.expandDims(1));
  const byItem = tf
    .matMul(rows(history), forItem.sub(forGap))
    .add(tf.matMul(rows(both), forBoth));
  const sums = byItem
    .reshape([batch, length, -1])
    .add(byAd.expandDims(1));
  const hidden = tf.leakyRelu(sums, unit.slope);
  const out = tf.matMul(rows(hidden), unit.u2).add(unit.c2);
  return out.reshape([batch, length]);
}

/** The weights of (2) made to sum to 1 over j: a share, [B, T]. */
export function softmaxWeights(history: T, ad: T, unit: Unit) {
  return tf.softmax(activation(history, ad, unit));
}

/** Weight 1 for every behaviour, formula (1): no ad, [B, T]. */
export function equalWeights(history: T, _ad: T, _unit: Unit) {
  return tf.ones(history.shape.slice(0, 2));
}

/** v_U(A) = Σⱼ wⱼ eⱼ: history [B, T, d], weights [B, T]: [B, d]. */
export function pooled(history: T, weights: T) {
  return history.mul(weights.expandDims(2)).sum(1);
}

/** L = −mean(y log p + (1 − y) log(1 − p)), (3), p = σ(logits). */
export function logLoss(logits: T, clicks: T) {
  const linear = tf.relu(logits).sub(logits.mul(clicks));
  return linear.add(tf.softplus(logits.abs().neg())).mean();
}

/** Chance that a clicked impression scores above another. */
export function auc(clicked: T, others: T) {
  const above = clicked.expandDims(1).sub(others.expandDims(0));
  return tf.sign(above).mean().add(1).div(2);
}

/** Σⱼ Iₘⱼ/nⱼ ‖Wⱼ‖², formula (4): table [K, d], I and n [K]. */
export function miniBatchPenalty(
  table: T,
  inBatch: T, // I, 1 where the batch has the id
  occurrences: T, // n
) {
  const share = inBatch.div(occurrences);
  return table.square().sum(1).mul(share).sum();
}

/** f(s) = p s + (1 − p) ρ s, p = σ((s − E)/√(Var + ε)), (5). */
export function dice(
  s: T,
  slope: number, // ρ
  mean: T, // E[s] over the batch
  variance: T, // Var[s]
  epsilon: number,
) {
  const scaled = s.sub(mean).div(variance.add(epsilon).sqrt());
  const gate = tf.sigmoid(scaled);
  return gate.mul(s).add(tf.sub(1, gate).mul(s).mul(slope));
}
