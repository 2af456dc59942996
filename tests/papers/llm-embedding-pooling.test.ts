import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { preferred, sentence } from '../../content/papers/llm-embedding-pooling/grammar.ts';
import * as m from '../../content/papers/llm-embedding-pooling/mechanism.ts';
import { states } from '../../content/papers/llm-embedding-pooling/model.ts';
import { closeTo, list, someFrom } from './numbers.ts';

const close = closeTo(5);
const some = someFrom(7);
const [S, N, L, d, r, inner] = [2, 3, 4, 5, 3, 7];
const head: m.Head = {
  queries: some(S, r, d),
  layerEmbedding: some(S, L, d),
  wk: some(S, d, d),
  wv: some(S, d, d),
  wo: some(S, d, d),
  up: some(S, d, inner),
  down: some(S, inner, d),
};
const layers = some(S, N, L, d);
const all = tf.zeros([1, 1, 1, L]);
const hidden = (...rows: number[]) => tf.tensor4d(rows, [1, 1, 1, L]);

test('formulas (1) and (2): the last token or the mean, a vector for each layer', async () => {
  const h = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 2, 2]);
  close(await list(m.layerVectors(h, m.eosPool)), [3, 4, 7, 8]);
  close(await list(m.layerVectors(h, m.meanPool)), [2, 3, 6, 7]);
  expect(m.layerVectors(some(4, 3, 6, 5), m.eosPool).shape).toEqual([3, 4, 5]);
});

test('weights of layers sum to one, are equal without queries, and nothing where a layer is unread', async () => {
  const there = m.placed(layers, head);
  close(await list(m.layerWeights(there, head, all).sum(-1)), new Array(S * r * N).fill(1));
  const none = { ...head, queries: tf.zerosLike(head.queries) };
  close(await list(m.layerWeights(there, none, all)), new Array(S * r * N * L).fill(1 / L));
  const last = await list(m.layerWeights(there, head, hidden(-1e9, -1e9, -1e9, 0)));
  close(
    last,
    Array.from({ length: S * r * N * L }, (_, i) => Number(i % L === L - 1)),
  );
});

type Matrix = number[][];
const product = (a: Matrix, b: Matrix) =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, v, k) => sum + v * b[k][j], 0)));
const turned = (a: Matrix) => a[0].map((_, j) => a.map((row) => row[j]));
const sum = (a: Matrix, b: Matrix) => a.map((row, i) => row.map((v, j) => v + b[i][j]));
function softmax(row: number[]) {
  const powers = row.map(Math.exp);
  return powers.map((p) => p / powers.reduce((a, b) => a + b));
}
const bend = (z: number) => (z * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)))) / 2;

test('formulas (3) and (4), number by number, for each design and sentence', async () => {
  const found = (await m.crossAttend(layers, head, all).array()) as number[][][];
  for (let s = 0; s < S; s++) {
    const of = (name: keyof m.Head) => (head[name].arraySync() as number[][][])[s];
    for (let n = 0; n < N; n++) {
      const H = sum((layers.arraySync() as number[][][][])[s][n], of('layerEmbedding'));
      const scores = product(of('queries'), turned(product(H, of('wk'))));
      const A = scores.map((row) => softmax(row.map((v) => v / Math.sqrt(d))));
      const O = sum(of('queries'), product(product(product(A, H), of('wv')), of('wo')));
      const fed = product(
        product(O, of('up')).map((row) => row.map(bend)),
        of('down'),
      );
      const mean = turned(sum(O, fed)).map((column) => column.reduce((a, b) => a + b) / r);
      const length = Math.hypot(...mean);
      close(
        found[s][n],
        mean.map((v) => v / length),
        4,
      );
    }
  }
});

test('gelu is z Φ(z) in its form with tanh', async () => {
  const z = [-2, -0.5, 0, 0.7, 3];
  close(await list(m.gelu(tf.tensor1d(z))), z.map(bend));
});

test('rows come out with length 1, and a row of zeros stays', async () => {
  close(
    await list(
      m.unit(
        tf.tensor2d([
          [3, 4],
          [0, 0],
        ]),
      ),
    ),
    [0.6, 0.8, 0, 0],
  );
});

test('the contrastive loss (5) by hand, and log B where all is alike', async () => {
  const a = tf.tensor3d([1, 0, 0, 1], [1, 2, 2]);
  const b = tf.tensor3d([0.6, 0.8, 0, 1], [1, 2, 2]);
  const one = (own: number, other: number) => Math.log(1 + Math.exp((other - own) / 0.5));
  close(await list(m.contrast(a, b, 0.5)), [(one(0.6, 0) + one(1, 0.8)) / 2]);
  close(await list(m.contrast(tf.ones([1, 4, 2]), tf.ones([1, 4, 2]), 0.1)), [Math.log(4)]);
  // A design alone gives a number.
  const alone = m.contrast(a.gather(0), b.gather(0), 0.5);
  expect(alone.shape).toEqual([]);
  close(await list(alone), await list(m.contrast(a, b, 0.5)));
});

test('AUC (6): each sentence by its partner, ties one half, only those that do not belong', async () => {
  // Two pairs, rows 0 and 2, 1 and 3.
  const at = (angle: number) => [Math.cos(angle), Math.sin(angle)];
  const e = tf.tensor3d([[at(0), at(1), at(0.2), at(0.3)]]);
  const other = tf.tensor2d([0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0], [4, 4]);
  // 0: partner at 0.2 before 1 and 0.3. 1: 0.7 away, others 1 and 0.8. 2: 0.2, others 0.8 and 0.1. 3: 0.7, others 0.3 and 0.1.
  close(await list(m.ownAuc(e, other, [2])), [1, 1, 0.5, 0]);
  close(await list(m.ownAuc(tf.ones([1, 4, 2]).div(Math.SQRT2), other, [2])), [0.5, 0.5, 0.5, 0.5], 3);
  // A second shift counts as a second partner.
  const two = await list(m.ownAuc(e, other, [2, 3]));
  const [first, second] = [await list(m.ownAuc(e, other, [2])), await list(m.ownAuc(e, other, [3]))];
  close(
    two,
    first.map((v, i) => (v + second[i]) / 2),
  );
  // Designs may have other sentences of their own.
  const fewer = tf.tensor2d([0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0], [4, 4]);
  const both = await list(m.ownAuc(tf.concat([e, e]), tf.stack([other, fewer]), [2]));
  close(both, [...(await list(m.ownAuc(e, other, [2]))), ...(await list(m.ownAuc(e, fewer, [2])))]);
});

test('signed rank (7): by hand, with a tie and a zero; 0 for a design and itself; odd in its sides', () => {
  // Gaps 1, −2, 2, 4, 0: ranks 1, 2.5, 2.5, 4; W = 1 − 2.5 + 2.5 + 4.
  const [x, y] = [
    [2, 1, 5, 9, 3],
    [1, 3, 3, 5, 3],
  ];
  expect(m.signedRank(x, y)).toBeCloseTo(5 / Math.sqrt((4 * 5 * 9) / 6), 6);
  expect(m.signedRank(y, x)).toBeCloseTo(-m.signedRank(x, y), 6);
  expect(m.signedRank(x, x)).toBe(0);
  // Ranks are of sizes, in whatever order the pairs come.
  for (const order of [
    [3, 0, 1, 4, 2],
    [1, 3, 2, 0, 4],
    [2, 4, 3, 1, 0],
  ]) {
    const [a, b] = [x, y].map((scores) => order.map((i) => scores[i]));
    expect(m.signedRank(a, b)).toBeCloseTo(m.signedRank(x, y), 6);
  }
});

test('behind its mask a state does not change with later words; without it, it does', async () => {
  const [layerCount, width, length] = [3, 4, 6];
  const maps = (...shape: number[]) => some(layerCount, ...shape);
  const net = {
    place: some(length, width),
    q: maps(width, width),
    k: maps(width, width),
    v: maps(width, width),
    o: maps(width, width),
    up: maps(width, 8),
    down: maps(8, width),
  };
  const start = some(1, 3, width);
  const [x, y] = [tf.concat([start, some(1, 3, width)], 1), tf.concat([start, some(1, 3, width)], 1)];
  const place = tf.range(0, length);
  const mask = place
    .greater(place.reshape([length, 1]))
    .toFloat()
    .mul(-1e9);
  const moved = async (look: tf.Tensor) => {
    const gap = states(x, net, look)
      .sub(states(y, net, look))
      .abs();
    return (await gap.slice([0, 0, 0], [-1, -1, 3]).max().data())[0];
  };
  expect(states(x, net, mask).shape).toEqual([layerCount, 1, length, width]);
  expect(await moved(mask)).toBe(0);
  expect(await moved(tf.zeros([length, length]))).toBeGreaterThan(1e-2);
});

test('two topics share at most one word of a part of speech', () => {
  for (const part of [0, 1, 2, 3])
    for (let a = 0; a < 16; a++)
      for (let b = 0; b < a; b++) {
        const shared = preferred(a, part).filter((word) => preferred(b, part).includes(word));
        expect(shared.length).toBeLessThan(2);
      }
});

test('a sentence is a mark, fourteen words whose parts of speech step by one or two, and a mark', () => {
  let state = 1;
  const number = () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const found = Array.from({ length: 300 }, () => sentence(5, () => 2, 0.5, number));
  const words = found.flatMap((row) => row.slice(1, -1));
  expect(new Set(found.map((row) => `${row[0]} ${row.at(-1)} ${row.length}`))).toEqual(new Set(['64 65 16']));
  const steps = found.flatMap((row) =>
    row.slice(2, -1).map((id, i) => ((id >> 4) - (row[i + 1] >> 4) + 4) % 4),
  );
  expect(new Set(steps)).toEqual(new Set([1, 2]));
  expect(steps.filter((step) => step === 1).length / steps.length).toBeCloseTo(0.75, 1);
  const topical = words.filter((id) => preferred(5, id >> 4).includes(id % 16) && id % 16 !== 2);
  expect(topical.length / words.length).toBeCloseTo(0.5, 1);
});
