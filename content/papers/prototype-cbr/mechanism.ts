import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

// Codes have q numbers, prototypes too; there are m prototypes, n
// images, k classes. Leading axes, [..], may stack networks.

/**
 * ‖z − pⱼ‖², formula (1), as ‖z‖² + ‖pⱼ‖² − 2 z·pⱼ: codes
 * [.., n, q] and prototypes [.., m, q] → [.., n, m].
 */
export function squaredDistances(codes: T, prototypes: T) {
  const products = tf.matMul(codes, prototypes, false, true);
  const own = codes.square().sum(-1, true);
  const theirs = prototypes.square().sum(-1).expandDims(-2);
  // Rounding may leave a distance of nothing just below zero.
  return own.add(theirs).sub(products.mul(2)).relu();
}

/** s = d W, formula (2), without bias: [.., n, m] → [.., n, k]. */
export function scores(distances: T, classWeights: T) {
  return tf.matMul(distances, classWeights);
}

/** E, formula (3): scores [.., n, k], truth [n, k] → [..]. */
export function classError(scores: T, truth: T) {
  return tf.logSoftmax(scores).mul(truth).sum(-1).mean(-1).neg();
}

/** R, formula (3): summed over pixels, [.., n, pixels] → [..]. */
export function reconstructionError(drawn: T, image: T) {
  return drawn.sub(image).square().sum(-1).mean(-1);
}

/** R₁, formula (4): from each prototype to its nearest example. */
export function prototypesToData(distances: T) {
  return distances.min(-2).mean(-1);
}

/** R₂, formula (4): from each example to its nearest prototype. */
export function dataToPrototypes(distances: T) {
  return distances.min(-1).mean(-1);
}

/** L = λc E + λ R + λ₁ R₁ + λ₂ R₂, (5): [nets] each → one. */
export function objective(terms: T[], lambdas: T[]) {
  const parts = terms.map((term, i) => term.mul(lambdas[i]));
  return tf.addN(parts).sum();
}

/** wⱼₖ dⱼ, formula (6): [m] distances, [m, k] weights → [m, k]. */
export function contributions(distances: T, classWeights: T) {
  return distances.expandDims(1).mul(classWeights);
}

/** Mean squared distance between two codes, [.., n, q] → [..]. */
export function spread(codes: T) {
  const off = codes.sub(codes.mean(-2, true));
  return off.square().sum(-1).mean(-1).mul(2);
}

/**
 * All that scores know of prototypes, formula (7): Σⱼ wⱼₖ,
 * Σⱼ wⱼₖ pⱼ and Σⱼ wⱼₖ‖pⱼ‖² are this [q + 2, m] times W.
 */
export function knownToScores(prototypes: T) {
  const squares = prototypes.square().sum(1, true);
  const ones = tf.onesLike(squares);
  return tf.concat([ones, prototypes, squares], 1).transpose();
}
