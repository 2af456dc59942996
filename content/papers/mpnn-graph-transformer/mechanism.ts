import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** softmax(q kᵀ/√d) v, (2): q, k [n, d], v [n, e] → [n, e]. */
export function softmaxAttention(q: T, k: T, v: T) {
  const scores = tf.matMul(q, k, false, true);
  const d = q.shape[1]!;
  return tf.matMul(tf.softmax(scores.div(Math.sqrt(d))), v);
}

/** φ(x), formula (4): x [n, d], directions w [m, d] → [n, m]. */
export function positiveFeatures(x: T, w: T) {
  const [m, d] = w.shape;
  const scaled = x.div(d! ** 0.25);
  const half = scaled.square().sum(1, true).div(2);
  const exponent = tf.matMul(scaled, w, false, true).sub(half);
  return exponent.exp().div(Math.sqrt(m!));
}

/** The same with x itself in place of x/d^¼. */
export const unscaled = (x: T, w: T) =>
  positiveFeatures(x.mul(w.shape[1]! ** 0.25), w);

/** The same without −½‖x‖² in the exponent. */
export function withoutNorm(x: T, w: T) {
  const [m, d] = w.shape;
  const exponent = tf.matMul(x.div(d! ** 0.25), w, false, true);
  return exponent.exp().div(Math.sqrt(m!));
}

/** Formula (3) with all pairs: φ(q), φ(k) [n, m], v [n, e]. */
export function allPairs(phiQ: T, phiK: T, v: T) {
  const weights = tf.matMul(phiQ, phiK, false, true);
  return tf.matMul(weights.div(weights.sum(1, true)), v);
}

/** What node j sends: φ(kⱼ) ⊗ vⱼ and φ(kⱼ), [n, m, e + 1]. */
export function messages(phiK: T, v: T) {
  const content = tf.concat([v, tf.ones([v.shape[0]!, 1])], 1);
  return phiK.expandDims(2).mul(content.expandDims(1));
}

/** What node i makes of their sum vn [m, e + 1]: → [n, e]. */
export function readOut(phiQ: T, vn: T) {
  const read = tf.matMul(phiQ, vn);
  const values = vn.shape[1]! - 1;
  const [value, weight] = tf.split(read, [values, 1], 1);
  return value.div(weight);
}

/** Formula (3) in two layers: nodes send, nodes read. */
export const keyedSums = (phiQ: T, phiK: T, v: T) =>
  readOut(phiQ, messages(phiK, v).sum(0));

/** The usual virtual node: everybody is sent the mean. */
export const meanOnly = (phiQ: T, _phiK: T, v: T) =>
  tf.tile(v.mean(0, true), [phiQ.shape[0], 1]);

/** sₜ of formula (5): nodes [n, d], direction [1, d] → [1, d]. */
export function select(nodes: T, direction: T, sharpness: number) {
  const scores = tf.matMul(direction, nodes, false, true);
  return tf.matMul(tf.softmax(scores.mul(sharpness)), nodes);
}

/** Formula (5): attention of nodes [n, d], one node a round. */
export function oneNodeARound(
  nodes: T,
  projections: T[], // of queries, keys and values, [d, d]
  sharpness: number,
  rounds: number,
) {
  const [wq, wk, wv] = projections;
  const [n, d] = nodes.shape;
  const q = tf.matMul(nodes, wq).div(Math.sqrt(d!));
  let numerator = tf.zeros([n, d!]);
  let denominator = tf.zeros([n, 1]);
  for (let t = 0; t < rounds; t++) {
    const s = select(nodes, nodes.slice([t], [1]), sharpness);
    const weight = tf
      .matMul(q, tf.matMul(s, wk), false, true)
      .exp();
    numerator = numerator.add(weight.mul(tf.matMul(s, wv)));
    denominator = denominator.add(weight);
  }
  return numerator.div(denominator);
}

/** Nodes x [n, d] and the virtual node vn [1, d]. */
export type State = { x: T; vn: T };

/** Formula (1): means of linear messages, then tanh; A [n, n]
 * holds a row of weights of sum 1 for each node. Maps [5, d, d]. */
export function withHub({ x, vn }: State, A: T, maps: T[]): State {
  const heard = tf.matMul(A, tf.matMul(x, maps[1]));
  const own = tf.matMul(x, maps[0]).add(heard);
  const all = tf.matMul(x, maps[3]).mean(0, true);
  return {
    x: tf.tanh(own.add(tf.matMul(vn, maps[2]))),
    vn: tf.tanh(all.add(tf.matMul(vn, maps[4]))),
  };
}

/** Formula (1) without the virtual node. */
export function edgesOnly(
  { x, vn }: State,
  A: T,
  maps: T[],
): State {
  const heard = tf.matMul(A, tf.matMul(x, maps[1]));
  return { x: tf.tanh(tf.matMul(x, maps[0]).add(heard)), vn };
}
