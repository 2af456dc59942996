import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  bestMatches,
  bm25,
  compare,
  interact,
  listwise,
  ndcg,
  pairwise,
  pointwise,
  pooled,
  represent,
  soft,
  unit,
} from '../../content/papers/neural-ranking/mechanism.ts';
import { closeTo, list, someFrom } from './numbers.ts';

const close = closeTo(4);
const some = someFrom(8);
const dot = (a: number[], b: number[]) => a.reduce((s, v, i) => s + v * b[i], 0);
const norm = (a: number[]) => Math.sqrt(dot(a, a));
const cosine = (a: number[], b: number[]) => dot(a, b) / (norm(a) * norm(b));

test('rows come to length 1, rows of zeros stay', async () => {
  const x = tf.tensor2d([
    [3, -4, 0],
    [0, 0, 0],
    [0.001, 0, 0],
  ]);
  close(await list(unit(x)), [0.6, -0.8, 0, 0, 0, 0, 1, 0, 0]);
});

test('a representation is the mean and what a network adds to it, at length 1', async () => {
  const [x, w, v] = [some(2, 3, 4), some(2, 4, 5), some(2, 5, 4)];
  const [means, first, second] = [
    (await x.array()) as number[][][],
    (await w.array()) as number[][][],
    (await v.array()) as number[][][],
  ];
  const expected = means.flatMap((rows, s) =>
    rows.flatMap((mean) => {
      const hidden = first[s][0].map((_, j) =>
        Math.tanh(mean.reduce((sum, m, i) => sum + m * first[s][i][j], 0)),
      );
      const found = mean.map((m, j) => m + hidden.reduce((sum, h, i) => sum + h * second[s][i][j], 0));
      return found.map((value) => value / norm(found));
    }),
  );
  const found = represent(x, w, v);
  expect(found.shape).toEqual([2, 3, 4]);
  close(await list(found), expected);
  // Nothing added: the mean itself.
  close(await list(represent(x, w, v.zerosLike())), await list(unit(x)));
});

test('representations are compared by five times their cosine', async () => {
  const [q, d] = [unit(some(2, 3)), unit(some(2, 4, 3))];
  const [query, documents] = [(await q.array()) as number[][], (await d.array()) as number[][][]];
  const found = compare(q, d);
  expect(found.shape).toEqual([2, 4]);
  close(
    await list(found),
    documents.flatMap((rows, i) => rows.map((row) => 5 * cosine(query[i], row))),
  );
});

test('the interaction holds every cosine of a word with a word', async () => {
  const [q, d] = [some(2, 3, 4), some(2, 5, 4)];
  const [query, documents] = [(await q.array()) as number[][][], (await d.array()) as number[][][]];
  const M = interact(unit(q), unit(d));
  expect(M.shape).toEqual([2, 3, 5]);
  close(
    await list(M),
    query.flatMap((rows, n) => rows.flatMap((a) => documents[n].map((b) => cosine(a, b)))),
  );
});

test('a kernel counts matches of its strength, where there are words', async () => {
  const M = tf.tensor2d([
    [1, 0.5, 0.2, 1],
    [0.9, 1, 0, -0.3],
  ]);
  const words = tf.tensor2d([[1, 1, 1, 0]]);
  const bell = (m: number, centre: number, width: number) =>
    Math.exp(-((m - centre) ** 2) / (2 * width ** 2));
  close(await list(soft(M, words, 0.5, 0.1)), [
    1 + bell(0.2, 0.5, 0.1),
    bell(0.9, 0.5, 0.1) + bell(1, 0.5, 0.1) + bell(0, 0.5, 0.1),
  ]);
  close(await list(soft(M, words, -0.3, 0.5)), [
    bell(1, -0.3, 0.5) + bell(0.5, -0.3, 0.5) + bell(0.2, -0.3, 0.5),
    bell(0.9, -0.3, 0.5) + bell(1, -0.3, 0.5) + bell(0, -0.3, 0.5),
  ]);
});

test('the exact kernel counts occurrences, in any order', async () => {
  // Word 2 stands three times; word 4 not at all.
  const words = tf.oneHot([2, 0, 2, 1, 2], 6, 1, 0, 'float32');
  const query = tf.oneHot([2, 1, 4], 6, 1, 0, 'float32');
  const there = tf.ones([1, 5]);
  const M = interact(query, words);
  close(await list(soft(M, there, 1, 0.001)), [3, 1, 0]);
  const turned = interact(query, words.reverse(0));
  close(await list(soft(turned, there, 1, 0.001)), [3, 1, 0]);
});

test('matches are pooled by logarithms, with a floor', async () => {
  const matches = tf.tensor2d([
    [1, Math.E, Math.E ** 2],
    [1, 0, 1],
    [1e-12, 10, 0.5],
  ]);
  close(await list(pooled(matches)), [3, Math.log(1e-10), Math.log(1e-10) + Math.log(5)]);
});

test('best matches are summed over the words of the query', async () => {
  const M = tf.tensor3d([
    [
      [0.1, 0.7],
      [-0.5, -0.2],
    ],
    [
      [1, 0],
      [0.3, 0.4],
    ],
  ]);
  close(await list(bestMatches(M)), [0.5, 1.4]);
});

test('BM25 counts a second occurrence for less than the first', async () => {
  const counts = tf.tensor2d([
    [0, 0, 0],
    [1, 0, 0],
    [2, 1, 0],
    [1e6, 0, 0],
  ]);
  close(await list(bm25(counts)), [0, 1, 4.4 / 3.2 + 1, 2.2]);
});

test('objectives, by hand', async () => {
  const f = tf.tensor2d([
    [0.5, 0.2, -1],
    [2, 0, 0.5],
  ]);
  const y = tf.tensor2d([
    [1, 0, 0],
    [0, 2, 1],
  ]);
  close(await list(pointwise(f, y)), [0.25 + 0.04 + 1, 4 + 4 + 0.25]);
  // First row: 1 − 0.5 + 0.2; second: 3, 1.5 and 2.5.
  close(await list(pairwise(f, y)), [0.7, 1 + 2 + (1 + 0.5) + (1 - 0.5 + 2)]);
  const softmax = (v: number[]) => {
    const e = v.map(Math.exp);
    const sum = e.reduce((a, b) => a + b);
    return e.map((x) => x / sum);
  };
  const cross = (f: number[], y: number[]) => {
    const p = softmax(f);
    return -softmax(y).reduce((sum, w, i) => sum + w * Math.log(p[i]), 0);
  };
  close(await list(listwise(f, y)), [cross([0.5, 0.2, -1], [1, 0, 0]), cross([2, 0, 0.5], [0, 2, 1])]);
});

test('objectives and best matches of a stack are those of its parts', async () => {
  const [f, y] = [some(2, 3, 5), some(2, 3, 5)];
  const [fs, ys] = [tf.unstack(f), tf.unstack(y)];
  for (const loss of [pointwise, pairwise, listwise]) {
    const parts = await Promise.all(fs.map((part, i) => list(loss(part, ys[i]))));
    close(await list(loss(f, y)), parts.flat());
    const [deepF, deepY] = [f, y].map((x) => x.reshape([1, 2, 3, 5]));
    close(await list(loss(deepF, deepY)), parts.flat());
  }
  const M = some(2, 4, 3, 5);
  const parts = await Promise.all(tf.unstack(M).map((part) => list(bestMatches(part))));
  close(await list(bestMatches(M)), parts.flat());
});

test('pairs and lists do not see a constant on all of a query, points do', async () => {
  const [f, y] = [some(3, 5), some(3, 5)];
  const moved = f.add(tf.tensor2d([[10], [-3], [4]]));
  close(await list(pairwise(moved, y)), await list(pairwise(f, y)));
  close(await list(listwise(moved, y)), await list(listwise(f, y)));
  const raised = y.add(2);
  close(await list(pairwise(f, raised)), await list(pairwise(f, y)));
  close(await list(listwise(f, raised)), await list(listwise(f, y)));
  const change = pointwise(moved, y).sub(pointwise(f, y)).abs().min();
  expect((await change.data())[0]).toBeGreaterThan(1);
});

test('NDCG of the ideal order is 1; of others it is what the discount says', async () => {
  const y = tf.tensor2d([
    [3, 2, 0],
    [0, 0, 1],
  ]);
  close(await list(ndcg(y, y)), [1, 1]);
  const f = tf.tensor2d([
    [1, 2, 3],
    [1, 2, 0],
  ]);
  const log = (rank: number) => Math.log2(rank + 1);
  const gain = 0 / log(1) + 3 / log(2) + 7 / log(3);
  close(await list(ndcg(f, y)), [gain / (7 / log(1) + 3 / log(2)), 1 / log(3)]);
  // Beyond the tenth place nothing counts; a list without a grade has 0.
  const long = tf.range(12, 0, -1).expandDims(0);
  const last = tf.oneHot([11], 12, 1, 0, 'float32');
  const tenth = tf.oneHot([9], 12, 1, 0, 'float32');
  close(await list(ndcg(long, last)), [0]);
  close(await list(ndcg(long, tenth)), [1 / log(10)]);
  close(await list(ndcg(long, last.zerosLike())), [0]);
});
