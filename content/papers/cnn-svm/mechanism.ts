import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
export type Net = Record<
  'kernel' | 'inner' | 'headW' | 'kernelB' | 'innerB' | 'headB',
  T
>;

/** The k × k pixels under each stop of a filter, the stride 2:
 * images [N, side²] → [N, stops, k²]. */
export function patches(images: T, k: number) {
  const side = Math.sqrt(images.shape[1]!);
  const index: number[] = [];
  for (let top = 0; top + k <= side; top += 2)
    for (let left = 0; left + k <= side; left += 2)
      for (let i = 0; i < k * k; i++)
        index.push(
          (top + Math.floor(i / k)) * side + left + (i % k),
        );
  const cut = images.gather(tf.tensor1d(index, 'int32'), 1);
  return cut.reshape([-1, index.length / k ** 2, k ** 2]);
}

/**
 * x, the input of the head, for B networks side by side: a
 * convolution, as a product of patches [N, stops, k²] with filters
 * [k², B f], then a dense layer [B, stops f, h] → [B, N, h].
 */
export function featuresOf(patches: T, net: Net) {
  const [n, stops, area] = patches.shape;
  const B = net.inner.shape[0];
  const rows = tf.matMul(patches.reshape([-1, area!]), net.kernel);
  const maps = tf.relu(rows.add(net.kernelB));
  const each = maps.reshape([n, stops!, B, -1]);
  const flat = each.transpose([2, 0, 1, 3]).reshape([B, n, -1]);
  return tf.relu(tf.matMul(flat, net.inner).add(net.innerB));
}

/** (1): s = xw + b. x [.., N, h], w [.., h, K] → [.., N, K]. */
export function scoresOf(features: T, headW: T, headB: T) {
  return tf.matMul(features, headW).add(headB);
}

/** max(0, 1 − y s): what a score lacks, [N, K]. */
export function shortfall(scores: T, signs: T) {
  return tf.relu(tf.sub(1, scores.mul(signs)));
}

/** The sum in formula (2) over all classes, C = 1: one number. */
export function squaredHinge(scores: T, signs: T) {
  return shortfall(scores, signs).square().sum(1).mean();
}

/** Its slope in each score, (3): −2 y max(0, 1 − y s). [N, K] */
export function hingePull(scores: T, signs: T) {
  return shortfall(scores, signs).mul(signs).mul(-2);
}

/** Formula (4): the mean of −ln p of the true class. */
export function crossEntropy(scores: T, signs: T) {
  const logP = scores.sub(tf.logSumExp(scores, 1, true));
  return tf.relu(signs).mul(logP).sum(1).mean().neg();
}

/** Its slope in each score, (5): p, less 1 for the true class. */
export function softmaxPull(scores: T, signs: T) {
  return tf.softmax(scores).sub(tf.relu(signs));
}

/** (6): the class of the largest score, [N, K] → [N]. */
export function largest(scores: T) {
  return scores.argMax(1);
}

/** The first class whose score is positive; the first of all
 * classes where none is. [N, K] → [N] */
export function firstPositive(scores: T) {
  return scores.sign().argMax(1);
}

/** x as it is, but no gradient flows back through it. */
export function stopGradient(x: T) {
  const stop = tf.customGrad((x) => ({
    value: (x as T).clone(),
    gradFunc: (dy: T) => tf.zerosLike(dy),
  }));
  return stop(x);
}

/** The active set A of (7): 1 where y s < 1, else 0. [N, K] */
export function violators(scores: T, signs: T) {
  return scores.mul(signs).less(1).toFloat();
}

/** Without the max every pair counts, whatever its score. */
export function everyone(scores: T) {
  return tf.onesLike(scores);
}

/**
 * Both sides of (7) for K classes. X, features with a last column
 * of ones, [N, d]; active [N, K]; ridge, the diagonal of R, [d]
 * → left [K, d, d] and right [K, d, 1].
 */
export function newtonEquations(
  X: T,
  signs: T,
  active: T,
  ridge: T,
  penaltyC: number,
) {
  const [n, d] = X.shape;
  const K = signs.shape[1]!;
  const chosen = X.expandDims(1).mul(active.expandDims(2));
  const turned = X.transpose();
  const products = tf.matMul(turned, chosen.reshape([n, K * d!]));
  const gram = products.reshape([d!, K, d!]).transpose([1, 0, 2]);
  const moments = tf.matMul(turned, signs.mul(active)).transpose();
  const weight = (2 * penaltyC) / n;
  return {
    left: gram.mul(weight).add(tf.diag(ridge)),
    right: moments.mul(weight).expandDims(2),
  };
}
