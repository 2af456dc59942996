import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  binsOf,
  codesOf,
  entropyBits,
  informationOf,
  layersOf,
  signalToNoise,
} from '../../content/papers/information-plane/mechanism.ts';

const seeded = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const flat = (x: tf.Tensor) => Array.from(x.dataSync());
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);
const code = (x: tf.Tensor) => codesOf(flat(x), x.shape[1]!);

describe('layers, formula (1)', () => {
  const x = seeded([5, 3], 1);
  const layers = [4, 2, 3].map((out, l) => ({
    w: seeded([[3, 4, 2][l], out], 10 + l),
    b: seeded([1, out], 20 + l),
  }));

  test('apply f to all but the last', () => {
    const found = layersOf(x, layers, tf.tanh);
    const one = tf.tanh(x.matMul(layers[0].w as tf.Tensor2D).add(layers[0].b));
    const two = tf.tanh(one.matMul(layers[1].w as tf.Tensor2D).add(layers[1].b));
    const out = two.matMul(layers[2].w as tf.Tensor2D).add(layers[2].b);
    expect(found).toHaveLength(3);
    for (const [l, expected] of [one, two, out].entries())
      for (const [i, value] of flat(found[l]).entries()) expect(value).toBeCloseTo(flat(expected)[i], 5);
  });

  test('use the f that is given', () => {
    const found = layersOf(x, layers, tf.relu);
    expect(Math.min(...flat(found[0]))).toBe(0);
    expect(Math.min(...flat(found[2]))).toBeLessThan(0);
  });
});

describe('bins', () => {
  test('are equal ones on [−range, range], the ends included', () => {
    const t = tf.tensor1d([-1, -0.99, -0.51, -0.49, 0, 0.49, 0.51, 0.99, 1]);
    expect(flat(binsOf(t, 4, 1))).toEqual([0, 0, 0, 1, 2, 2, 3, 3, 3]);
    expect(flat(binsOf(t.mul(3), 4, 3))).toEqual([0, 0, 0, 1, 2, 2, 3, 3, 3]);
    expect(flat(binsOf(t.mul(3), 4, tf.fill([9], 3)))).toEqual([0, 0, 0, 1, 2, 2, 3, 3, 3]);
  });

  test('hold what lies beyond in the first and the last', () => {
    expect(flat(binsOf(tf.tensor1d([-7, 7]), 30, 1))).toEqual([0, 29]);
  });

  test('get equal shares of numbers that are spread evenly', () => {
    const counts = Array(5).fill(0);
    for (const bin of flat(binsOf(tf.linspace(-0.9999, 0.9999, 1000), 5, 1))) counts[bin]++;
    expect(counts).toEqual([200, 200, 200, 200, 200]);
  });
});

describe('codes', () => {
  test('are equal for equal rows only: all tuples of two units, and of twelve', () => {
    const two = upTo(480 * 480).flatMap((i) => [Math.floor(i / 480), i % 480]);
    expect(new Set(codesOf(two, 2)).size).toBe(480 * 480);
    const twelve = upTo(4096).flatMap((i) => upTo(12).map((j) => (i >> j) & 1));
    expect(new Set(codesOf(twelve, 12)).size).toBe(4096);
    expect(new Set(codesOf([...twelve, ...twelve], 12)).size).toBe(4096);
  });

  test('tell the order of the units', () => {
    const [a, b, c] = codesOf([1, 2, 0, 2, 1, 0, 1, 2, 0], 3);
    expect(a).not.toBe(b);
    expect(a).toBe(c);
  });

  test('are linear: a row of ones gives the sum of the roots', () => {
    expect(codesOf([1, 1, 1, 2, 2, 2], 3)).toHaveLength(2);
    expect(codesOf([1, 1, 1], 3)[0]).toBeCloseTo(Math.SQRT2 + Math.sqrt(3) + Math.sqrt(5), 12);
  });
});

describe('entropy, formula (2)', () => {
  test('is log₂ n for n different codes, and 0 for one', () => {
    expect(entropyBits(upTo(4096))).toBeCloseTo(12, 9);
    expect(entropyBits(Array(50).fill(3))).toBe(0);
    expect(entropyBits([7])).toBe(0);
  });

  test('is that of the shares, in any order', () => {
    expect(entropyBits([5, 1, 5, 9, 5, 1, 5, 9])).toBeCloseTo(1.5, 12);
    expect(entropyBits([10, 9, 10, 10])).toBeCloseTo(-0.75 * Math.log2(0.75) + 0.5, 12);
  });
});

describe('information, formula (3)', () => {
  const labels = upTo(4096).map((i) => i % 2);

  test('of a copy of the input is 12 and 1, of a constant 0 and 0, of the label 1 and 1', () => {
    const close = (codes: number[], x: number, y: number) => {
      const { infoInput, infoLabel } = informationOf(codes, labels);
      expect(infoInput).toBeCloseTo(x, 9);
      expect(infoLabel).toBeCloseTo(y, 9);
    };
    close(upTo(4096), 12, 1);
    close(Array(4096).fill(1), 0, 0);
    close(labels, 1, 1);
    close(
      upTo(4096).map((i) => i >> 1),
      11,
      0,
    );
  });

  test('about uneven labels is H(T) + H(Y) − H(T, Y)', () => {
    const t = [0, 0, 1, 1, 1, 2, 2, 2, 2, 3];
    const y = [0, 1, 1, 1, 1, 0, 0, 2, 2, 0];
    const joint = t.map((code, i) => 10 * code + y[i]);
    const { infoInput, infoLabel } = informationOf(t, y);
    expect(infoInput).toBe(entropyBits(t));
    expect(infoLabel).toBeCloseTo(entropyBits(t) + entropyBits(y) - entropyBits(joint), 12);
  });

  test('about the label is at least 0, at most H(Y) and at most I(X;T)', () => {
    for (let seed = 1; seed < 30; seed++) {
      const t = tf.tanh(seeded([512, 2], seed).mul(seed / 10));
      const y = flat(seeded([512, 1], 100 + seed)).map((value) => (value > 0.3 ? 1 : 0));
      const { infoInput, infoLabel } = informationOf(code(binsOf(t, 5, 1)), y);
      expect(infoLabel).toBeGreaterThanOrEqual(-1e-9);
      expect(infoLabel).toBeLessThanOrEqual(Math.min(entropyBits(y), infoInput) + 1e-9);
    }
  });

  test('never falls when each bin is divided', () => {
    const t = tf.tanh(seeded([512, 3], 7).mul(2));
    const y = Array(512).fill(0);
    const bits = [5, 30, 480, 7680].map((m) => informationOf(code(binsOf(t, m, 1)), y).infoInput);
    expect(bits).toEqual([...bits].sort((a, b) => a - b));
    expect(bits[0]).toBeLessThan(bits[1] - 0.5);
    expect(bits[3]).toBeCloseTo(9, 6);
  });

  test('of ReLU in bins that reach as far as they do does not depend on scale', () => {
    const z = tf.relu(seeded([512, 3], 8));
    const bits = (t: tf.Tensor) => entropyBits(code(binsOf(t, 30, t.max())));
    expect(bits(z.mul(16))).toBe(bits(z));
  });
});

describe('signal to noise, formula (5)', () => {
  test('is the norm of the mean over the norm of the deviation, for each net', () => {
    // Two batches, one row; net 0 has the first two columns, net 1 the others.
    const gradients = tf.tensor3d([[[3, 1, 0, 5]], [[1, 1, 2, 5]]]);
    const [first, second] = flat(signalToNoise(gradients, 2));
    expect(first).toBeCloseTo(Math.sqrt(4 + 1) / 1, 5);
    expect(second).toBeCloseTo(Math.sqrt(1 + 25) / 1, 5);
  });

  test('adds all rows, ignores scale, and is 1/√(n − 1) for n batches of noise', () => {
    const noise = seeded([5, 200, 600], 3);
    for (const value of flat(signalToNoise(noise, 3))) expect(value).toBeCloseTo(1 / 2, 1);
    const [one] = flat(signalToNoise(noise, 1));
    expect(flat(signalToNoise(noise.mul(1e-3), 1))[0]).toBeCloseTo(one, 4);
  });

  test('of gradients that never differ is large, and of none at all 0', () => {
    expect(flat(signalToNoise(tf.ones([4, 2, 2]), 1))[0]).toBeGreaterThan(1e6);
    expect(flat(signalToNoise(tf.zeros([4, 2, 2]), 1))).toEqual([0]);
  });
});
