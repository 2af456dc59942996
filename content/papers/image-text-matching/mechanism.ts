import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** bow(t), formula (3): how often each word occurs in a sentence. */
export function bagOfWords(words: number[], size: number) {
  const counts: number[] = Array(size).fill(0);
  for (const word of words) counts[word] += 1;
  return counts;
}

/**
 * skip(t), formula (3): how many ordered pairs of words, next to
 * each other or apart, fall into each bin of the hash.
 */
export function skipPairs(words: number[], bins: number) {
  const counts: number[] = Array(bins).fill(0);
  for (const [place, first] of words.entries()) {
    for (const second of words.slice(place + 1)) {
      counts[(37 * first + 100 * second) % bins] += 1;
    }
  }
  return counts;
}

/** The same of the sorted words: pairs that know no order. */
export function sortedPairs(words: number[], bins: number) {
  return skipPairs(
    [...words].sort((a, b) => a - b),
    bins,
  );
}

/**
 * A tower from the sums of its hidden layer on: ReLU, then a
 * matrix. R networks in a stack: [B, R·h], [R, h, d] → [R, B, d].
 */
export function tower(sums: T, out: T) {
  const [R, h] = out.shape;
  const hidden = tf.relu(sums).reshape([-1, R, h]);
  return tf.matMul(hidden.transpose([1, 0, 2]), out);
}

/** S, formula (1): f [.., B, d], g [.., B, d] → [.., B, B]. */
export function innerProducts(f: T, g: T) {
  return tf.matMul(f, g, false, true);
}

/** S with f and g at length 1. */
export function cosines(f: T, g: T) {
  const unit = (x: T) => {
    const square = x.square().sum(-1, true);
    return x.div(square.add(1e-6).sqrt());
  };
  return innerProducts(unit(f), unit(g));
}

/** A row of S is an image, so its rivals run along the last axis. */
const alongRow = -1;
const alongColumn = -2;

/** The true pairs' scores, from the diagonal, for an axis of S. */
function truth(S: T, axis: number) {
  return S.mul(tf.eye(S.shape.at(-1)!)).sum(axis, true);
}

function hinge(S: T, others: T, margin: number, axis: number) {
  const short = tf.relu(S.sub(truth(S, axis)).add(margin));
  return short.mul(others).sum([-2, -1]).div(others.shape[0]);
}

/**
 * First sum of formula (2), over the batch size: an image's own
 * sentence must beat the others by Δ. S [.., B, B], others [B, B],
 * 1 where the meanings differ → [..].
 */
export function sentenceHinge(S: T, others: T, margin: number) {
  return hinge(S, others, margin, alongRow);
}

/** Second sum: a sentence's own image must beat the others. */
export function imageHinge(S: T, others: T, margin: number) {
  return hinge(S, others, margin, alongColumn);
}

/** How many beat the true one, and 1: ranks, [.., n, n] → [.., n]. */
function ranks(S: T, axis: number) {
  return S.greater(truth(S, axis)).sum(axis).add(1);
}

/** Image → text: the rank of each image's sentence in its row. */
export function sentenceRanks(S: T) {
  return ranks(S, alongRow);
}

/** Text → image: the rank of each sentence's image in its column. */
export function imageRanks(S: T) {
  return ranks(S, alongColumn);
}

/** R@K, formula (6): the share of ranks within K, [.., n] → [..]. */
export function recallAt(ranks: T, K: number) {
  return ranks.lessEqual(K).mean(-1);
}

/** c(i), formula (5): ln Σ exp s(i, t) over sentences: [.., n, 1]. */
export function logSum(S: T) {
  return tf.logSumExp(S, alongRow, true);
}

/** Another choice: an image's mean score. */
export function meanScore(S: T) {
  return S.mean(alongRow, true);
}

/** And none: nothing is taken off. */
export function nothing(S: T) {
  return S.sum(alongRow, true).mul(0);
}
