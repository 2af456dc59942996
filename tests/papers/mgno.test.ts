import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  chain,
  circular,
  classical,
  type Grid,
  greens,
  prolongation,
  restriction,
  unstack,
  vCycle,
  zero,
} from '../../content/papers/mgno/mechanism.ts';

type T = tf.Tensor4D;
/** Points first, channels last: field[point][channel]. */
type Field = number[][];
/** kernel[tap][in][out]. */
type Kernel = number[][][];

const seeded = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 0.5, 'float32', seed) as tf.Tensor;
const kernelOf = (taps: number[]) => tf.tensor4d(taps, [1, 3, 1, 1]);
const row = (values: number[]) => tf.tensor4d(values, [1, 1, values.length, 1]);
const listOf = (x: tf.Tensor) => Array.from(x.dataSync());
const largestOf = (x: tf.Tensor) => x.abs().max().arraySync() as number;
const fieldOf = (x: tf.Tensor) => (x.arraySync() as number[][][][])[0][0];
const plain = (kernel: tf.Tensor) => (kernel.arraySync() as number[][][][])[0] as Kernel;

/** What the operator makes of the unit sources: row y, column x. */
const matrixOf = (apply: (source: T) => T, n: number) =>
  apply(tf.eye(n).reshape([n, 1, n, 1]) as T).reshape([n, n]) as tf.Tensor2D;

// The same formulas as loops over numbers, written apart from the mechanism.
const channels = (count: number) => Array.from({ length: count }, () => 0);
function convolve(x: Field, kernel: Kernel, around = false): Field {
  return x.map((_, i) => {
    const out = channels(kernel[0][0].length);
    for (let tap = 0; tap < 3; tap++) {
      const j = i + tap - 1;
      const seen = around ? x[(j + x.length) % x.length] : x[j];
      seen?.forEach((value, from) => {
        kernel[tap][from].forEach((weight, to) => {
          out[to] += weight * value;
        });
      });
    }
    return out;
  });
}
const subtract = (a: Field, b: Field) => a.map((line, i) => line.map((v, c) => v - b[i][c]));
const plus = (a: Field, b: Field) => a.map((line, i) => line.map((v, c) => v + b[i][c]));
const everySecond = (x: Field) => x.filter((_, i) => i % 2 === 1);
/** Zeros between the points, then the mirrored convolution; tap[to][from] as in a transposed kernel. */
function spread(u: Field, kernel: Kernel): Field {
  const fine = Array.from({ length: 2 * u.length + 1 }, () => channels(kernel[0].length));
  u.forEach((line, m) => {
    for (let tap = 0; tap < 3; tap++)
      line.forEach((value, from) => {
        kernel[tap].forEach((weights, to) => {
          fine[2 * m + tap][to] += weights[from] * value;
        });
      });
  });
  return fine;
}
function reference(grids: Grid[], f: Field, around = false): Field {
  const [S, A, after] = [grids[0].smooth, grids[0].operator, grids[0].postSmooth].map(plain);
  let u = convolve(f, S, around);
  if (grids.length > 1) {
    const r = subtract(f, convolve(u, A, around));
    const below = everySecond(convolve(r, plain(grids[0].restrict!)));
    u = plus(u, spread(reference(grids.slice(1), below, around), plain(grids[0].prolong!)));
  }
  return plus(u, convolve(subtract(f, convolve(u, A, around)), after, around));
}

const randomGrids = (J: number, C: number): Grid[] =>
  Array.from({ length: J }, (_, l) => ({
    smooth: seeded([1, 3, 1, C], 10 * l + 1) as T,
    operator: seeded([1, 3, C, 1], 10 * l + 2) as T,
    postSmooth: seeded([1, 3, 1, C], 10 * l + 3) as T,
    ...(l < J - 1 && {
      restrict: seeded([1, 3, 1, 1], 10 * l + 4) as T,
      prolong: seeded([1, 3, C, C], 10 * l + 5) as T,
    }),
  }));

describe('convolutions and their ends', () => {
  test('taps read left, here, right; zeros lie beyond the ends', () => {
    const x = row([1, 2, 3, 4, 5]);
    expect(listOf(zero(x, kernelOf([0, 0, 1])))).toEqual([2, 3, 4, 5, 0]);
    expect(listOf(zero(x, kernelOf([1, 0, 0])))).toEqual([0, 1, 2, 3, 4]);
    expect(listOf(zero(x, kernelOf([-1, 2, -1])))).toEqual([0, 0, 0, 0, 6]);
  });

  test('on a circle each end sees the other, and shifts commute', () => {
    const x = row([1, 2, 3, 4, 5]);
    expect(listOf(circular(x, kernelOf([0, 0, 1])))).toEqual([2, 3, 4, 5, 1]);
    expect(listOf(circular(x, kernelOf([1, 0, 0])))).toEqual([5, 1, 2, 3, 4]);
    const kernel = kernelOf([0.3, -1, 2]);
    const before = listOf(circular(row([2, 3, 4, 5, 1]), kernel));
    const after = listOf(circular(x, kernel));
    expect(before).toEqual([...after.slice(1), after[0]]);
  });

  test('both agree with loops, several channels', () => {
    const x = seeded([1, 1, 7, 2], 3) as T;
    const kernel = seeded([1, 3, 2, 3], 4) as T;
    for (const [conv, around] of [
      [zero, false],
      [circular, true],
    ] as const) {
      const expected = tf.tensor(convolve(fieldOf(x), plain(kernel), around));
      expect(largestOf(conv(x, kernel).reshape([7, 3]).sub(expected))).toBeLessThan(1e-5);
    }
  });

  test('fields in a batch, and rows of one, do not touch each other', () => {
    const [a, b] = [row([1, 2, 3]), row([10, 20, 30])];
    const kernel = kernelOf([1, 0, 0]);
    expect(listOf(circular(tf.concat([a, b], 0), kernel))).toEqual([3, 1, 2, 30, 10, 20]);
    expect(listOf(circular(tf.concat([a, b], 1), kernel))).toEqual([3, 1, 2, 30, 10, 20]);
  });

  test('a circle of one point is that point three times', () => {
    expect(listOf(circular(row([2]), kernelOf([1, 10, 100])))).toEqual([222]);
  });
});

describe('between the grids, formulas (3) and (4)', () => {
  test('the way down centres its taps on every second point', () => {
    const r = row([1, 10, 100, 1000, 10_000, 7, 3]);
    expect(listOf(restriction(r, kernelOf([0, 1, 0])))).toEqual([10, 1000, 7]);
    expect(listOf(restriction(r, kernelOf([1, 0, 0])))).toEqual([1, 100, 10_000]);
    expect(listOf(restriction(r, kernelOf([0, 0, 1])))).toEqual([100, 10_000, 3]);
  });

  test('the way up with ½ 1 ½ interpolates, and ends at zero', () => {
    const up = prolongation(row([2, 4, 8]), kernelOf([0.5, 1, 0.5]));
    expect(listOf(up)).toEqual([1, 2, 3, 4, 6, 8, 4]);
    expect(listOf(prolongation(row([1]), kernelOf([5, 6, 7])))).toEqual([5, 6, 7]);
  });

  test('with the same kernel one is the transpose of the other', () => {
    const kernel = seeded([1, 3, 1, 1], 5) as T;
    const [fine, coarse] = [seeded([1, 1, 15, 1], 6) as T, seeded([1, 1, 7, 1], 7) as T];
    const down = restriction(fine, kernel).mul(coarse).sum().arraySync() as number;
    const up = prolongation(coarse, kernel).mul(fine).sum().arraySync() as number;
    expect(down).toBeCloseTo(up, 5);
  });

  test('the kernel of the way up is [tap, to, from]', () => {
    const kernel = seeded([1, 3, 2, 2], 8) as T;
    const u = seeded([1, 1, 7, 2], 9) as T;
    const expected = tf.tensor(spread(fieldOf(u), plain(kernel)));
    expect(largestOf(prolongation(u, kernel).reshape([15, 2]).sub(expected))).toBeLessThan(1e-5);
  });
});

describe('the V-cycle, formulas (2) to (5)', () => {
  test('one grid: S f + Ŝ (f − A S f)', () => {
    const scale = (factor: number) => kernelOf([0, factor, 0]);
    const grid = { smooth: scale(3), operator: scale(5), postSmooth: scale(7) };
    // 3 f + 7 (1 − 15) f
    expect(listOf(vCycle([grid], row([1, 2]), zero))).toEqual([-95, -190]);
  });

  test('agrees with loops on four grids, two channels, both paddings', () => {
    const grids = randomGrids(4, 2);
    const f = seeded([1, 1, 15, 1], 77) as T;
    for (const [conv, around] of [
      [zero, false],
      [circular, true],
    ] as const) {
      const expected = tf.tensor(reference(grids, fieldOf(f), around));
      const found = vCycle(grids, f, conv).reshape([15, 2]);
      expect(largestOf(found.sub(expected)) / largestOf(expected)).toBeLessThan(1e-5);
    }
  });

  test('is linear, and treats a batch one by one', () => {
    const grids = randomGrids(3, 2);
    const [f, g] = [seeded([2, 1, 7, 1], 1) as T, seeded([2, 1, 7, 1], 2) as T];
    const W = (x: tf.Tensor) => vCycle(grids, x as T, zero);
    const joint = W(f.mul(2).sub(g.mul(3)));
    expect(largestOf(joint.sub(W(f).mul(2)).add(W(g).mul(3)))).toBeLessThan(1e-4 * largestOf(joint));
    expect(largestOf(W(f.slice([1], [1])).sub(W(f).slice([1], [1])))).toBeLessThan(1e-5);
  });

  test('one grid reaches three points each way, four grids reach everything', () => {
    const grids = randomGrids(4, 1);
    const reached = (J: number) => {
      const centre = row(Array.from({ length: 15 }, (_, i) => (i === 7 ? 1 : 0)));
      return listOf(vCycle(grids.slice(0, J), centre, zero)).filter((u) => u !== 0).length;
    };
    // S, A and Ŝ reach one point each: seven in all.
    expect(reached(1)).toBe(7);
    expect(reached(4)).toBe(15);
  });

  test('kernels stacked over grids come apart finest first', () => {
    const stack = (shape: number[]) => tf.range(0, shape[0]).reshape([-1, 1, 1, 1, 1]).mul(tf.ones(shape));
    const grids = unstack({
      smooth: stack([3, 1, 3, 1, 2]),
      operator: stack([3, 1, 3, 2, 1]).add(10),
      postSmooth: stack([3, 1, 3, 1, 2]).add(20),
      restrict: stack([2, 1, 3, 1, 1]).add(30),
      prolong: stack([2, 1, 3, 2, 2]).add(40),
    });
    const first = (x?: tf.Tensor) => x && listOf(x)[0];
    expect(grids.map((g) => [g.smooth, g.operator, g.postSmooth].map(first))).toEqual([
      [0, 10, 20],
      [1, 11, 21],
      [2, 12, 22],
    ]);
    expect(grids.map((g) => [first(g.restrict), first(g.prolong)])).toEqual([
      [30, 40],
      [31, 41],
      [undefined, undefined],
    ]);
    expect(grids[0].operator.shape).toEqual([1, 3, 2, 1]);
    const single = unstack({
      smooth: stack([1, 1, 3, 1, 2]),
      operator: stack([1, 1, 3, 2, 1]),
      postSmooth: stack([1, 1, 3, 1, 2]),
    });
    expect(single).toHaveLength(1);
    expect(single[0].restrict).toBeUndefined();
  });

  test('numbers with two channels and five grids: 150, and a readout of two', () => {
    const sizes = randomGrids(5, 2).flatMap((grid) => Object.values(grid).map((k: tf.Tensor) => k.size));
    const [J, C] = [5, 2];
    expect(sizes.reduce((a, b) => a + b)).toBe(9 * C * J + 3 * (1 + C * C) * (J - 1));
    expect(sizes.reduce((a, b) => a + b)).toBe(150);
  });
});

describe('the textbook cycle', () => {
  /** −uᵢ₋₁ + 2uᵢ − uᵢ₊₁ as a matrix. */
  const second = (n: number) => matrixOf((x) => zero(x, kernelOf([-1, 2, -1])), n);

  test('one point: two steps of weight 2/3 leave 1/9', () => {
    expect(listOf(vCycle(classical(1), row([9]), zero))[0]).toBeCloseTo(4, 5);
    expect(listOf(vCycle(classical(1, 1), row([9]), zero))[0]).toBeCloseTo(4.5, 5);
  });

  test('one grid leaves (1 − 2ω sin²(kπh/2))² of wave k', () => {
    const n = 15;
    for (const k of [1, 4, 8, 15]) {
      const wave = row(Array.from({ length: n }, (_, i) => Math.sin((k * Math.PI * (i + 1)) / 16)));
      const grids = classical(1);
      const left = wave.sub(vCycle(grids, zero(wave, grids[0].operator), zero));
      const share = (1 - (4 / 3) * Math.sin((k * Math.PI) / 32) ** 2) ** 2;
      expect(largestOf(left.sub(wave.mul(share)))).toBeLessThan(1e-5);
    }
  });

  test('is symmetric, and converges alike on 15 and 127 points', () => {
    for (const J of [4, 7]) {
      const n = 2 ** J - 1;
      const W = matrixOf((x) => vCycle(classical(J), x, zero), n);
      expect(largestOf(W.sub(W.transpose())) / largestOf(W)).toBeLessThan(1e-5);
      let u = tf.zeros([1, n]) as tf.Tensor2D;
      const f = seeded([1, n], 4);
      for (let i = 0; i < 12; i++) u = u.add(tf.matMul(f.sub(tf.matMul(u, second(n))) as tf.Tensor2D, W));
      const x = tf.range(1, n + 1).div(n + 1);
      const exact = tf.matMul(f as tf.Tensor2D, greens(x).mul(n + 1) as tf.Tensor2D);
      expect(largestOf(u.sub(exact)) / largestOf(exact)).toBeLessThan(1e-4);
    }
  });
});

describe('what it is compared with', () => {
  test('G (n + 1) inverts the second difference, formula (6)', () => {
    const n = 31;
    const x = tf.range(1, n + 1).div(n + 1);
    const G = greens(x).mul(n + 1) as tf.Tensor2D;
    const A = matrixOf((f) => zero(f, kernelOf([-1, 2, -1])), n);
    expect(largestOf(tf.matMul(A, G).sub(tf.eye(n)))).toBeLessThan(1e-4);
    const [low, high] = [0.25, 0.5];
    expect(listOf(greens(tf.tensor1d([low, high])))).toEqual([0.1875, 0.125, 0.125, 0.25]);
  });

  test('a chain applies its kernels in order, one point further each', () => {
    const kernels = [kernelOf([0, 0, 1]), kernelOf([2, 0, 0]), kernelOf([0, 0, 3])];
    expect(listOf(chain(kernels, row([1, 2, 3, 4])))).toEqual([12, 18, 24, 0]);
    const ones = Array.from({ length: 3 }, () => kernelOf([1, 1, 1]));
    const unit = row(Array.from({ length: 11 }, (_, i) => (i === 5 ? 1 : 0)));
    expect(listOf(chain(ones, unit))).toEqual([0, 0, 1, 3, 6, 7, 6, 3, 1, 0, 0]);
  });
});
