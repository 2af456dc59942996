import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  align,
  alike,
  block,
  contrastive,
  cost,
  cut,
  embeddings,
  fourLosses,
  unit,
} from '../../content/papers/2d-matryoshka/mechanism.ts';
import { closeTo, list, someFrom } from './numbers.ts';

const close = closeTo(4);

// Small numbers that repeat.
const some = someFrom(5);
const dot = (a: number[], b: number[]) => a.reduce((s, v, i) => s + v * b[i], 0);
const cosine = (a: number[], b: number[]) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));

test('a block is tanh of a standardised map, for each network with its own', async () => {
  const [x, w] = [some(2, 3, 4), some(2, 4, 5)];
  const [rows, maps] = [(await x.array()) as number[][][], (await w.array()) as number[][][]];
  const expected = rows.flatMap((net, s) =>
    net.flatMap((row) => {
      const z = maps[s][0].map((_, j) => row.reduce((sum, v, i) => sum + v * maps[s][i][j], 0));
      const mean = z.reduce((a, b) => a + b) / 5;
      const variance = z.reduce((a, b) => a + (b - mean) ** 2, 0) / 5;
      return z.map((v) => Math.tanh((v - mean) / Math.sqrt(variance + 1e-5)));
    }),
  );
  const found = block(x, w);
  expect(found.shape).toEqual([2, 3, 5]);
  close(await list(found), expected);
  // Rows that are nearly constant: ε counts.
  const flat = block(tf.tensor3d([[[0.004]]]), tf.tensor3d([[[0, 1]]]));
  const z = 0.002 / Math.sqrt(0.002 ** 2 + 1e-5);
  close(await list(flat), [Math.tanh(-z), Math.tanh(z)]);
});

test('embeddings are those after every block', async () => {
  const x = some(1, 3, 4);
  const layers = [some(1, 4, 5), some(1, 5, 5), some(1, 5, 5)];
  const found = embeddings(x, layers);
  expect(found).toHaveLength(3);
  close(await list(found[0]), await list(block(x, layers[0])));
  close(await list(found[2]), await list(block(block(block(x, layers[0]), layers[1]), layers[2])));
});

test('cutting keeps the first entries, and its cosine is that of the prefix', async () => {
  const x = tf.tensor2d([
    [1, 2, 3, 4],
    [-2, 1, 7, -9],
  ]);
  close(await list(cut(x, 2)), [1, 2, 0, 0, -2, 1, 0, 0]);
  const units = unit(cut(x, 3));
  close(await list(tf.matMul(units, units, false, true).slice([0, 1], [1, 1])), [
    cosine([1, 2, 3], [-2, 1, 7]),
  ]);
  close(await list(unit(tf.tensor2d([[3, 4]]))), [0.6, 0.8]);
  close(await list(unit(tf.zeros([1, 2]))), [0, 0]);
});

test('alike holds the cosines of the first rows with their partners', async () => {
  const x = some(2, 6, 4);
  const rows = (await x.array()) as number[][][];
  const found = alike(x, 2);
  expect(found.shape).toEqual([2, 2, 2]);
  const expected = rows.flatMap((net) =>
    [0, 1].flatMap((i) => [0, 1].map((j) => cosine(net[i], net[3 + j]))),
  );
  close(await list(found), expected);
});

test('formula (1) by loops, and ln B where all are alike', async () => {
  const [a, b] = [some(2, 3, 4), some(2, 3, 4)];
  const [first, second] = [(await a.array()) as number[][][], (await b.array()) as number[][][]];
  const expected = first.map((rows, s) => {
    const losses = rows.map((row, i) => {
      const scores = second[s].map((other) => cosine(row, other) / 0.2);
      return Math.log(scores.reduce((sum, v) => sum + Math.exp(v), 0)) - scores[i];
    });
    return losses.reduce((x, y) => x + y) / 3;
  });
  close(await list(contrastive(a, b, 0.2)), expected);
  const same = tf.ones([5, 3]);
  close(await list(contrastive(same, same, 0.1)), [Math.log(5)]);
});

test('formula (4) by loops: from the last to the early one, 0 for equals', async () => {
  const [last, early] = [some(1, 2, 3), some(1, 2, 3)];
  const [p, q] = [(await last.array()) as number[][][], (await early.array()) as number[][][]];
  const soft = (row: number[]) => {
    const powers = row.map((v) => Math.exp(v / 0.5));
    return powers.map((v) => v / powers.reduce((a, b) => a + b));
  };
  const expected = [0, 1].map((r) => {
    const [a, b] = [soft(p[0][r]), soft(q[0][r])];
    return a.reduce((sum, v, i) => sum + v * Math.log(v / b[i]), 0);
  });
  close(await list(align(last, early, 0.5)), [(expected[0] + expected[1]) / 2]);
  close(await list(align(last, last, 0.5)), [0]);
  // Rows alone give a number, stacks of stacks one for each.
  const [p4, q4] = [some(2, 2, 3, 4), some(2, 2, 3, 4)];
  const each = [0, 1].flatMap((i) =>
    [0, 1].map((j) => align(p4.gather(i).gather(j), q4.gather(i).gather(j), 0.5)),
  );
  for (const one of each) expect(one.shape).toEqual([]);
  close(await list(align(p4, q4, 0.5)), await list(tf.stack(each)));
});

test('the four losses are of both layers, whole and cut', async () => {
  const [last, early] = [some(2, 6, 4), some(2, 6, 4)];
  const found = fourLosses(last, early, 2, 0.3);
  expect(found.shape).toEqual([4, 2]);
  const halves = (x: tf.Tensor) => tf.split(x, 2, 1);
  const expected: number[] = [];
  for (const x of [last, cut(last, 2), early, cut(early, 2)]) {
    const [a, b] = halves(x);
    expected.push(...(await list(contrastive(a, b, 0.3))));
  }
  close(await list(found), expected);
});

test('formula (6)', () => {
  expect(cost(1, 48, 32)).toBe(1536);
  expect(cost(4, 48, 32)).toBe(1536 + 3 * 1024);
});
