import * as tf from '@tensorflow/tfjs';
import { nn, random, slider } from 'lab';
import { categories } from './impressions';
import { type activation, pooled, type Unit } from './mechanism';

type T = tf.Tensor;
const width = slider('embeddingDim', {
  label: 'numbers for a category',
  min: 2,
  max: 12,
  value: 8,
  step: 1,
});

// What every model starts from: embeddings, unit, click network.
const d = width + 4;
export const start = {
  category: random.normal([categories, width], 0, 0.3),
  shop: random.normal([5, 4], 0, 0.3),
  u1: nn.he([4 * d, 36]),
  c1: tf.zeros([1, 36]) as T,
  u2: nn.he([36, 1], 0.5),
  c2: tf.zeros([1, 1]) as T,
  w1: nn.he([2 * d, 32]),
  b1: tf.zeros([1, 32]) as T,
  w2: nn.he([32, 16]),
  b2: tf.zeros([1, 16]) as T,
  w3: nn.he([16, 1], 0.5),
  b3: tf.zeros([1, 1]) as T,
};
export type Values = typeof start;
export type Weigh = typeof activation;
export const unit = (v: Values): Unit => ({ ...v, slope: 0.25 });

/** A pair of ids as a row of zeros with two ones. */
export const hot = (ids: T) =>
  tf.oneHot(ids.toInt() as tf.Tensor1D, categories + 5).sum(-2);

export interface Seen {
  history: T; // [B, 12, ids]
  ad: T; // [B, ids]
}

/** A row for each id: numbers of a category, or of a shop. */
export function table({ category, shop }: Values) {
  const beside = [category, tf.zeros([categories, 4])];
  const below = [tf.zeros([5, width]), shop];
  return tf.concat([tf.concat(beside, 1), tf.concat(below, 1)]);
}

/** e: the numbers of the category, then those of the shop. */
export function embed(hot: T, table: T) {
  const flat = tf.matMul(hot.reshape([-1, categories + 5]), table);
  return flat.reshape([...hot.shape.slice(0, -1), d]);
}

/** Log-odds of a click, from the user's vector and the ad's. */
export function logits(seen: Seen, v: Values, weigh: Weigh) {
  const rows = table(v);
  const history = embed(seen.history, rows);
  const ad = embed(seen.ad, rows);
  const user = pooled(history, weigh(history, ad, unit(v)));
  const x = tf.concat([user, ad], 1);
  const first = tf.leakyRelu(tf.matMul(x, v.w1).add(v.b1), 0.25);
  const second = tf.leakyRelu(
    tf.matMul(first, v.w2).add(v.b2),
    0.25,
  );
  return tf.matMul(second, v.w3).add(v.b3).flatten();
}
