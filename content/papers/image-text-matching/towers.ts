import * as tf from '@tensorflow/tfjs';
import { random, variant } from 'lab';
import { cosines, innerProducts, tower } from './mechanism';
import { bins, vocabulary } from './sentences';

type T = tf.Tensor;

// Five times the cosine, so that margins mean about the same.
const fiveCosines = (f: T, g: T) => cosines(f, g).mul(5);
const scored = {
  'inner product': innerProducts,
  cosine: fiveCosines,
};
export const score = variant('score', scored, { label: 'score' });

// Four systems in one stack. The last reads no pairs of words.
export const ways = ['sentences', 'both', 'images', 'words only'];
export const alpha = tf.tensor1d([1, 0.5, 0, 0.5]);
export const beta = tf.tensor1d([0, 0.5, 1, 0.5]);

const [R, hidden, width] = [ways.length, 96, 32];
const words = vocabulary.length;
function first(rows: number, fan: number, systems = R) {
  const std = Math.sqrt(2 / fan);
  return random.normal([rows, systems * hidden], 0, std);
}
const last = () =>
  random.normal([R, hidden, width], 0, Math.sqrt(0.5 / hidden));
export const start = {
  image: first(128, 128),
  imageOut: last(),
  word: first(words, words + bins).mul(2),
  pair: first(bins, words + bins, R - 1).mul(2),
  textOut: last(),
};
type Weights = typeof start;

/** f(i): [B, 128] → [R, B, 32]. */
export function imageTower(x: T, { image, imageOut }: Weights) {
  return tower(tf.matMul(x, image), imageOut);
}

/** g(t): [B, 31 + 256] → [R, B, 32]. */
export function textTower(x: T, { word, pair, textOut }: Weights) {
  const [counts, pairs] = tf.split(x, [words, bins], 1);
  const none = tf.zeros([x.shape[0], hidden]);
  const ordered = tf.concat([tf.matMul(pairs, pair), none], 1);
  return tower(tf.matMul(counts, word).add(ordered), textOut);
}
