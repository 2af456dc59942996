import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  bagOfWords,
  cosines,
  imageHinge,
  imageRanks,
  innerProducts,
  logSum,
  meanScore,
  nothing,
  recallAt,
  sentenceHinge,
  sentenceRanks,
  skipPairs,
  sortedPairs,
  tower,
} from '../../content/papers/image-text-matching/mechanism.ts';
import { closeTo } from './numbers.ts';

const flat = async (x: tf.Tensor) => [...(await x.data())];
const close = closeTo(5);

// Two tables of three images (rows) with three sentences (columns).
const first = [
  [2, 1.5, 0],
  [3, 1, -1],
  [0, 0.5, 4],
];
const second = [
  [0, 0, 0],
  [1, 2, 3],
  [-1, 5, 2],
];
const S = tf.tensor3d([first, second]);
const different = [
  [0, 1, 1],
  [1, 0, 0],
  [1, 0, 0],
];
const others = tf.tensor2d(different);

/** Formula (2) in plain loops; `flip` for image negatives. */
function byHand(table: number[][], margin: number, flip: boolean) {
  let sum = 0;
  for (const i of [0, 1, 2]) {
    for (const j of [0, 1, 2]) {
      const rival = flip ? table[j][i] : table[i][j];
      if (different[i][j]) sum += Math.max(0, margin - table[i][i] + rival);
    }
  }
  return sum / 3;
}

test('a bag of words counts, and forgets the order', () => {
  expect(bagOfWords([2, 0, 2], 4)).toEqual([1, 0, 2, 0]);
  expect(bagOfWords([0, 2, 2], 4)).toEqual(bagOfWords([2, 2, 0], 4));
});

test('pairs are counted once each, in their order, in the bin of the hash', () => {
  const expected = Array(10).fill(0);
  for (const [i, j] of [
    [3, 1],
    [3, 5],
    [1, 5],
  ])
    expected[(37 * i + 100 * j) % 10] += 1;
  expect(skipPairs([3, 1, 5], 10)).toEqual(expected);
  expect(skipPairs([4], 10)).toEqual(Array(10).fill(0));
});

test('n words have n(n − 1)/2 pairs, and two words exchanged have others', () => {
  const total = (counts: number[]) => counts.reduce((a, b) => a + b);
  expect(total(skipPairs([7, 1, 9, 4, 3], 256))).toBe(10);
  expect(skipPairs([3, 7], 256)).not.toEqual(skipPairs([7, 3], 256));
});

test('sorted first, the order is gone and the words are left alone', () => {
  const words = [20, 3, 7];
  expect(sortedPairs(words, 256)).toEqual(skipPairs([3, 7, 20], 256));
  expect(sortedPairs(words, 256)).toEqual(sortedPairs([7, 20, 3], 256));
  expect(words).toEqual([20, 3, 7]);
});

test('a stack of towers is each tower alone', async () => {
  const sums = tf.randomNormal([5, 2 * 3], 0, 1, 'float32', 3);
  const out = tf.randomNormal([2, 3, 4], 0, 1, 'float32', 4);
  const both = tower(sums, out);
  expect(both.shape).toEqual([2, 5, 4]);
  const parts = tf.split(sums, 2, 1);
  const matrices = out.unstack();
  const alone = [0, 1].map((r) => tf.matMul(tf.relu(parts[r]), matrices[r]));
  close(await flat(both), await flat(tf.stack(alone)));
});

test('scores are inner products, rows images and columns sentences', async () => {
  const f = tf.tensor2d([
    [1, 2],
    [0, 3],
  ]);
  const g = tf.tensor2d([
    [1, 0],
    [4, 1],
  ]);
  close(await flat(innerProducts(f, g)), [1, 6, 0, 3]);
  close(await flat(cosines(f, g)), [1 / Math.sqrt(5), 6 / Math.sqrt(85), 0, 1 / Math.sqrt(17)]);
});

test('cosines do not know how long vectors are, and a vector of zeros scores 0', async () => {
  const f = tf.randomNormal([2, 4, 3], 0, 1, 'float32', 5);
  const g = tf.randomNormal([2, 4, 3], 0, 1, 'float32', 6);
  close(await flat(cosines(f.mul(7), g.mul(0.5))), await flat(cosines(f, g)), 4);
  close(await flat(cosines(tf.zeros([1, 3]), tf.ones([1, 3]))), [0]);
  const own = await flat(cosines(f, f).mul(tf.eye(4)).sum(-1));
  close(own, Array(8).fill(1), 4);
});

test('both sums agree with formula (2) by hand, for each table of a stack', async () => {
  for (const margin of [0.3, 1.2]) {
    const sentences = [first, second].map((table) => byHand(table, margin, false));
    const images = [first, second].map((table) => byHand(table, margin, true));
    close(await flat(sentenceHinge(S, others, margin)), sentences);
    close(await flat(imageHinge(S, others, margin)), images);
  }
});

test('a number for each image cancels in the first sum, and not in the second', async () => {
  const c = tf.tensor2d([[5], [-2], [0.7]]);
  const plain = await flat(sentenceHinge(S, others, 1));
  close(await flat(sentenceHinge(S.add(c), others, 1)), plain, 4);
  close(await flat(imageHinge(S.add(c.transpose()), others, 1)), await flat(imageHinge(S, others, 1)), 4);
  const [moved] = await flat(imageHinge(S.add(c), others, 1));
  expect(Math.abs(moved - (await flat(imageHinge(S, others, 1)))[0])).toBeGreaterThan(1);
});

test('with all pairs apart by the margin, nothing is left to do', async () => {
  const good = tf.eye(3).mul(2).expandDims(0);
  close(await flat(sentenceHinge(good, others, 2)), [0]);
  close(await flat(imageHinge(good, others, 2)), [0]);
  close(await flat(sentenceHinge(good, others, 2.5)), [(4 * 0.5) / 3]);
});

test('ranks count who scores higher, along rows and along columns', async () => {
  close(await flat(sentenceRanks(S)), [1, 2, 1, 1, 2, 2]);
  close(await flat(imageRanks(S)), [2, 2, 1, 2, 2, 2]);
});

test('recall is the share of ranks within K', async () => {
  const ranks = tf.tensor2d([
    [1, 5, 6, 9],
    [5, 5, 5, 1],
  ]);
  close(await flat(recallAt(ranks, 5)), [0.5, 1]);
  close(await flat(recallAt(ranks, 1)), [0.25, 0.25]);
  close(await flat(recallAt(ranks.expandDims(0), 5)), [0.5, 1]);
});

test('c(i) of formula (5) makes each row a log-softmax', async () => {
  const left = S.sub(logSum(S));
  close(await flat(left.exp().sum(-1)), [1, 1, 1, 1, 1, 1]);
  close(await flat(logSum(tf.tensor3d([[[0, Math.log(3)]]]))), [Math.log(4)]);
});

test('the other choices: the mean, and nothing', async () => {
  expect(meanScore(S).shape).toEqual([2, 3, 1]);
  close((await flat(meanScore(S))).slice(0, 2), [3.5 / 3, 1]);
  expect(nothing(S).shape).toEqual([2, 3, 1]);
  close(await flat(nothing(S)), [0, 0, 0, 0, 0, 0]);
});
