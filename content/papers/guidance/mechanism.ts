import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** tanh(hW), formula (1): h [R, B, n], w [R, n, n] → [R, B, n]. */
export const plain = (h: T, w: T) => tf.tanh(tf.matMul(h, w));

/** h + 0.3 tanh(hW), formula (2): what comes in also goes on. */
export const residual = (h: T, w: T) => h.add(plain(h, w).mul(0.3));

/** Each unit's mean over the batch taken out: [..., B, n]. */
export const centre = (x: T) => x.sub(x.mean(-2, true));

/** ‖GᵀH‖², the sum of squares over pairs of units: [...]. */
const overlap = (h: T, g: T) =>
  tf.matMul(g, h, true).square().sum([-2, -1]);

/** CKA(H, G), formula (3): two of [..., B, n] → [...], 0 to 1. */
export function linearCka(acts: T, guide: T) {
  const [H, G] = [centre(acts), centre(guide)];
  const own = overlap(H, H).mul(overlap(G, G)).sqrt();
  return overlap(H, G).div(own);
}

/** 1 − ‖H − G‖²/‖G‖²: to copy the guide, number by number. */
export function copying(acts: T, guide: T) {
  const apart = acts.sub(guide).square().sum([-2, -1]);
  return tf.sub(1, apart.div(guide.square().sum([-2, -1])));
}

/** 1 − the mean of CKA over layers, in (4): [L, R, B, n] → [R]. */
export const unlike = (acts: T, guide: T, similarity = linearCka) =>
  tf.sub(1, similarity(acts, guide).mean(0));

/** HHᵀ, centred, length 1: what CKA compares, [..., B, B]. */
export function pattern(acts: T) {
  const H = centre(acts);
  const alike = tf.matMul(H, H, false, true);
  return alike.div(alike.square().sum([-2, -1], true).sqrt());
}
