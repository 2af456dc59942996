import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  analyse,
  attention,
  convolve,
  type Field,
  interpolate,
  kernel,
  kernelBasis,
  network,
  sample,
  spline,
  sum,
  taps,
} from '../../content/papers/function-space-operators/mechanism.ts';
import { closeTo } from './numbers.ts';

const listOf = async (x: tf.Tensor) => Array.from(await x.data());
const close = closeTo(5);
const seeded = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const rowOf = (values: number[]) => tf.tensor4d(values, [1, 1, values.length, 1]);
const filter = (values: number[]) => tf.tensor4d(values, [1, values.length, 1, 1]);
/** A sum of waves on n points of a circle as long as `length`. */
const wave = (n: number, length = 1) =>
  rowOf(
    Array.from({ length: n }, (_, i) => {
      const turn = (2 * Math.PI * i) / n / length;
      return Math.sin(turn) + 0.5 * Math.cos(2 * turn + 1) - 0.2 * Math.sin(3 * turn);
    }),
  );
const [support, M, trained] = [6 / 32, 9, 32];
const weights = {
  kernelCoef1: seeded([M, 4], 1),
  bias: seeded([4], 2),
  kernelCoef2: seeded([4, M], 3),
};
const run = (field: Field, reading: typeof kernel) => {
  const n = field.shape[2];
  const basis = sample(support, M, reading(n, trained));
  return network(analyse(field, basis), basis, weights, n);
};
const distance = async (a: tf.Tensor, b: tf.Tensor) => (await listOf(a.sub(b).norm().div(b.norm())))[0];

test('the spline is 2/3 in the middle, 1/6 beside it, 1/48 between 1 and 2, nothing from 2 on', async () => {
  close(await listOf(spline(tf.tensor1d([0, 1, -1, 1.5, -1.5, 2, -2, 3, 0.5]))), [
    2 / 3,
    1 / 6,
    1 / 6,
    1 / 48,
    1 / 48,
    0,
    0,
    0,
    23 / 48,
  ]);
});

test('shifted splines add up to one, and each has the integral one', async () => {
  const t = tf.linspace(-0.5, 0.5, 7);
  const all = [-3, -2, -1, 0, 1, 2, 3].map((by) => spline(t.add(by)));
  close(await listOf(tf.addN(all)), Array(7).fill(1));
  const mass = spline(tf.range(-300, 301).div(100)).sum().div(100);
  close(await listOf(mass), [1], 4);
});

test('bumps of integral one stand side by side, the outer ones ending at −S and S', async () => {
  const [half, count] = [0.25, 5];
  const spacing = 0.5 / 8;
  const z = tf.linspace(-0.5, 0.5, 2001);
  const bumps = kernelBasis(z, half, count);
  expect(bumps.shape).toEqual([2001, count]);
  close(await listOf(bumps.sum(0).div(2000)), Array(count).fill(1), 3);
  const centres = bumps.mul(z.expandDims(1)).sum(0).div(2000);
  close(
    await listOf(centres),
    [-2, -1, 0, 1, 2].map((k) => k * spacing),
  );
  const edges = kernelBasis(tf.tensor1d([-half, half, -half + 0.01, half - 0.01]), half, count);
  const seen = (await edges.array()) as number[][];
  expect(Math.max(...seen[0], ...seen[1])).toBeLessThan(1e-5);
  expect(seen[2][0]).toBeGreaterThan(0.01);
  expect(seen[3][count - 1]).toBeGreaterThan(0.01);
});

test('the three readings: spacing and weight', () => {
  expect(kernel(128, 32)).toEqual({ h: 1 / 128, quadWeight: 1 / 128 });
  expect(taps(128, 32)).toEqual({ h: 1 / 32, quadWeight: 1 / 32 });
  expect(sum(128, 32)).toEqual({ h: 1 / 128, quadWeight: 1 / 32 });
});

test('with the spacing of the grid a bump is 1/6, 2/3, 1/6 of a tap, and tap r weighs κ(−rh)', async () => {
  const found = (await sample(support, M, kernel(32, 32)).array()) as number[][];
  expect(found).toHaveLength(13);
  // The first bump lies at z = −4/32: its tap is r = 4, the eleventh of −6 … 6.
  close(
    found.map((row) => row[0]),
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 1 / 6, 2 / 3, 1 / 6, 0],
  );
  expect(sample(support, M, kernel(64, 32)).shape).toEqual([25, M]);
  expect(sample(support, M, taps(64, 32)).shape).toEqual([13, M]);
});

test('the taps of a bump add up to its integral on every grid, without Δ to n/n₀ times as much', async () => {
  for (const n of [32, 64, 128]) {
    close(await listOf(sample(support, M, kernel(n, 32)).sum(0)), Array(M).fill(1), 4);
    close(await listOf(sample(support, M, sum(n, 32)).sum(0)), Array(M).fill(n / 32), 4);
  }
});

test('convolve is Σ wᵣ u(x + rh) around the circle', async () => {
  close(await listOf(convolve(rowOf([1, 2, 4, 8, 16]), filter([1, 10, 100]))), [
    16 + 10 + 200,
    1 + 20 + 400,
    2 + 40 + 800,
    4 + 80 + 1600,
    8 + 160 + 100,
  ]);
});

test('convolve keeps functions and channels apart', async () => {
  const fields = seeded([3, 1, 6, 2], 4) as Field;
  const w = seeded([1, 5, 2, 3], 5) as Field;
  const u = (await fields.array()) as number[][][][];
  const k = (await w.array()) as number[][][][];
  const found = (await convolve(fields, w).array()) as number[][][][];
  for (const [b, field] of u.entries())
    for (let x = 0; x < 6; x++)
      for (let out = 0; out < 3; out++) {
        let expected = 0;
        for (let r = -2; r <= 2; r++)
          for (const c of [0, 1]) expected += k[0][r + 2][c][out] * field[0][(x + r + 6) % 6][c];
        expect(found[b][0][x][out]).toBeCloseTo(expected, 4);
      }
});

test('a bump sees ∫ φ(x − y) u(y) dy: a wave shifted by its place and damped by sinc⁴', async () => {
  const n = 256;
  const cosine = Array.from({ length: n }, (_, i) => Math.cos((2 * Math.PI * 3 * i) / n));
  const basis = sample(support, M, kernel(n, 32));
  const seen = (await analyse(rowOf(cosine), basis).array()) as number[][];
  const half = (Math.PI * 3) / 32;
  const damped = (Math.sin(half) / half) ** 4;
  for (const i of [0, 5, 77])
    for (const m of [0, 3, 8]) {
      const from = i / n - (m - 4) / 32;
      expect(seen[i][m]).toBeCloseTo(damped * Math.cos(2 * Math.PI * 3 * from), 4);
    }
});

test('analysed fields keep their order', async () => {
  const fields = seeded([2, 1, 32, 1], 6) as Field;
  const basis = sample(support, M, kernel(32, 32));
  const second = fields.slice([1], [1]) as Field;
  close(await listOf(analyse(fields, basis).slice([32], [32])), await listOf(analyse(second, basis)));
});

test('the network agrees with formula (3) written as loops', async () => {
  const field = seeded([1, 1, 32, 1], 7) as Field;
  const u = await listOf(field);
  const basis = (await sample(support, M, kernel(32, 32)).array()) as number[][];
  const [k1, k2] = (await Promise.all([
    weights.kernelCoef1.array(),
    weights.kernelCoef2.array(),
  ])) as number[][][];
  const bias = await listOf(weights.bias);
  const around = (i: number) => (i + 32) % 32;
  const hidden = u.map((_, x) =>
    bias.map((b, c) => {
      let z = b;
      for (let r = -6; r <= 6; r++)
        for (let m = 0; m < M; m++) z += basis[r + 6][m] * k1[m][c] * u[around(x + r)];
      return z / (1 + Math.exp(-1.702 * z));
    }),
  );
  const expected = u.map((_, x) => {
    let v = 0;
    for (let r = -6; r <= 6; r++)
      for (let m = 0; m < M; m++)
        for (const c of [0, 1, 2, 3]) v += basis[r + 6][m] * k2[c][m] * hidden[around(x + r)][c];
    return v;
  });
  close(await listOf(run(field, kernel)), expected, 3);
});

test('on the grid of training all three readings are one network', async () => {
  const one = await listOf(run(wave(32), kernel));
  close(await listOf(run(wave(32), taps)), one);
  close(await listOf(run(wave(32), sum)), one);
});

test('as a kernel the network tends to one operator, as taps it does not', async () => {
  const fine = run(wave(512), kernel);
  const at = (n: number) => fine.reshape([n, -1]).slice([0, 0], [-1, 1]).reshape([1, 1, n, 1]);
  expect(await distance(run(wave(64), kernel), at(64))).toBeLessThan(2e-3);
  expect(await distance(run(wave(64), taps), at(64))).toBeGreaterThan(0.1);
  expect(await distance(run(wave(64), sum), at(64))).toBeGreaterThan(0.5);
});

test('to taps, twice the points are a circle twice as long', async () => {
  // A function of period ½ on 64 points is seen as one of period 1 on 32.
  const twice = tf.concat([wave(32), wave(32)], 2) as Field;
  const once = await listOf(run(wave(32), taps));
  close(await listOf(run(twice, taps)), [...once, ...once], 4);
});

test('attention agrees with formula (6) by hand', async () => {
  const q = tf.tensor2d([[1, 2, 0, -1]]);
  const k = tf.tensor2d([
    [1, 0, 1, 0],
    [0, 1, 0, 1],
    [2, 0, 0, 1],
  ]);
  const v = tf.tensor2d([
    [1, 5],
    [2, 6],
    [4, 7],
  ]);
  const mass = [0.5 * Math.exp(0.5), 0.3 * Math.exp(0.5), 0.2 * Math.exp(0.5)];
  const over = (values: number[]) =>
    values.reduce((all, value, i) => all + value * mass[i], 0) / mass.reduce((a, b) => a + b);
  close(await listOf(attention(q, k, v, tf.tensor1d([0.5, 0.3, 0.2]))), [over([1, 2, 4]), over([5, 6, 7])]);
  // Unequal scores, so that the scale by √d = 2 is seen.
  const steep = attention(tf.tensor2d([[4, 0, 0, 0]]), k, v, tf.tensor1d([1, 1, 1]));
  const e = [Math.exp(2), 1, Math.exp(4)];
  const all = e[0] + e[1] + e[2];
  close(await listOf(steep), [(e[0] + 2 * e[1] + 4 * e[2]) / all, (5 * e[0] + 6 * e[1] + 7 * e[2]) / all]);
});

test('a point of weight 2 is two points', async () => {
  const [q, k, v] = [seeded([3, 4], 8), seeded([5, 4], 9), seeded([5, 2], 10)];
  const twice = [0, 0, 1, 2, 3, 4];
  const doubled = attention(q, k.gather(twice), v.gather(twice), tf.ones([6]));
  const weighted = attention(q, k, v, tf.tensor1d([2, 1, 1, 1, 1]));
  close(await listOf(weighted), await listOf(doubled));
});

test('interpolation gives the points back, and waves between them', async () => {
  const coarse = wave(16);
  close(await listOf(interpolate(coarse, 16)), await listOf(coarse), 4);
  close(await listOf(interpolate(coarse, 64)), await listOf(wave(64)), 4);
  // The shortest wave of all, cos at half the points.
  const shortest = rowOf(Array.from({ length: 8 }, (_, i) => (-1) ** i));
  const between = Array.from({ length: 16 }, (_, i) => Math.cos((Math.PI * i) / 2));
  close(await listOf(interpolate(shortest, 16)), between, 4);
  // Two functions stay apart.
  const two = tf.concat([coarse, coarse.mul(-2)]) as Field;
  close(await listOf(interpolate(two, 32).slice([1], [1])), await listOf(wave(32).mul(-2)), 4);
});
