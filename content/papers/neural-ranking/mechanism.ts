import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** Rows to length 1; rows of zeros stay. */
export const unit = (x: T) =>
  x.mul(x.square().sum(-1, true).add(1e-12).rsqrt());

/** Formula (2), for one side: ψ or φ, a text as one vector,
 *  x̄ + tanh(x̄w)v brought to length 1. x̄ holds the means of word
 *  vectors, [S, R, E]; w and v one network for each of S tasks,
 *  [S, E, H] and [S, H, E]. Gives [S, R, E]. */
export const represent = (mean: T, w: T, v: T) =>
  unit(mean.add(tf.matMul(tf.matMul(mean, w).tanh(), v)));

/** Formula (2): 5 cos(ψ, φ) of queries [.., D] and their C candidates
 *  [.., C, D]: [.., C]. */
export const compare = (query: T, document: T) =>
  query.expandDims(-2).mul(document).sum(-1).mul(5);

/** Formula (3): M, cosines of the query's words with the document's.
 *  query [Q, W, E], documents [Q, C·L, E], unit rows or zeros. Gives
 *  [Q, W, C·L]. */
export const interact = (query: T, documents: T) =>
  tf.matMul(query, documents, false, true);

/** Formula (4): K_k(Mᵢ) = Σⱼ exp(−(Mᵢⱼ − μ_k)²/2σ_k²), over the last
 *  axis of M [.., L], where there is a word (`words` 1, not 0). */
export const soft = (
  M: T,
  words: T,
  centre: number,
  width: number,
) =>
  M.sub(centre)
    .square()
    .mul(-0.5 / width ** 2)
    .exp()
    .mul(words)
    .sum(-1);

/** Formula (5): φ_k = Σᵢ log max(K_k(Mᵢ), 10⁻¹⁰), for matches
 *  [.., W] of each word of the query: [..]. */
export const pooled = (matches: T) =>
  matches.maximum(1e-10).log().sum(-1);

/** Formula (6): BM25 without length and rarity, Σᵢ 2.2 tfᵢ/(tfᵢ+1.2),
 *  from counts tf [.., W]. */
export const bm25 = (counts: T) =>
  counts.mul(2.2).div(counts.add(1.2)).sum(-1);

/** Formula (7), by the document: Σ (f − y)². f and y [.., C]. */
export const pointwise = (f: T, y: T) => f.sub(y).square().sum(-1);

/** Formula (7), by pairs: Σ max(0, 1 − f_d + f_d′), y_d > y_d′. */
export function pairwise(f: T, y: T) {
  const gap = f.expandDims(-1).sub(f.expandDims(-2));
  const better = y.expandDims(-1).greater(y.expandDims(-2));
  const hinge = gap.neg().add(1).relu();
  return hinge.mul(better.toFloat()).sum([-2, -1]);
}

/** Formula (7), by the list: −Σ softmax(y) log softmax(f). */
export function listwise(f: T, y: T) {
  const log = f.sub(f.logSumExp(-1, true));
  return y.softmax().mul(log).sum(-1).neg();
}

/** Formula (8): NDCG@10 of scores f for grades y, both [N, C]. Equal
 *  scores keep the order of the candidates. */
export function ndcg(f: T, y: T) {
  const [N, C] = f.shape;
  const top = Math.min(10, C!);
  const rank = tf
    .range(2, top + 2)
    .log()
    .div(Math.LN2);
  const gain = (order: T) => {
    const { indices } = tf.topk(order, top);
    const rows = tf.range(0, N * C!, C, 'int32').expandDims(1);
    const grades = tf.gather(y.flatten(), indices.add(rows));
    return tf.pow(2, grades).sub(1).div(rank).sum(-1);
  };
  return gain(f).div(gain(y).maximum(1e-9));
}

/** Σᵢ maxⱼ Mᵢⱼ, the best match of each word: M [.., W, L] → [..]. */
export const bestMatches = (M: T) => M.max(-1).sum(-1);
