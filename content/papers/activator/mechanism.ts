import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
type Map = (x: T) => T;

/** W₁ and W₂ [d, h], W₃ [h, d] of a gated unit. */
export interface Gated {
  wGate: T;
  wValue: T;
  wOut: T;
}

/** (φ(x W₁) ⊙ x W₂) W₃, (1). One patch a row: [n, d] → [n, d]. */
export function glu(x: T, w: Gated, phi: Map) {
  const gate = phi(tf.matMul(x, w.wGate));
  const value = tf.matMul(x, w.wValue);
  return tf.matMul(gate.mul(value), w.wOut);
}

/** (LN(φ(x W₁)) ⊙ LN(x W₂)) W₃, (2): [n, d] → [n, d]. */
export function gatingUnit(x: T, w: Gated, phi: Map, norm: Map) {
  const gate = norm(phi(tf.matMul(x, w.wGate)));
  const value = norm(tf.matMul(x, w.wValue));
  return tf.matMul(gate.mul(value), w.wOut);
}

/** The ablation, with the same weights: + in place of ⊙. */
export function addingUnit(x: T, w: Gated, phi: Map, norm: Map) {
  const gate = norm(phi(tf.matMul(x, w.wGate)));
  const value = norm(tf.matMul(x, w.wValue));
  return tf.matMul(gate.add(value), w.wOut);
}

/**
 * ψᵢ, (4): what patch i adds to each class, less the mean over
 * classes. Outputs z [B, N, d], W [d, 10] → [B, N, 10].
 */
export function votes(z: T, head: T) {
  const [B, N, d] = z.shape;
  const scores = tf.matMul(z.reshape([-1, d!]), head);
  const centred = scores.sub(scores.mean(1, true));
  return centred.reshape([B, N!, -1]);
}

/**
 * Δ, (6), of the scores f, for pictures x and y of N patches whose
 * first and second halves change partners: [B, N, p] → [B, 10].
 */
export function interaction(f: Map, x: T, y: T) {
  const [a, b] = tf.split(x, 2, 1);
  const [c, d] = tf.split(y, 2, 1);
  const glued = (top: T, bottom: T) =>
    f(tf.concat([top, bottom], 1));
  const own = glued(a, b).add(glued(c, d));
  return own.sub(glued(a, d)).sub(glued(c, b));
}

/**
 * (7): for each class and place, the one of M patches that votes
 * most for it. Patches [M, N, p], votes [M, N, 10] → [10, N, p].
 */
export function surest(patches: T, votes: T) {
  const [, N, p] = patches.shape;
  const winner = votes.argMax(0).transpose();
  const row = winner.mul(N!).add(tf.range(0, N!)).toInt();
  return patches.reshape([-1, p!]).gather(row);
}

/** 3dh, and 4d² + 2Nd + 2dh: multiply-adds for each patch, (8). */
export const gateCost = (d: number, h: number) => 3 * d * h;
export const vitCost = (d: number, h: number, N: number) =>
  4 * d ** 2 + 2 * N * d + 2 * d * h;
