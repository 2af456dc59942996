import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  componentScores,
  compositionScore,
  inside,
  keep,
  products,
  reads,
  steer,
  writes,
} from '../../content/papers/talking-heads/mechanism.ts';
import { atEnd, embed, layers, predict } from '../../content/papers/talking-heads/transformer.ts';

type T = tf.Tensor;
const read = async (x: T) => Array.from(await x.data());
const normal = (shape: number[], seed: number): T => tf.randomNormal(shape, 0, 1, 'float32', seed);
async function same(found: T, expected: T, digits = 4) {
  expect(found.shape).toEqual(expected.shape);
  const wanted = await read(expected);
  for (const [i, value] of (await read(found)).entries()) expect(value).toBeCloseTo(wanted[i], digits);
}
/** Of stack s, head h: columns of a map [d, heads·dₕ]. */
const head = (w: T, s: number, h: number, size: number) => w.gather(s).slice([0, h * size], [-1, size]);
const norm = (x: T) => x.square().sum().sqrt();

const [S, d, heads, size] = [2, 6, 3, 2];
const maps = {
  q: normal([S, d, d], 1),
  k: normal([S, d, d], 2),
  v: normal([S, d, d], 3),
  o: normal([S, d, d], 4),
};

test('W_OV is the value map of a head times its rows of the output map', async () => {
  const ov = writes(maps, heads);
  for (const [s, h] of [
    [0, 0],
    [1, 2],
  ]) {
    const rows = maps.o.gather(s).slice([h * size, 0], [size, -1]);
    await same(ov.gather(s).gather(h), tf.matMul(head(maps.v, s, h, size), rows));
  }
});

test('W_QK is the query map of a head times its key map, transposed', async () => {
  const qk = reads(maps, heads);
  for (const [s, h] of [
    [0, 1],
    [1, 0],
  ])
    await same(
      qk.gather(s).gather(h),
      tf.matMul(head(maps.q, s, h, size), head(maps.k, s, h, size), false, true),
    );
});

test('heads narrower than the stream have matrices of the width of the stream', async () => {
  const narrow = { v: normal([1, 5, 4], 5), o: normal([1, 4, 5], 6) };
  const ov = writes(narrow, 2);
  expect(ov.shape).toEqual([1, 2, 5, 5]);
  await same(ov.sum(1), tf.matMul(narrow.v, narrow.o));
});

test('products holds W_OV W_QK of each writer and reader of its own network', async () => {
  const [ov, qk] = [normal([2, 3, 4, 5], 7), normal([2, 2, 5, 5], 8)];
  const all = products(ov, qk);
  expect(all.shape).toEqual([2, 3, 4, 2, 5]);
  for (const [s, w, r] of [
    [0, 0, 1],
    [1, 2, 0],
  ])
    await same(
      all.gather(s).gather(w).gather(r, 1),
      tf.matMul(ov.gather(s).gather(w), qk.gather(s).gather(r)),
    );
});

test('the composition score is formula (2), whatever the scale of the two', async () => {
  const [ov, qk] = [normal([2, 3, 5, 5], 9), normal([2, 2, 5, 5], 10)];
  const scores = compositionScore(ov, qk);
  expect(scores.shape).toEqual([2, 3, 2]);
  const [a, b] = [ov.gather(1).gather(2), qk.gather(1).gather(0)];
  const byHand = norm(tf.matMul(a, b)).div(norm(a).mul(norm(b)));
  await same(scores.gather(1).gather(2).gather(0), byHand);
  await same(compositionScore(ov.mul(7), qk.mul(0.2)), scores);
});

test('a score is 1 for one direction that both share, and 0 for two that are at right angles', async () => {
  const outer = (i: number, j: number) =>
    tf.outerProduct(tf.oneHot(i, 4).toFloat() as tf.Tensor1D, tf.oneHot(j, 4).toFloat() as tf.Tensor1D);
  const ov = outer(0, 1).reshape([1, 1, 4, 4]);
  const qk = tf.stack([outer(1, 3), outer(2, 3)]).expandDims();
  expect(await read(compositionScore(ov, qk))).toEqual([1, 0]);
});

test('random matrices of width d score about 1/√d', async () => {
  const scores = compositionScore(normal([1, 10, 32, 32], 11), normal([1, 10, 32, 32], 12));
  const mean = (await read(scores.mean()))[0];
  expect(Math.abs(mean - 1 / Math.sqrt(32))).toBeLessThan(0.004);
});

test('the score of a component is the norm of vᵀ W_QK over that of W_QK, all readers together', async () => {
  const [v, qk] = [normal([2, 5, 3], 13), normal([2, 4, 5, 5], 14)];
  const found = componentScores(v, qk);
  expect(found.shape).toEqual([2, 3]);
  const one = v.gather(1).gather([2], 1).transpose();
  const heard = qk
    .gather(1)
    .unstack()
    .map((map) => tf.matMul(one, map));
  await same(found.gather(1).gather(2), norm(tf.concat(heard)).div(norm(qk.gather(1))));
});

test('components weighted by their strengths make up the score of the whole', async () => {
  // W_OV = Σ sᵢ uᵢ vᵢᵀ with orthonormal u and v: ‖W_OV W_QK‖² = Σ sᵢ² CSᵢ² ‖W_QK‖².
  const [u, v] = [15, 16].map((seed) => tf.linalg.qr(normal([4, 4], seed) as tf.Tensor2D)[0]);
  const s = tf.tensor1d([3, 2, 1, 0.5]);
  const ov = tf.matMul(u.mul(s), v, false, true).reshape([1, 1, 4, 4]);
  const qk = normal([1, 1, 4, 4], 17);
  const parts = componentScores(v.expandDims(), qk).squeeze([0]);
  const whole = parts.mul(s).square().sum().sqrt().div(norm(s));
  await same(compositionScore(ov, qk).reshape([]), whole);
});

/** Two orthonormal directions of four, in each of two networks. */
const channel = tf.stack([18, 19].map((seed) => tf.linalg.qr(normal([4, 2], seed) as tf.Tensor2D)[0]));
const x = normal([2, 5, 4], 20);
const mean = normal([2, 1, 4], 21);
const state = (y: T) => tf.matMul(y, channel);

test('the part inside a channel stays inside, and is all of what its directions span', async () => {
  await same(inside(inside(x, channel), channel), inside(x, channel));
  await same(state(inside(x, channel)), state(x));
  const whole = tf.stack([22, 23].map((seed) => tf.linalg.qr(normal([4, 4], seed) as tf.Tensor2D)[0]));
  await same(inside(x, whole), x);
});

test('kept: the channel as it was, the rest at its mean', async () => {
  const kept = keep(x, mean, channel);
  await same(state(kept), state(x));
  const outside = (y: T) => y.sub(inside(y, channel));
  await same(outside(kept), outside(mean.add(x.mul(0))));
});

test('steered: the channel at its target, the rest as it was', async () => {
  const set = steer(x, mean, channel);
  await same(state(set), state(mean.add(x.mul(0))));
  const outside = (y: T) => y.sub(inside(y, channel));
  await same(outside(set), outside(x));
  await same(steer(x, x, channel), x);
});

test('a token is the sum of its word and its place, in each network', async () => {
  const net = { embed: normal([2, 3, 4], 24), place: normal([2, 2, 4], 25) };
  const prompts = tf
    .oneHot(
      tf.tensor2d(
        [
          [2, 0],
          [1, 1],
          [0, 2],
        ],
        [3, 2],
        'int32',
      ),
      3,
    )
    .toFloat();
  const tokens = embed(prompts, net);
  expect(tokens.shape).toEqual([2, 3, 2, 4]);
  const token = net.embed.gather(1).gather(2).add(net.place.gather(1).gather(0));
  await same(tokens.gather(1).gather(0).gather(0), token);
  await same(atEnd(tokens), tokens.gather(1, 2));
});

test('each layer adds what its heads say, and the last token answers', async () => {
  const part = (seed: number) => normal([1, 2, 4, 4], seed);
  const net = {
    embed: normal([1, 3, 4], 26),
    place: normal([1, 2, 4], 27),
    q: part(28),
    k: part(29),
    v: part(30),
    o: part(31),
    head: normal([1, 4, 5], 32),
  };
  const [one, two] = layers(net);
  for (const name of ['q', 'k', 'v', 'o'] as const) {
    await same(one[name], net[name].gather(0, 1));
    await same(two[name], net[name].gather(1, 1));
  }
  const prompts = tf.oneHot(tf.tensor2d([[2, 0]], [1, 2], 'int32'), 3).toFloat();
  const double = (tokens: T, maps: { v: T }) => tokens.mul(maps.v.mean());
  const means = [net.v.gather(0, 1).mean(), net.v.gather(1, 1).mean()];
  const end = atEnd(embed(prompts, net)).mul(means[0].add(1)).mul(means[1].add(1));
  await same(predict(prompts, net, double), tf.matMul(end, net.head));
});
