import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  accumulatedLoss,
  cutTo,
  largestWithin,
  type Net,
  numParameters,
  prefix,
  readOut,
  states,
  subModel,
} from '../../content/papers/sortednet/mechanism.ts';

const seeded = (shape: number[], seed: number, std = 1) => tf.randomNormal(shape, 0, std, 'float32', seed);
const largest = (x: tf.Tensor) => x.abs().max().arraySync() as number;
const [pixels, units, numBlocks] = [7, 6, 3];
const networks = (count: number): Net => ({
  stem: seeded([count, pixels, units], 1, 0.5),
  blocks: seeded([count, numBlocks, units, units], 2, 0.5),
  head: seeded([count, units, 10], 3),
});
const inOrder = tf.range(0, units).expandDims(0);
const sized = (width: number[], depth: number[], places: tf.Tensor = inOrder) =>
  subModel(places, tf.tensor1d(width), tf.tensor1d(depth), numBlocks);

describe('sub-models, formula (1)', () => {
  test('a prefix is the first k in the order of the places', () => {
    expect(prefix(tf.tensor1d([0, 1, 2, 3]), tf.scalar(2)).arraySync()).toEqual([1, 1, 0, 0]);
    expect(prefix(tf.tensor1d([3, 0, 2, 1]), tf.scalar(2)).arraySync()).toEqual([0, 1, 0, 1]);
  });

  test('width and depth intersect: the stem always, then d blocks, k units each', () => {
    const on = [1, 1, 0, 0, 0, 0];
    const off = [0, 0, 0, 0, 0, 0];
    const masks = sized([2, 6], [1, 0]).arraySync() as number[][][];
    expect(masks).toHaveLength(numBlocks + 1);
    expect(masks.map((stage) => stage[0])).toEqual([on, on, off, off]);
    expect(masks.map((stage) => stage[1])).toEqual([[1, 1, 1, 1, 1, 1], off, off, off]);
  });

  test('a smaller one lies inside every larger one', () => {
    const [small, large] = [sized([2], [1]), sized([4], [2])];
    expect(largest(small.mul(large).sub(small))).toBe(0);
    expect(largest(small.mul(large).sub(large))).toBe(1);
  });
});

describe('the network, formula (4)', () => {
  test('agrees with a calculator: one unit, one block', () => {
    const one: Net = {
      stem: tf.tensor3d([[[2]]]),
      blocks: tf.tensor4d([[[[-3]]]]),
      head: tf.tensor3d([[[5]]]),
    };
    const of = (x: number, net = one) =>
      states(tf.tensor3d([[[x]]]), net).map((h) => readOut(h, net).arraySync());
    // h0 = relu(2x); its block gives relu(-3 h0) = 0.
    expect(of(1.5)).toEqual([[[[15]]], [[[15]]]]);
    expect(of(-1)).toEqual([[[[0]]], [[[0]]]]);
    expect(of(1.5, { ...one, blocks: tf.tensor4d([[[[3]]]]) })).toEqual([[[[15]]], [[[60]]]]);
  });

  test('masked in the whole is cut out of it, for every width and depth', () => {
    const net = networks(2);
    const x = seeded([2, 4, pixels], 5);
    for (const width of [1, 3, 6])
      for (const depth of [0, 1, 3]) {
        const masks = sized([width], [depth]).expandDims(2).tile([1, 2, 4, 1]);
        const masked = readOut(states(x, net, masks).at(-1)!, net);
        const small = cutTo(net, width);
        expect(small.stem.shape).toEqual([2, pixels, width]);
        expect(small.blocks.shape).toEqual([2, numBlocks, width, width]);
        const cut = readOut(states(x, small)[depth], small);
        expect(largest(cut)).toBeGreaterThan(0.1);
        expect(largest(masked.sub(cut))).toBeLessThan(1e-5);
      }
  });

  test('no gradient reaches what a sub-model leaves out', () => {
    const net = networks(1);
    const masks = sized([2], [1]).expandDims(2).tile([1, 1, 4, 1]);
    const x = seeded([1, 4, pixels], 7);
    const slope = tf.grad((blocks: tf.Tensor) =>
      readOut(states(x, { ...net, blocks }, masks).at(-1)!, net)
        .square()
        .sum(),
    )(net.blocks);
    const inside = slope.slice([0, 0, 0, 0], [1, 1, 2, 2]);
    expect(largest(inside)).toBeGreaterThan(0);
    expect(slope.abs().sum().sub(inside.abs().sum()).arraySync()).toBeCloseTo(0, 6);
  });
});

describe('accumulation, formula (3)', () => {
  const net = networks(1);
  const x = seeded([1, 6, pixels], 11);
  const answers = tf
    .oneHot(tf.tensor1d([1, 9, 0, 4, 4, 2], 'int32'), 10)
    .toFloat()
    .expandDims(0);
  const slopeOf = (x: tf.Tensor, answers: tf.Tensor, masks: tf.Tensor) =>
    tf.grad((stem: tf.Tensor) => {
      const all = { ...net, stem };
      return accumulatedLoss(readOut(states(x, all, masks).at(-1)!, all), answers);
    })(net.stem);

  test('three sub-models in one batch give the mean of their gradients', () => {
    const three = sized([2, 4, 6], [0, 3, 1], inOrder).expandDims(2).tile([1, 1, 2, 1]);
    const together = slopeOf(x, answers, three.reshape([numBlocks + 1, 1, 6, units]));
    const alone = [0, 1, 2].map((i) =>
      slopeOf(x.slice([0, 2 * i], [1, 2]), answers.slice([0, 2 * i], [1, 2]), three.slice([0, i], [-1, 1])),
    );
    expect(largest(together)).toBeGreaterThan(0.01);
    expect(largest(tf.stack(alone).mean(0).sub(together))).toBeLessThan(1e-5);
  });

  test('is the cross-entropy: ln 10 for equal logits, each network added', () => {
    const two = accumulatedLoss(tf.zeros([2, 6, 10]), answers.tile([2, 1, 1]));
    expect(two.arraySync()).toBeCloseTo(2 * Math.log(10), 5);
    const sure = accumulatedLoss(answers.mul(50), answers);
    expect(sure.arraySync()).toBeCloseTo(0, 5);
  });
});

describe('sizes, formulas (5) and (6)', () => {
  const all = [2, 4, 6].flatMap((width) =>
    [0, 1, 3].map((depth) => ({ width, depth, size: numParameters(width, depth, pixels, 10) })),
  );

  test('N counts the numbers of the network that is cut out', () => {
    for (const { width, depth, size } of all) {
      const { stem, blocks, head } = cutTo(networks(1), width);
      expect(size).toBe(stem.size + (blocks.size / numBlocks) * depth + head.size);
    }
    expect(numParameters(64, 4, 196, 10)).toBe(29_568);
    expect(numParameters(2, 0, 196, 10)).toBe(412);
  });

  test('160 sub-models apart would need 52 times the numbers of one', () => {
    const widths = Array.from({ length: 32 }, (_, i) => 2 * i + 2);
    const apart = widths.flatMap((k) => [0, 1, 2, 3, 4].map((d) => numParameters(k, d, 196, 10)));
    expect(apart).toHaveLength(160);
    const sum = apart.reduce((a, b) => a + b);
    expect(sum / numParameters(64, 4, 196, 10)).toBeCloseTo(52.26, 1);
  });

  test('the largest that fits, also when it fits exactly', () => {
    for (const { size } of all) {
      expect(largestWithin(all, size).size).toBe(size);
      expect(largestWithin([...all].reverse(), size + 0.5).size).toBe(size);
    }
    // Of two of one size the first.
    const [wide, deep] = [
      { name: 'wide', size: 7 },
      { name: 'deep', size: 7 },
    ];
    expect(largestWithin([wide, deep], 7)).toBe(wide);
    expect(largestWithin([deep, wide], 7)).toBe(deep);
    expect(largestWithin(all, 1e9)).toEqual({ width: 6, depth: 3, size: numParameters(6, 3, pixels, 10) });
  });
});
