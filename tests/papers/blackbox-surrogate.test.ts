import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  blackBox,
  fidelity,
  gradientImportance,
  groupPenalty,
  mixed,
  permutationImportance,
  rSquared,
  upper,
  type Weights,
} from '../../content/papers/blackbox-surrogate/mechanism.ts';
import { answerOf, boxes, growTree, pathOf } from '../../content/papers/blackbox-surrogate/tree.ts';
import { closeTo, list, someFrom } from './numbers.ts';

const close = closeTo(4);

// Small numbers that repeat.
const some = someFrom(11);

const [n, d] = [5, 3];
const w: Weights = {
  w1: some(d, 4),
  b1: some(4),
  w2: some(4, 2),
  b2: some(2),
  w3: some(2, 1),
  b3: some(1),
};
const x = some(n, d);

/** Formula (1) for one row, by loops over plain arrays. */
async function byHand(row: number[]) {
  const m = Object.fromEntries(
    await Promise.all(Object.entries(w).map(async ([k, t]) => [k, await t.array()])),
  );
  const layer = (v: number[], a: number[][], b: number[]) =>
    b.map((c, j) => v.reduce((s, e, i) => s + e * a[i][j], c));
  const relu = (v: number[]) => v.map((e) => Math.max(0, e));
  return layer(relu(layer(relu(layer(row, m.w1, m.b1)), m.w2, m.b2)), m.w3, m.b3)[0];
}

test('formula (1) by loops, and behind its first product on stacked rows', async () => {
  const rows = (await x.array()) as number[][];
  const expected = await Promise.all(rows.map(byHand));
  close(await list(blackBox(x, w)), expected);
  const stacked = tf.stack([tf.matMul(x as tf.Tensor2D, w.w1 as tf.Tensor2D), tf.zeros([n, 4])]);
  const found = upper(stacked, w);
  expect(found.shape).toEqual([2, n]);
  close(await list(found.slice([0], [1])), expected);
  close(await list(found.slice([1], [1])), new Array(n).fill(await byHand([0, 0, 0])));
});

test('the group penalty is ρ times the sum of the lengths of rows', async () => {
  const w1 = tf.tensor2d([
    [3, 4],
    [0, 0],
    [5, 12],
  ]);
  close(await list(groupPenalty(w1, 0.1)), [1.8]);
});

test('formula (2) is what shuffling one column at a time does', async () => {
  const rows = (await x.array()) as number[][];
  const order = [2, 0, 4, 1, 3];
  const shuffled = tf.gather(x, order);
  const expected: number[] = [];
  for (const j of [1, 2]) {
    const moved = await Promise.all(
      rows.map(async (row, i) =>
        Math.abs((await byHand(row.with(j, rows[order[i]][j]))) - (await byHand(row))),
      ),
    );
    expected.push(moved.reduce((a, b) => a + b) / n);
  }
  close(await list(permutationImportance(x, shuffled, w, [1, 3])), expected);
});

test('formula (3) is the mean size of the slopes', async () => {
  const rows = (await x.array()) as number[][];
  const expected: number[] = [];
  for (let j = 0; j < d; j++) {
    const slopes = await Promise.all(
      rows.map(async (row) => {
        const e = 1e-4;
        return (
          Math.abs((await byHand(row.with(j, row[j] + e))) - (await byHand(row.with(j, row[j] - e)))) /
          (2 * e)
        );
      }),
    );
    expected.push(slopes.reduce((a, b) => a + b) / n);
  }
  close(await list(gradientImportance(x, w)), expected, 3);
});

test('formulas (5) and (6) at known values', async () => {
  const f = tf.tensor1d([0, 1, 1, 0.6]);
  close(await list(rSquared(f, f)), [1]);
  close(await list(rSquared(tf.fill([4], 0.65), f)), [0]);
  close(await list(rSquared(tf.tensor1d([0, 1, 1, 1]), f)), [1 - 0.16 / 0.67]);
  close(await list(fidelity(tf.tensor1d([0.2, 0.9, 0.4, 0.7]), f)), [0.75]);
  const kept = tf.tensor1d([1, 0]);
  const a = tf.tensor2d([[1, 2]]);
  close(await list(mixed(a, tf.tensor2d([[10, 20]]), kept)), [1, 20]);
});

test('a tree finds the thresholds of a table, and asks the better feature first', () => {
  const first = [0, 1, 2, 3, 4, 5, 6, 7];
  const second = [5, 1, 7, 3, 6, 2, 0, 4];
  const targets = first.map((a, i) => (a > 3 && second[i] > 1 ? 1 : 0));
  const tree = growTree([first, second], targets, { depth: 2, least: 1 });
  expect(tree.feature).toBe(0);
  expect(tree.threshold).toBe(3.5);
  for (const [i, a] of first.entries()) expect(answerOf(tree, [a, second[i]])).toBe(targets[i]);
  expect(tree.below!.feature).toBeUndefined();
  expect(pathOf(tree, [7, 0])).toEqual([tree, tree.above, tree.above!.below]);
  expect(boxes(tree, 2)).toEqual([
    {
      value: 0,
      box: [
        [-Infinity, 3.5],
        [-Infinity, Infinity],
      ],
    },
    {
      value: 0,
      box: [
        [3.5, Infinity],
        [-Infinity, 1],
      ],
    },
    {
      value: 1,
      box: [
        [3.5, Infinity],
        [1, Infinity],
      ],
    },
  ]);
});

test('leaves keep their least number of rows, depth is kept, leaves hold the mean', () => {
  const column = [0, 1, 2, 3, 4, 5];
  const targets = [1, 0, 0, 0, 0, 0];
  const whole = growTree([column], targets, { depth: 1, least: 2 });
  expect(whole.threshold).toBe(1.5);
  expect(whole.below).toMatchObject({ value: 0.5, count: 2 });
  expect(growTree([column], targets, { depth: 0 })).toEqual({ value: 1 / 6, count: 6 });
  expect(growTree([column], new Array(6).fill(0.3), { least: 1 }).feature).toBeUndefined();
});
