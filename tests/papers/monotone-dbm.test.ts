import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  averaged,
  capped,
  couplings,
  damped,
  marginals,
  membership,
  pooled,
  prox,
  softmax,
  uncapped,
} from '../../content/papers/monotone-dbm/mechanism.ts';
import { linalg } from '../../src/lab/linalg.ts';
import { closeTo } from './numbers.ts';

const rows = (x: tf.Tensor) => x.array() as Promise<number[][]>;
const normal = (shape: number[], seed: number, scale = 1) =>
  tf.randomNormal(shape, 0, scale, 'float32', seed) as tf.Tensor;
const close = closeTo(5);

// A node of two states, then one of three.
const seg = membership([2, 3]);
const blocks = [
  [0, 1],
  [2, 3, 4],
];
const four = tf.scalar(0.4);

test('membership says which state belongs to which node', async () => {
  expect(await rows(seg)).toEqual([
    [1, 0],
    [1, 0],
    [0, 1],
    [0, 1],
    [0, 1],
  ]);
});

test('pooled gives each state the sum of its node', async () => {
  expect(await rows(pooled(tf.tensor2d([[1, 2, 3, 4, 5]]), seg))).toEqual([[3, 3, 12, 12, 12]]);
});

test('softmax is one in each node, for large values too', async () => {
  const y = [
    [0.3, -1, 2, 0.5, 0],
    [40, 20, -30, -31, 10],
  ];
  const found = await rows(softmax(tf.tensor2d(y), seg));
  for (const [r, row] of y.entries())
    for (const block of blocks) {
      const sum = block.reduce((total, d) => total + Math.exp(row[d]), 0);
      close(
        block.map((d) => found[r][d]),
        block.map((d) => Math.exp(row[d]) / sum),
      );
    }
  // Far apart as nodes may be, nothing overflows.
  close((await rows(softmax(tf.tensor2d([[100, 99, 5, 5, 6]]), seg)))[0].slice(0, 2), [
    1 / (1 + Math.exp(-1)),
    1 / (1 + Math.E),
  ]);
});

test('two-state columns are centred and cut to length √(1 − m), exactly', async () => {
  const pairs = membership([2, 2]);
  // Centred: ±(1.5, 2), of spectral norm √2 · 2.5; and ±(0.1, 0), short already.
  const A = tf.tensor2d([
    [4, 1, 0.3, 0.1],
    [2, -2, 5, 5],
  ]);
  const cut = Math.sqrt(0.75) / (Math.SQRT2 * 2.5);
  const short = Math.sqrt(0.75);
  const found = await rows(capped(A, pairs, 0.25));
  close(found[0], [1.5 * cut, -1.5 * cut, 0.1 * short, -0.1 * short]);
  close(found[1], [2 * cut, -2 * cut, 0, 0]);
});

test('no node is longer than √(1 − m), and the cap is nearly reached', async () => {
  const mixed = membership([3, 10, 2]);
  const capOf = async (m: number) => {
    const cut = await rows(capped(normal([6, 15], 3), mixed, m));
    const starts = [0, 3, 13, 15];
    const longest = [];
    for (const i of [0, 1, 2]) {
      const part = cut.map((row) => row.slice(starts[i], starts[i + 1]));
      longest.push((await linalg.svd(part)).s[0] / Math.sqrt(1 - m));
    }
    return longest;
  };
  for (const m of [0.1, 0.6])
    for (const length of await capOf(m)) {
      expect(length).toBeLessThan(1 + 1e-5);
      expect(length).toBeGreaterThan(0.85);
    }
});

test('without the cap only the factor is left', async () => {
  close((await rows(uncapped(tf.tensor2d([[2, -4]]), seg, 0.75)))[0], [1, -2]);
});

test('couplings are −ÂᵀÂ outside of the nodes, and nothing inside', async () => {
  const A = [
    [1, -1, 2, 0, -2],
    [0.5, 3, 1, -1, 0],
  ];
  const found = await rows(couplings(tf.tensor2d(A), seg));
  for (let i = 0; i < 5; i++)
    close(
      found[i],
      A[0].map((_, j) => (i < 2 === j < 2 ? 0 : -(A[0][i] * A[0][j] + A[1][i] * A[1][j]))),
    );
});

test('no eigenvalue exceeds 1 − m, however large A; the negative ones go far', async () => {
  const many = membership(Array(12).fill(3));
  const phi = couplings(capped(normal([3, 36], 5, 10), many, 0.3), many);
  const { values } = await linalg.eigh(phi);
  expect(values[0]).toBeLessThan(0.7 + 1e-5);
  expect(values[0]).toBeGreaterThan(0.5);
  expect(values[35]).toBeLessThan(-2);
});

test('without damping the prox is the softmax', async () => {
  const y = normal([4, 5], 7, 3);
  close((await rows(prox(y, tf.scalar(1), seg, 2))).flat(), (await rows(softmax(y, seg))).flat());
});

test('the prox is stationary: α ln z + (1 − α)z − y is the same in a node, and z sums to 1', async () => {
  const y = await rows(normal([30, 5], 8));
  for (const alpha of [0.1, 0.3, 0.8]) {
    const z = await rows(prox(tf.tensor2d(y), tf.scalar(alpha), seg, 9));
    for (const [r, row] of z.entries())
      for (const block of blocks) {
        const nu = block.map((d) => alpha * Math.log(row[d]) + (1 - alpha) * row[d] - y[r][d]);
        close(
          nu.map((value) => value - nu[0]),
          block.map(() => 0),
        );
        expect(block.reduce((sum, d) => sum + row[d], 0)).toBeCloseTo(1, 5);
      }
  }
});

test('two states have the closed form 2α artanh μ + (1 − α)μ = y₁ − y₂', async () => {
  const alpha = 0.25;
  const mus = [-0.9, -0.2, 0.5, 0.97];
  const y = mus.map((mu) => [2 * alpha * Math.atanh(mu) + (1 - alpha) * mu, 0]);
  const z = await rows(prox(tf.tensor2d(y), tf.scalar(alpha), tf.ones([2, 1]), 8));
  close(
    z.map(([one, two]) => one - two),
    mus,
  );
});

test('a few rounds from the softmax are enough, and a wild start stays below 1', async () => {
  const y = normal([200, 5], 9, 0.4);
  const few = await rows(prox(y, four, seg, 4));
  const many = await rows(prox(y, four, seg, 12));
  close(few.flat(), many.flat(), 4);
  const wild = (await rows(prox(tf.tensor2d([[9, -9, 6, -6, 0]]), tf.scalar(0.05), seg, 12))).flat();
  expect(Math.max(...wild)).toBeLessThanOrEqual(1);
  close(wild, [1, 0, 1, 0, 0], 4);
});

test('each row has its own damping', async () => {
  const y = normal([2, 5], 10);
  const both = await rows(prox(y, tf.tensor2d([[0.2], [0.7]]), seg, 8));
  const [one, two] = tf.split(y, 2);
  close(both[0], (await rows(prox(one, tf.scalar(0.2), seg, 8)))[0]);
  close(both[1], (await rows(prox(two, tf.scalar(0.7), seg, 8)))[0]);
});

const bias = normal([1, 5], 11);
const phi = couplings(capped(normal([3, 5], 12, 2), seg, 0.1), seg);
const field = (q: tf.Tensor) => tf.matMul(q, phi).add(bias);

test('a damped step is the prox between q and its field', async () => {
  const q = softmax(normal([3, 5], 13), seg);
  const y = q.mul(0.6).add(field(q).mul(0.4));
  close((await rows(damped(q, field(q), four, seg, 6))).flat(), (await rows(prox(y, four, seg, 6))).flat());
});

test('a plain average stands between q and the softmax', async () => {
  const q = await rows(softmax(normal([1, 5], 13), seg));
  const next = await rows(softmax(tf.tensor2d([[1, 0, 2, 1, 0]]), seg));
  const found = await rows(averaged(tf.tensor2d(q), tf.tensor2d([[1, 0, 2, 1, 0]]), four, seg));
  close(
    found[0],
    q[0].map((value, d) => 0.6 * value + 0.4 * next[0][d]),
  );
});

test('from any start both dampings reach the one solution of q = softmax(Φq + b)', async () => {
  const start = softmax(normal([6, 5], 14, 3), seg);
  for (const step of [damped, averaged]) {
    let q: tf.Tensor = start;
    for (let i = 0; i < 60; i++) q = step(q, field(q), four, seg, 5);
    const found = await rows(q);
    for (const row of found) close(row, found[0]);
    close(found[0], (await rows(softmax(field(q), seg)))[0]);
  }
});

test('without couplings the exact marginals are the softmax of b', async () => {
  const states = tf.tensor2d(
    blocks[0].flatMap((a) =>
      blocks[1].map((c) => Array.from({ length: 5 }, (_, d) => (d === a || d === c ? 1 : 0))),
    ),
  );
  close((await rows(marginals(tf.zeros([5, 5]), bias, states)))[0], (await rows(softmax(bias, seg)))[0]);
});

test('two nodes that like to agree: exact marginals by hand', async () => {
  const states = tf.tensor2d([
    [1, 0, 1, 0],
    [1, 0, 0, 1],
    [0, 1, 1, 0],
    [0, 1, 0, 1],
  ]);
  const agree = tf.tensor2d([
    [0, 0, 1.5, 0],
    [0, 0, 0, 1.5],
    [1.5, 0, 0, 0],
    [0, 1.5, 0, 0],
  ]);
  const found = await rows(marginals(agree, tf.tensor2d([[0.5, 0, -0.2, 0]]), states));
  const weighs = [1.5 + 0.5 - 0.2, 0.5, -0.2, 1.5].map(Math.exp);
  const sum = weighs.reduce((a, b) => a + b);
  const [both, first, second] = weighs.map((w) => w / sum);
  close(found[0], [both + first, 1 - both - first, both + second, 1 - both - second]);
});
