import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  affine,
  dequantize,
  dyadic,
  equaliser,
  fisherTrace,
  int,
  integerLinear,
  quantize,
  rounded,
  sensitivity,
  straightThrough,
  symmetric,
} from '../../content/papers/quantization-survey/mechanism.ts';

const seeded = (shape: number[], seed: number, min = -1, max = 1) =>
  tf.randomUniform(shape, min, max, 'float32', seed);
const largestOf = (x: tf.Tensor) => x.abs().max().arraySync() as number;
const listOf = (x: tf.Tensor) => Array.from(x.dataSync());

describe('affine grid, formula (1)', () => {
  test('two bits on [−1, 2] are the whole numbers', () => {
    const grid = affine(tf.scalar(-1), tf.scalar(2), 2);
    expect(listOf(grid.scale)).toEqual([1]);
    expect(listOf(grid.zeroPoint)).toEqual([-1]);
    const codes = quantize(tf.tensor1d([-1, 0, 0.4, 0.6, 2]), grid);
    expect(listOf(codes)).toEqual([0, 1, 1, 2, 3]);
    expect(listOf(dequantize(codes, grid))).toEqual([-1, 0, 0, 1, 2]);
  });

  test('codes stop at both ends', () => {
    const grid = affine(tf.scalar(-1), tf.scalar(2), 2);
    expect(listOf(quantize(tf.tensor1d([-9, 9]), grid))).toEqual([0, 3]);
  });

  test('zero is a code without error, wherever the range lies', () => {
    for (const [low, high] of [
      [-0.3, 1.7],
      [0, 5.1],
      [-4, 0.37],
    ]) {
      const zero = rounded(tf.scalar(0), affine(tf.scalar(low), tf.scalar(high), 4));
      expect(Math.abs(listOf(zero)[0])).toBe(0);
    }
  });

  test('the error is S/2 at most, its mean square S²/12; S with floor', () => {
    const real = seeded([20_000], 3);
    for (const bits of [2, 4, 8]) {
      const grid = affine(tf.scalar(-1), tf.scalar(1), bits);
      const scale = 2 / (2 ** bits - 1);
      const error = rounded(real, grid).sub(real);
      expect(largestOf(error) / scale).toBeLessThan(0.5001);
      const square = listOf(error.square().mean())[0];
      expect(square / (scale ** 2 / 12)).toBeCloseTo(1, 1);
      const cut = dequantize(quantize(real, grid, tf.floor), grid).sub(real);
      expect(largestOf(cut) / scale).toBeGreaterThan(0.95);
    }
  });
});

describe('symmetric grid, formula (2)', () => {
  test('b bits give 2ᵇ − 1 codes around zero', () => {
    const grid = symmetric(tf.scalar(7), 4);
    expect(listOf(grid.scale)).toEqual([1]);
    const codes = quantize(tf.tensor1d([-7, -1.6, 0, 3.2, 99]), grid);
    expect(listOf(codes)).toEqual([-7, -2, 0, 3, 7]);
    expect([grid.lowest, grid.highest]).toEqual([-7, 7]);
    expect([symmetric(tf.scalar(1), 2).lowest, symmetric(tf.scalar(1), 2).highest]).toEqual([-1, 1]);
  });

  test('a scale a channel: multiplying a channel leaves its codes', () => {
    const weights = seeded([5, 3], 7);
    const grid = (w: tf.Tensor) => symmetric(w.abs().max(0, true), 4);
    const times = weights.mul(tf.tensor2d([[16, 1, 0.25]]));
    expect(grid(weights).scale.shape).toEqual([1, 3]);
    expect(listOf(quantize(times, grid(times)))).toEqual(listOf(quantize(weights, grid(weights))));
    const one = symmetric(times.abs().max(), 4);
    expect(listOf(quantize(times, one))).not.toEqual(listOf(quantize(weights, grid(weights))));
  });
});

test('equaliser (4): both ranges become √(r⁽¹⁾r⁽²⁾), the product stays', () => {
  const into = seeded([4, 3], 11).mul(tf.tensor2d([[8, 1, 0.1]]));
  const outOf = seeded([3, 6], 13);
  const s = equaliser(into, outOf);
  expect(s.shape).toEqual([1, 3]);
  const [first, second] = [into.mul(s), outOf.div(s.transpose())];
  const ranges = into.abs().max(0).mul(outOf.abs().max(1)).sqrt();
  expect(largestOf(first.abs().max(0).sub(ranges))).toBeLessThan(1e-6);
  expect(largestOf(second.abs().max(1).sub(ranges))).toBeLessThan(1e-6);
  const apart = tf.matMul(first, second).sub(tf.matMul(into, outOf));
  expect(largestOf(apart)).toBeLessThan(1e-5);
});

test('integer layer (5) is the product of the rounded numbers', () => {
  const inputs = seeded([7, 5], 17, -0.3, 1.7);
  const weights = seeded([5, 3], 19);
  const inputGrid = affine(tf.scalar(-0.3), tf.scalar(1.7), 8);
  const weightGrid = symmetric(weights.abs().max(0, true), 8);
  const codes = [quantize(inputs, inputGrid), quantize(weights, weightGrid)];
  const sums = integerLinear(codes[0], inputGrid.zeroPoint, codes[1]);
  expect(listOf(sums)).toEqual(listOf(sums.round()));
  const simulated = tf.matMul(rounded(inputs, inputGrid), rounded(weights, weightGrid));
  const apart = sums.mul(inputGrid.scale).mul(weightGrid.scale).sub(simulated);
  expect(largestOf(apart)).toBeLessThan(1e-5);
});

test('Int on the host is that of tensors: a half goes to the even number', () => {
  const halves = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 1.4999, 2.5001, -0.2, 7];
  expect(halves.map((x) => int(x) + 0)).toEqual([-2, -2, 0, 0, 2, 2, 1, 3, 0, 7]);
  expect(halves.map((x) => int(x) + 0)).toEqual(listOf(tf.round(tf.tensor1d(halves))).map((x) => x + 0));
});

test('dyadic factor (6): fifteen bits and a shift, to 2⁻¹⁵', () => {
  for (const factor of [3.7, 1, 0.5, 0.0123, 0.00031, 0.99999]) {
    const { multiplier, shift } = dyadic(factor);
    expect(Number.isInteger(multiplier) && Number.isInteger(shift)).toBe(true);
    expect(multiplier).toBeGreaterThanOrEqual(2 ** 14);
    expect(multiplier).toBeLessThanOrEqual(2 ** 15);
    expect(Math.abs(multiplier / 2 ** shift / factor - 1)).toBeLessThanOrEqual(2 ** -15);
  }
});

describe('straight-through (7)', () => {
  const grid = affine(tf.scalar(-1), tf.scalar(2), 2);
  const real = tf.tensor1d([-1.3, -1, -0.4, 0.2, 1.7, 2, 2.2]);
  const weighted = (f: typeof rounded) => (x: tf.Tensor) =>
    f(x, grid)
      .mul(tf.tensor1d([1, 2, 3, 4, 5, 6, 7]))
      .sum();

  test('its value is the rounded number', () => {
    expect(listOf(straightThrough(real, grid))).toEqual(listOf(rounded(real, grid)));
    const affineGrid = affine(tf.scalar(-0.3), tf.scalar(1.7), 5);
    const many = seeded([500], 23, -1, 3);
    expect(listOf(straightThrough(many, affineGrid))).toEqual(listOf(rounded(many, affineGrid)));
  });

  test('its derivative is 1 from α to β and 0 outside', () => {
    expect(listOf(tf.grad(weighted(straightThrough))(real))).toEqual([0, 2, 3, 4, 5, 6, 0]);
  });

  test('the true derivative is 0 everywhere', () => {
    expect(listOf(tf.grad(weighted(rounded))(real)).every((g) => g === 0)).toBe(true);
  });

  test('with a scale a channel, each channel has its own range', () => {
    const perChannel = symmetric(tf.tensor2d([[1, 10]]), 2);
    const w = tf.tensor2d([
      [0.5, 5],
      [-2, -2],
      [0.2, 20],
    ]);
    const slope = tf.grad((x: tf.Tensor) => straightThrough(x, perChannel).sum())(w);
    expect(slope.arraySync()).toEqual([
      [1, 1],
      [0, 1],
      [1, 0],
    ]);
  });
});

test('sensitivity (8): half curvature times squared distance', () => {
  const grid = symmetric(tf.scalar(1), 2);
  const real = tf.tensor1d([0.25, -0.75, 1]);
  const omega = sensitivity(tf.tensor1d([2, 6]), real, grid);
  expect(listOf(omega)).toEqual([0.125, 0.375]);
});

describe('Fisher trace (9)', () => {
  test('of softmax regression is Σ p(1 − p) ‖a‖², its Hessian’s trace', () => {
    const input = seeded([6, 4], 29);
    const chance = tf.softmax(tf.matMul(input, seeded([4, 3], 31, -2, 2)));
    const delta = chance.expandDims(0).sub(tf.eye(3).expandDims(1));
    const exact = chance.mul(tf.sub(1, chance)).sum(1).mul(input.square().sum(1)).mean();
    expect(listOf(fisherTrace(delta, chance, input))[0]).toBeCloseTo(listOf(exact)[0], 5);
  });

  test('is the mean square of the gradients of a drawn class', () => {
    const input = seeded([4, 3], 37);
    const w = [seeded([3, 5], 41), seeded([5, 3], 43)];
    const scores = (x: tf.Tensor, first: tf.Tensor) => tf.matMul(tf.relu(tf.matMul(x, first)), w[1]);
    const chance = tf.softmax(scores(input, w[0]));
    let byHand = 0;
    for (let i = 0; i < 4; i++) {
      const x = input.slice([i], [1]);
      for (let c = 0; c < 3; c++) {
        const loss = (first: tf.Tensor) => tf.logSoftmax(scores(x, first)).slice([0, c], [1, 1]).sum();
        const p = (chance.arraySync() as number[][])[i][c];
        byHand += (p * listOf(tf.grad(loss)(w[0]).square().sum())[0]) / 4;
      }
    }
    const hidden = tf.relu(tf.matMul(input, w[0]));
    const out = chance.expandDims(0).sub(tf.eye(3).expandDims(1));
    const back = tf.matMul(out.reshape([12, 3]), w[1], false, true).reshape([3, 4, 5]);
    const delta = back.mul(hidden.greater(0).toFloat());
    expect(listOf(fisherTrace(delta, chance, input))[0]).toBeCloseTo(byHand, 5);
  });
});
