import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  answer,
  attend,
  attentionCost,
  bestGroup,
  embed,
  feed,
  layer,
  leastCost,
  round,
  type Weights,
} from '../../content/papers/fit/mechanism.ts';
import { draw } from '../../content/papers/fit/task.ts';
import { closeTo, list, someFrom } from './numbers.ts';

const close = closeTo(5);

// Small numbers that repeat: four channels, two heads.
const some = someFrom(7);
const d = 4;
function weights(m: number, groups: number): Weights {
  const w: Weights = { latents: some(groups, m, d), head: some(d, 4) };
  for (const part of ['local', 'gather', 'global', 'return']) {
    for (const name of ['q', 'k', 'v', 'o']) w[`${part}/${name}`] = some(d, d);
    w[`${part}/up`] = some(d, 6);
    w[`${part}/down`] = some(6, d);
  }
  return w;
}

/** Attention by loops over plain arrays. */
function byHand(x: number[][], y: number[][], w: Record<string, number[][]>) {
  const norm = (v: number[]) => {
    const mean = v.reduce((a, b) => a + b) / v.length;
    const variance = v.reduce((a, b) => a + (b - mean) ** 2, 0) / v.length;
    return v.map((c) => (c - mean) / Math.sqrt(variance + 1e-6));
  };
  const times = (v: number[], m: number[][]) => m[0].map((_, j) => v.reduce((s, c, i) => s + c * m[i][j], 0));
  const heard = x.map((token) => {
    const q = times(norm(token), w.q);
    return [0, 1].flatMap((head) => {
      const at = (v: number[]) => v.slice(2 * head, 2 * head + 2);
      const scores = y.map((other) => {
        const k = at(times(norm(other), w.k));
        return at(q).reduce((s, c, i) => s + c * k[i], 0) / Math.sqrt(2);
      });
      const powers = scores.map(Math.exp);
      const sum = powers.reduce((a, b) => a + b);
      return [0, 1].map((i) =>
        y.reduce((s, other, j) => s + (powers[j] / sum) * at(times(norm(other), w.v))[i], 0),
      );
    });
  });
  return heard.map((v) => times(v, w.o));
}

test('attention asks with one side and answers with the other, by hand', async () => {
  const w = weights(2, 2);
  const [x, y] = [some(1, 2, d), some(1, 3, d)];
  const plain = async (name: string) => (await w[`gather/${name}`].array()) as number[][];
  const maps = { q: await plain('q'), k: await plain('k'), v: await plain('v'), o: await plain('o') };
  const [xs] = (await x.array()) as number[][][];
  const [ys] = (await y.array()) as number[][][];
  const { news, share } = attend(x, y, w, 'gather');
  close(await list(news), byHand(xs, ys, maps).flat(), 4);
  expect(share.shape).toEqual([1, 2, 2, 3]);
  close(await list(share.sum(3)), [1, 1, 1, 1]);
});

test('several groups at once are each group alone', async () => {
  const w = weights(2, 2);
  const [x, y] = [some(3, 2, d), some(3, 5, d)];
  const all = (await attend(x, y, w, 'gather').news.array()) as number[][][];
  for (const g of [0, 1, 2]) {
    const own = attend(x.slice([g], [1]), y.slice([g], [1]), w, 'gather').news;
    close(await list(own), all[g].flat());
  }
});

test('the feed-forward part is x Φ(x) between two maps', async () => {
  const w: Weights = { 'a/up': tf.eye(2), 'a/down': tf.eye(2) };
  // Two channels, normalised: −1 and 1.
  const [low, high] = await list(feed(tf.tensor3d([[[3, 7]]]), w, 'a'));
  expect(low).toBeCloseTo(-0.15866, 4);
  expect(high).toBeCloseTo(0.84134, 4);
});

test('a layer adds its attention, then its feed-forward part', async () => {
  const w = weights(2, 2);
  const x = some(2, 3, d);
  const mixed = x.add(attend(x, x, w, 'local').news);
  close(await list(layer(x, w, 'local').out), await list(mixed.add(feed(mixed, w, 'local'))));
});

/** One round of two groups of three tokens, group by group. */
function slowly(x: tf.Tensor, w: Weights): tf.Tensor {
  const groups = [0, 1].map((g) => layer(x.slice([0, 3 * g], [1, 3]), w, 'local').out);
  const latents = groups.map((rows, g) => {
    const own = w.latents.slice([g], [1]);
    return own.add(attend(own, rows, w, 'gather').news);
  });
  const all = layer(tf.concat(latents, 1), w, 'global').out;
  const back = groups.map((rows, g) => {
    const own = all.slice([0, 2 * g], [1, 2]);
    return rows.add(attend(rows, own, w, 'return').news);
  });
  return tf.concat(back, 1);
}

test('a round is its four steps, group by group, for each of a batch', async () => {
  const w = weights(2, 2);
  const x = some(2, 6, d);
  const both = (await round(x, w).tokens.array()) as number[][][];
  for (const b of [0, 1]) close(await list(slowly(x.slice([b], [1]), w)), both[b].flat(), 4);
  const { up, across, down } = round(x, w).shares;
  expect([up.shape, across.shape, down.shape]).toEqual([
    [4, 2, 2, 3],
    [2, 2, 4, 4],
    [4, 2, 3, 2],
  ]);
});

test('without the global layer or the return no group hears of another; with them all do', async () => {
  const w = weights(2, 2);
  const x = some(1, 6, d);
  const push = tf
    .pad(tf.ones([1, 1, d]), [
      [0, 0],
      [4, 1],
      [0, 0],
    ])
    .mul(some(1, 6, d));
  const moved = async (cut: 'nothing' | 'global' | 'return') =>
    list(
      round(x.add(push), w, cut)
        .tokens.sub(round(x, w, cut).tokens)
        .abs()
        .max(2)
        .greater(1e-7)
        .toFloat(),
    );
  expect(await moved('nothing')).toEqual([1, 1, 1, 1, 1, 1]);
  expect(await moved('global')).toEqual([0, 0, 0, 1, 1, 1]);
  expect(await moved('return')).toEqual([0, 0, 0, 1, 1, 1]);
});

test('cut, the return leaves the local layer alone, and the global layer its latents', async () => {
  const w = weights(2, 2);
  const x = some(1, 6, d);
  const local = layer(x.reshape([2, 3, d]), w, 'local').out;
  close(await list(round(x, w, 'return').tokens), await list(local));
  expect(await list(round(x, w, 'global').shares.across)).toEqual(new Array(32).fill(0));
});

test('a token is key, value and place; the answer is read at the place that asks', async () => {
  const w: Weights = {
    key: tf.tensor2d([
      [1, 0],
      [2, 0],
    ]),
    value: tf.tensor2d([
      [0, 10],
      [0, 20],
    ]),
    place: tf.tensor2d([
      [0.5, 0],
      [0.25, 0],
    ]),
    head: tf.eye(2),
  };
  const tokens = embed(tf.tensor2d([[1, 0]], [1, 2], 'int32'), tf.tensor2d([[0, 1]], [1, 2], 'int32'), w);
  close(await list(tokens), [2.5, 10, 1.25, 20]);
  const two = tf.tensor3d([
    [
      [1, 3],
      [3, 1],
    ],
    [
      [0, 8],
      [8, 0],
    ],
  ]);
  const logits = answer(two, tf.tensor1d([1, 0], 'int32'), w);
  close(await list(logits), [1, -1, -1, 1], 4);
});

test('the cost is the sum of its terms, least at n*, where it is formula (6)', () => {
  expect(attentionCost(64, 8, 2)).toEqual({ local: 1024, cross: 512, across: 512, sum: 2048 });
  for (const [L, m] of [
    [4096, 1],
    [4096, 4],
    [1e6, 2],
  ]) {
    const best = bestGroup(L, m);
    const { sum } = attentionCost(L, best, m);
    expect(leastCost(L, m) / sum).toBeCloseTo(1, 9);
    for (const n of [best * 0.99, best * 1.01]) expect(attentionCost(L, n, m).sum).toBeGreaterThan(sum);
  }
  expect(bestGroup(4096, 4)).toBeCloseTo(50.8, 1);
});

test('a question names its partner by the key, and the partner knows the answer', async () => {
  let next = 0;
  const random = {
    permutation: (count: number) => Array.from({ length: count }, (_, i) => (i * 5 + next) % count),
    integer: (min: number, max: number) => min + (next++ % (max - min)),
  };
  const task = draw(random, 9);
  const keys = (await task.keys.array()) as number[][];
  const values = (await task.values.array()) as number[][];
  const [place, partner, labels] = await Promise.all([task.place, task.partner, task.labels].map(list));
  for (const [row, asks] of place.entries()) {
    expect(asks).toBeLessThan(4);
    expect(partner[row]).toBeGreaterThan(3);
    expect(keys[row][asks]).toBe(keys[row][partner[row]]);
    expect(values[row][asks]).toBe(4);
    expect(values[row][partner[row]]).toBe(labels[row]);
  }
});
