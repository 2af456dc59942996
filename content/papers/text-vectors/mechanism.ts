import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** Rounding, and what its derivative is replaced with, or is. */
const rounding = (slope: number) =>
  tf.customGrad((x) => ({
    value: tf.round(x as T),
    gradFunc: (dy: T) => dy.mul(slope),
  }));
const through = rounding(1);
const truly = rounding(0);

/** b = round(σ(h)), ∂b/∂h := σ(h)(1 − σ(h)), (1) and (2). */
export function roundThrough(hidden: T) {
  return through(tf.sigmoid(hidden));
}

/** The same bits with their true derivative, which is zero. */
export function roundTruly(hidden: T) {
  return truly(tf.sigmoid(hidden));
}

/** σ(h): no bits while training, to be rounded afterwards. */
export function unrounded(hidden: T) {
  return tf.sigmoid(hidden);
}

/** −Σ n log softmax(b U + c) / Σ n, formula (3): nats a word.
 *  b [N, K], U [K, V], c [V], counts n [N, V], or stacks. */
export function codeLoss(code: T, u: T, c: T, counts: T) {
  const logits = tf.matMul(code, u).add(c);
  const logs = tf.logSoftmax(logits).mul(counts);
  return logs.sum([-2, -1]).div(counts.sum()).neg();
}

/** ham(b, b′) = Σ |b − b′|, (4): [Q, K], [N, K] → [Q, N]. */
export function hamming(query: T, code: T) {
  const onlyFirst = tf.matMul(query, tf.sub(1, code), false, true);
  const onlyOther = tf.matMul(tf.sub(1, query), code, false, true);
  return onlyFirst.add(onlyOther);
}

/** AP, formula (5): the mean, over what is relevant, of the share
 *  of relevant documents among those that are no farther. */
export function averagePrecision(far: number[], hit: boolean[]) {
  const precisions = far
    .filter((_, r) => hit[r])
    .map((limit) => {
      const found = hit.filter((_, i) => far[i] <= limit);
      return found.filter(Boolean).length / found.length;
    });
  return precisions.reduce((a, b) => a + b) / precisions.length;
}

/** Rows of a [n, W · Z] that belong to each window's word. */
function own(x: T, word: T) {
  const [n, words] = word.shape;
  return x.reshape([n, words, -1]).mul(word.expandDims(2)).sum(1);
}

/** log p(z | w, C) = log softmax(r · c̄), formula (6): [n, Z].
 *  r [W, Z, D], c [V, D], counts [n, V], word [n, W] one-hot. */
export function senseGiven(r: T, c: T, counts: T, word: T) {
  const size = counts.sum(1, true);
  const context = tf.matMul(counts, c).div(size);
  const width = c.shape[1] as number;
  const all = r.reshape([-1, width]);
  const scores = tf.matMul(context, all, false, true);
  return tf.logSoftmax(own(scores, word));
}

/** Σ log p(v | w, z) over the window, formula (7): [n, Z].
 *  x [W, Z, D], u [V, D]. */
export function windowGiven(x: T, u: T, counts: T, word: T) {
  const width = u.shape[1] as number;
  const all = x.reshape([-1, width]);
  const logs = tf.logSoftmax(tf.matMul(all, u, false, true));
  return own(tf.matMul(counts, logs, false, true), word);
}

/** −log Σ_z p(z | w, C) Π p(v | w, z), formula (8). */
export function mixtureLoss(logSense: T, logWindow: T) {
  return tf.logSumExp(logSense.add(logWindow), 1).mean().neg();
}

/** −Σ_z p(z | w, C) Σ log p(v | w, z): an average of logs. */
export function averageLoss(logSense: T, logWindow: T) {
  return logSense.exp().mul(logWindow).sum(1).mean().neg();
}
