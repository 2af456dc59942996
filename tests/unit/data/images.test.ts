import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { createData } from '../../../src/lab/data.ts';
import { assets } from './assets.ts';

const data = createData(assets);
const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const countLabels = (y: tf.Tensor) =>
  numbers(y).reduce((counts, label) => counts.with(label, counts[label] + 1), Array(10).fill(0));

/** 28 → 14 by 2×2 means, 28 → 8 by 3×3 means of the middle, with tfjs itself. */
const shrunk: Record<14 | 8, (x: tf.Tensor) => tf.Tensor> = {
  14: (x) => tf.avgPool(x as tf.Tensor4D, 2, 2, 'valid'),
  8: (x) => tf.avgPool(tf.slice(x, [0, 2, 2, 0], [-1, 24, 24, 1]) as tf.Tensor4D, 3, 3, 'valid'),
};

describe('images', () => {
  test('MNIST holds what SOURCES.md says', async () => {
    const { train, test } = await data.mnist({ size: 14 });
    expect(train.x.shape).toEqual([5000, 14, 14, 1]);
    expect(test.x.shape).toEqual([4000, 14, 14, 1]);
    expect(train.y.dtype).toBe('int32');
    // The published training set: mean 0.1307; shares of the digits between 0.0904 (5) and 0.1124 (1).
    expect(mean(numbers(train.x))).toBeCloseTo(0.1307, 2);
    const shares = countLabels(train.y).map((count) => count / 5000);
    expect(Math.min(...shares)).toBeGreaterThan(0.08);
    expect(shares.indexOf(Math.max(...shares))).toBe(1);
  });

  test('the first digit is the first of the training file, a five', async () => {
    const { train } = await data.mnist({ size: 28, train: 1, test: 0, flat: true });
    expect(numbers(train.y)).toEqual([5]);
    const rows = numbers(tf.max(train.x.reshape([28, 28]), 1));
    expect(rows.findIndex((ink) => ink > 0.5)).toBe(5);
    expect(rows.findLastIndex((ink) => ink > 0.5)).toBe(24);
  });

  test.each([
    ['mnist', 14],
    ['mnist', 8],
    ['fashionMnist', 14],
    ['fashionMnist', 8],
  ] as const)('%s at %i pixels is the pooled 28', async (name, size) => {
    const large = await data[name]({ size: 28, train: 200, test: 50 });
    const small = await data[name]({ size, train: 200, test: 50 });
    for (const part of ['train', 'test'] as const) {
      expect(numbers(small[part].y)).toEqual(numbers(large[part].y));
      const gap = tf.max(tf.abs(tf.sub(shrunk[size](large[part].x), small[part].x)));
      // Both are rounded to 63 steps.
      expect(numbers(gap)[0]).toBeLessThan(1.001 / 63);
    }
  });

  test('normalise', async () => {
    const ask = { size: 8, train: 500, test: 100, flat: true } as const;
    const unit = numbers((await data.mnist(ask)).train.x);
    const signed = numbers((await data.mnist({ ...ask, normalise: 'signed' })).train.x);
    const affine = numbers((await data.mnist({ ...ask, normalise: { minus: 0.15, times: 2 } })).train.x);
    const standard = numbers((await data.mnist({ ...ask, normalise: 'standard' })).train.x);
    expect(signed[77]).toBeCloseTo(2 * unit[77] - 1, 6);
    expect(affine[77]).toBeCloseTo(2 * (unit[77] - 0.15), 6);
    expect(mean(standard)).toBeCloseTo(0, 4);
    expect(mean(standard.map((value) => value ** 2))).toBeCloseTo(1, 4);
  });

  test('classes choose labels before counting', async () => {
    const { train, test } = await data.fashionMnist({ size: 8, classes: [3, 7], train: 100, test: 40 });
    expect(train.x.shape[0]).toBe(100);
    expect(new Set([...numbers(train.y), ...numbers(test.y)])).toEqual(new Set([3, 7]));
  });

  test('asking for more than there is names both numbers', async () => {
    await expect(data.mnist({ size: 8, train: 6000 })).rejects.toThrow('asked for 6000, there are 5000');
    await expect(data.mnist({ size: 8, classes: [1], train: 5000 })).rejects.toThrow(
      /classes 1.* there are 5\d\d$/,
    );
    await expect(data.mnist({ size: 10 as 8 })).rejects.toThrow('size 10');
  });

  test('no tensor is left beside those handed out', async () => {
    const before = tf.memory().numTensors;
    const { train, test } = await data.mnist({ size: 8, train: 10, test: 10, normalise: 'standard' });
    expect(tf.memory().numTensors - before).toBe(4);
    tf.dispose([train, test]);
  });
});
