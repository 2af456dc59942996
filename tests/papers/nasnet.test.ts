import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  ascend,
  block,
  chances,
  clipped,
  dropOnly,
  dropPath,
  keep,
  logChance,
  OPS,
  operation,
  rms,
  sample,
  unclipped,
} from '../../content/papers/nasnet/mechanism.ts';
import { network, weights } from '../../content/papers/nasnet/network.ts';
import { indexOf, sorted, space } from '../../content/papers/nasnet/space.ts';
import { closeTo, list, someFrom } from './numbers.ts';

const close = closeTo(5);
const some = someFrom(7);

test('three operations: identity, conv3, max3', () => {
  expect(OPS).toEqual(['identity', 'conv3', 'max3']);
});

test('rms divides a picture by the root of its mean square, and never by zero', async () => {
  const x = some(2, 3, 4, 5);
  const found = await list(rms(x));
  const values = await list(x);
  for (const [i, value] of values.entries()) {
    const image = values.slice(20 * Math.floor(i / 20), 20 * Math.floor(i / 20) + 20);
    const power = image.reduce((sum, v) => sum + v * v, 0) / 20;
    expect(found[i]).toBeCloseTo(value / Math.sqrt(power + 1e-3), 5);
  }
  close(await list(rms(tf.zeros([1, 1, 2, 2]))), [0, 0, 0, 0]);
  const [one, other] = [some(4, 3), some(4, 3)];
  const each = tf.stack([rms(one), rms(other)]);
  close(await list(rms(tf.stack([one, other]))), await list(each));
});

test('identity leaves, max3 looks one row to each side and not past the ends', async () => {
  const x = tf.tensor([1, -2, -5, -4, -3, 7], [1, 1, 3, 2]);
  close(await list(operation(0, x, x)), await list(x));
  close(await list(operation(2, x, x)), [1, -2, 1, 7, -3, 7]);
});

test('conv3 is the filters on three rows after ReLU, zeros past the ends, then rms', async () => {
  const x = tf.tensor([1, -2, 3], [1, 1, 3, 1]);
  const filters = tf.tensor([10, 1, 0.1], [1, 3, 1]);
  // ReLU: 1, 0, 3. Each row: 10 before + itself + 0.1 after.
  const sums = tf.tensor([1, 10.3, 3], [1, 1, 3, 1]);
  close(await list(operation(1, x, filters)), await list(rms(sums)));
});

test('a block adds two operations of two states, for each cell its own', async () => {
  const states = some(2, 3, 12);
  const filters = some(4, 6, 2);
  const shape = [2, 2, 3, 2];
  const genomes = [
    [0, 0, 1, 2, 2, 1, 0, 0],
    [1, 1, 0, 1, 0, 2, 2, 0],
  ];
  const at = (g: number, i: number) => states.slice([g, i, 0], [1, 1, -1]).reshape([1, 2, 3, 2]);
  for (const b of [0, 1]) {
    const found = await list(block(b, genomes, states, filters, shape));
    const expected = [];
    for (const [g, genome] of genomes.entries()) {
      const [i, o, j, p] = genome.slice(4 * b, 4 * b + 4);
      const own = (slot: number) => filters.slice([2 * g + slot, 0, 0], [1, -1, -1]);
      const sum = operation(o, at(g, i), own(0)).add(operation(p, at(g, j), own(1)));
      expected.push(...(await list(sum)));
    }
    close(found, expected);
  }
});

test('a block without convolutions needs no filters', async () => {
  const states = some(1, 2, 4);
  const none = undefined as unknown as tf.Tensor;
  const found = block(0, [[0, 0, 1, 0, 0, 0, 0, 0]], states, none, [1, 1, 2, 2]);
  close(await list(found), await list(states.sum(1)));
});

test('chances are a softmax for each decision', async () => {
  close(await list(chances(tf.tensor([0, Math.log(3), -1e9], [1, 1, 3]))), [0.25, 0.75, 0]);
});

test('a draw picks the first choice whose chances add up to it', async () => {
  const logits = tf.tensor([0, Math.log(2), 0, 0, 0, -1e9], [1, 2, 3]);
  const draws = tf.tensor([0.2, 0.45, 0.3, 0.55, 0.7, 0.99, 0.8, 0.1], [1, 4, 2, 1]);
  const found = sample(logits, draws);
  expect(found.shape).toEqual([1, 4, 2]);
  close(await list(found), [0, 0, 1, 1, 1, 1, 2, 0]);
});

test('where chances add up to a little less than 1, no draw falls behind the last', async () => {
  const found = await list(sample(some(1, 500, 3), tf.ones([1, 1, 500, 1])));
  expect(new Set(found)).toEqual(new Set([2]));
});

test('the chance of a cell is the product over its decisions, run by run', async () => {
  const logits = some(2, 2, 3);
  const pi = (await chances(logits).array()) as number[][][];
  const choices = [
    [
      [0, 2],
      [1, 1],
    ],
    [
      [2, 0],
      [0, 0],
    ],
  ];
  const picks = tf.oneHot(tf.tensor3d(choices, [2, 2, 2], 'int32'), 3, 1, 0, 'float32');
  const expected = choices.flatMap((cells, r) => cells.map(([a, b]) => Math.log(pi[r][0][a] * pi[r][1][b])));
  close(await list(logChance(logits, picks)), expected);
});

test('the clip caps what a good child pays, and not what a bad one costs', async () => {
  const ratio = tf.tensor1d([1.5, 0.5, 1.5, 0.5, 1]);
  const advantage = tf.tensor1d([2, 2, -2, -2, 3]);
  close(await list(clipped(ratio, advantage, 0.2)), [2.4, 1, -3, -1.6, 3]);
  close(await list(unclipped(ratio, advantage, 0.2)), [3, 1, -3, -1, 3]);
});

const logits = some(2, 2, 3);
const choices = [
  [0, 2],
  [1, 1],
  [2, 0],
];
const picks = tf.oneHot(tf.tensor3d([choices, choices], [2, 3, 2], 'int32'), 3, 1, 0, 'float32');
const advantage = some(2, 3);

test('the first step is the policy gradient, the mean of A (one-hot − π)', async () => {
  const before = logChance(logits, picks);
  const rates = tf.tensor([0.5, 2], [2, 1, 1]);
  const found = ascend(logits, picks, before, advantage, rates).sub(logits);
  const away = picks.sub(chances(logits).expandDims(1));
  const slope = away.mul(advantage.reshape([2, 3, 1, 1])).mean(1);
  close(await list(found), await list(slope.mul(rates)));
});

test('past the clip a good child moves nothing, unless there is no clip', async () => {
  const good = tf.ones([2, 3]);
  const before = logChance(logits, picks).sub(Math.log(1.25));
  const held = ascend(logits, picks, before, good, 1);
  close(await list(held), await list(logits));
  const wider = ascend(logits, picks, before, good, 1, clipped, 0.3);
  const free = ascend(logits, picks, before, good, 1, unclipped);
  close(await list(wider), await list(free));
  expect(Math.max(...(await list(free.sub(logits).abs())))).toBeGreaterThan(0.05);
});

test('paths are kept at first, and least in the last cell at the end', async () => {
  const layers = tf.tensor2d([0.5, 1], [2, 1]);
  const times = tf.tensor2d([0, 0.5, 1], [1, 3]);
  close(await list(keep(layers, times, 0.6)), [1, 0.9, 0.8, 1, 0.8, 0.6]);
});

test('a kept path is divided by its chance', async () => {
  const x = tf.tensor1d([1, 2, -3]);
  const kept = tf.tensor1d([1, 0, 1]);
  close(await list(dropPath(x, kept, 0.5)), [2, 0, -6]);
  close(await list(dropOnly(x, kept, 0.5)), [1, 0, -3]);
});

test('the space: 2,916 lists, which are 945 cells', () => {
  const lists = Array.from({ length: 3 ** 8 }, (_, code) =>
    [...code.toString(3).padStart(8, '0')].map(Number),
  ).filter((genome) => genome[0] < 2 && genome[2] < 2);
  expect(lists).toHaveLength(2916);
  expect(new Set(lists.map((genome) => sorted(genome).join(''))).size).toBe(945);
  for (const genome of lists) expect(indexOf.has(sorted(genome).join(''))).toBe(true);
  expect(space).toHaveLength(945);
});

test('cells trained side by side are the networks that each would be alone', async () => {
  const random = { normal: (shape: number[], _mean = 0, std = 1) => someFrom(3)(...shape).mul(std) };
  const size = { copies: 2, filters: 4 };
  const cells = [
    [0, 1, 1, 2, 0, 1, 1, 0],
    [0, 0, 1, 1, 2, 2, 0, 1],
  ];
  const x = someFrom(5)(3, 4, 6);
  const both = network(x, cells, weights(random, cells, 6, size), 2);
  expect(both.shape).toEqual([2, 3, 10]);
  const alone = cells.map((cell) => network(x, [cell], weights(random, [cell], 6, size), 2));
  close(await list(both), await list(tf.concat(alone)), 4);
});
