import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** The heads of a map [S, d, heads·dₕ]: → [S, heads, d, dₕ]. */
const columns = (w: T, heads: number) =>
  w
    .reshape([...w.shape.slice(0, 2), heads, -1])
    .transpose([0, 2, 1, 3]);

/** W_OV = W_V W_O of each head, (1): [S, heads, d, d]. */
export function writes({ v, o }: { v: T; o: T }, heads: number) {
  const [S, , d] = o.shape;
  const rows = o.reshape([S, heads, -1, d!]);
  return tf.matMul(columns(v, heads), rows);
}

/** W_QK = W_Q W_Kᵀ of each head, (1): [S, heads, d, d]. */
export function reads({ q, k }: { q: T; k: T }, heads: number) {
  const [query, key] = [columns(q, heads), columns(k, heads)];
  return tf.matMul(query, key, false, true);
}

/** W_OV W_QK of every writer and reader: [S, W, m, d], m rows
 * each, and [S, R, d, d] → [S, W, m, R, d], all in one product. */
export function products(writers: T, qk: T) {
  const [S, W, m, d] = writers.shape;
  const R = qk.shape[1];
  const below = writers.reshape([S, W! * m!, d!]);
  const beside = qk
    .transpose([0, 2, 1, 3])
    .reshape([S, d!, R! * d!]);
  return tf.matMul(below, beside).reshape([S, W!, m!, R!, d!]);
}

/** ‖·‖ over two of the axes. */
const size = (x: T, axes: number[]) => x.square().sum(axes).sqrt();

/** ‖W_OV W_QK‖ / (‖W_OV‖ ‖W_QK‖), (2): → [S, W, R]. */
export function compositionScore(ov: T, qk: T) {
  const both = size(products(ov, qk), [2, 4]);
  const writer = size(ov, [2, 3]).expandDims(2);
  const reader = size(qk, [2, 3]).expandDims(1);
  return both.div(writer.mul(reader));
}

/** ‖vᵢᵀ W_QK‖ / ‖W_QK‖, (3), all readers at once: components v
 * [S, d, r] of one writer, QK [S, R, d, d] → [S, r]. */
export function componentScores(v: T, qk: T) {
  const rows = v.transpose([0, 2, 1]).expandDims(1);
  const heard = size(products(rows, qk), [3, 4]).squeeze([1]);
  return heard.div(size(qk, [1, 2, 3]).expandDims(1));
}

/** x U Uᵀ, the part of x [S, B, d] inside a channel U [S, d, r]. */
export const inside = (x: T, channel: T) =>
  tf.matMul(tf.matMul(x, channel), channel, false, true);

/** (5): nothing but the channel varies. mean [S, 1, d]. */
export const keep = (x: T, mean: T, channel: T) =>
  mean.add(inside(x.sub(mean), channel));

/** (6): the channel says what it says at the target [S, 1, d]. */
export const steer = (x: T, target: T, channel: T) =>
  x.add(inside(target.sub(x), channel));
