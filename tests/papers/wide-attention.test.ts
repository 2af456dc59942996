import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  arrangements,
  chain,
  headByHead,
  looks,
  weightsOf,
} from '../../content/papers/wide-attention/mechanism.ts';
import { createNn } from '../../src/lab/nn.ts';

const flat = async (x: tf.Tensor) => [...(await x.data())];
const close = async (found: tf.Tensor, expected: number[], digits = 5) => {
  const values = await flat(found);
  expect(values).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(values[i]).toBeCloseTo(value, digits);
};

// Two heads, three tokens, size 4: scores are divided by 2.
const q = tf.randomNormal([2, 3, 4], 0, 1, 'float32', 1);
const k = tf.randomNormal([2, 3, 4], 0, 1, 'float32', 2);
const none = tf.scalar(0);

type Stack = number[][][];

async function byHand(mask: number[][]) {
  const queries = (await q.array()) as Stack;
  const keys = (await k.array()) as Stack;
  const row = (h: number, i: number) => {
    const score = (j: number) => queries[h][i].reduce((sum, x, c) => sum + x * keys[h][j][c], 0);
    const powers = mask[i].map((m, j) => Math.exp(score(j) / 2 + m));
    const sum = powers.reduce((a, b) => a + b);
    return powers.map((p) => p / sum);
  };
  return [0, 1].flatMap((h) => [0, 1, 2].flatMap((i) => row(h, i)));
}
const zeros = [
  [0, 0, 0],
  [0, 0, 0],
  [0, 0, 0],
];
const causal = [
  [0, -1e9, -1e9],
  [0, 0, -1e9],
  [0, 0, 0],
];

test('a head looks by the softmax of q kᵀ/√d_h', async () => {
  await close(looks(q, k, none), await byHand(zeros));
});

test('what is masked gets no weight, and the rest sums to one', async () => {
  const alpha = looks(q, k, tf.tensor2d(causal));
  await close(alpha, await byHand(causal));
  await close(alpha.sum(-1), Array(6).fill(1));
  await close(alpha.slice([0, 0], [-1, 1]), [1, 0, 0, 1, 0, 0]);
});

// Lists of five tokens of width 6, read by three heads of size 2, beside the network's own way with all heads at once.
const nn = createNn(undefined as never);
const matrix = (seed: number, ...shape: [number, number]) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const w = { q: matrix(4, 6, 6), k: matrix(5, 6, 6), v: matrix(6, 6, 6), o: matrix(7, 6, 6) };
const x = tf.randomNormal([4, 5, 6], 0, 1, 'float32', 8);

test('heads one by one give what all give together', async () => {
  for (const mask of [none, nn.causalMask(5)])
    for (const heads of [1, 2, 3])
      await close(headByHead(x, w, heads, mask), await flat(nn.multiHead(x, w, { heads, mask })), 4);
});

test('the inner width of the heads need not be that of the tokens', async () => {
  const wide = { q: matrix(4, 6, 20), k: matrix(5, 6, 20), v: matrix(6, 6, 20), o: matrix(7, 20, 6) };
  const found = headByHead(x, wide, 5, none);
  expect(found.shape).toEqual([4, 5, 6]);
  await close(found, await flat(nn.multiHead(x, wide, { heads: 5, mask: none })), 3);
});

test('the output is a sum over heads, so heads with the same matrices may change places', async () => {
  const turned = (t: tf.Tensor, axis: number) => tf.concat(tf.split(t, 2, axis).reverse(), axis);
  const swapped = { q: turned(w.q, 1), k: turned(w.k, 1), v: turned(w.v, 1), o: turned(w.o, 0) };
  await close(headByHead(x, swapped, 2, none), await flat(headByHead(x, w, 2, none)), 4);
});

test('eight heads can be arranged in four ways, seven in two', () => {
  expect(arrangements(8)).toEqual([
    { layers: 1, heads: 8 },
    { layers: 2, heads: 4 },
    { layers: 4, heads: 2 },
    { layers: 8, heads: 1 },
  ]);
  expect(arrangements(7)).toEqual([
    { layers: 1, heads: 7 },
    { layers: 7, heads: 1 },
  ]);
});

test('formula (3) counts the entries of the matrices', () => {
  const sizes = { width: 32, headDim: 4, inner: 64 };
  for (const { layers, heads } of arrangements(8)) {
    const entries = (...shapes: [number, number][]) => shapes.reduce((sum, [a, b]) => sum + a * b, 0);
    const size = heads * 4;
    const attention = layers * entries([32, size], [32, size], [32, size], [size, 32]);
    const feedForward = layers * entries([32, 64], [64, 32]);
    expect(weightsOf({ layers, heads }, sizes)).toEqual({ attention, feedForward });
    expect(attention).toBe(4096);
  }
  expect(weightsOf({ layers: 3, heads: 5 }, { width: 2, headDim: 7, inner: 11 })).toEqual({
    attention: 840,
    feedForward: 132,
  });
});

test('a layer is a chain of six products', () => {
  expect(chain(1)).toBe(6);
  expect(chain(8)).toBe(48);
});
