import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  framed,
  gelu,
  invertedBottleneck,
  layerNorm,
  mlp,
  type Net,
  permutePixels,
  permuteRows,
  powerLaw,
  shifted,
  standardLayer,
  waves,
} from '../../content/papers/scaling-mlps/mechanism.ts';
import { closeTo } from './numbers.ts';

type T = tf.Tensor;
const read = async (x: T) => [...(await x.data())];
const close = closeTo(4);
let seed = 1;
const normal = (shape: number[]) => tf.randomNormal(shape, 0, 1, 'float32', seed++);
const ints = (values: number[]) => tf.tensor1d(values, 'int32');

/** Two networks of width 3, expansion 2 and two blocks, for images of four pixels. */
const net: Net = {
  embed: normal([2, 4, 3]),
  embedBias: normal([2, 1, 3]),
  expand: normal([2, 2, 3, 6]),
  expandBias: normal([2, 2, 1, 6]),
  contract: normal([2, 2, 6, 3]),
  contractBias: normal([2, 2, 1, 3]),
  head: normal([2, 3, 10]),
  headBias: normal([2, 1, 10]),
};
const nested = (x: T) => x.arraySync() as number[][][];

test('GELU is z times the share of a normal distribution below z', async () => {
  // Φ(−1), Φ(0), Φ(0.5), Φ(2) from tables.
  const found = await read(gelu(tf.tensor1d([-1, 0, 0.5, 2])));
  close(found, [-0.158655, 0, 0.5 * 0.691462, 2 * 0.97725]);
});

test('layer norm gives each row mean 0 and deviation 1', async () => {
  const rows = tf.tensor2d([
    [1, 3, 5, 7],
    [-10, -10, 10, 10],
  ]);
  const root = Math.sqrt(5);
  close(await read(layerNorm(rows)), [-3 / root, -1 / root, 1 / root, 3 / root, -1, -1, 1, 1]);
});

test('layer norm of equal numbers is 0, not a division by 0', async () => {
  close(await read(layerNorm(tf.tensor2d([[2, 2, 2]]))), [0, 0, 0]);
});

const normalised = (row: number[]) => {
  const mean = row.reduce((a, b) => a + b) / row.length;
  const deviation = Math.sqrt(row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / row.length + 1e-5);
  return row.map((v) => (v - mean) / deviation);
};
const product = (row: number[], matrix: number[][]) =>
  matrix[0].map((_, j) => row.reduce((sum, v, i) => sum + v * matrix[i][j], 0));
const active = (row: number[]) => tf.tidy(() => [...gelu(tf.tensor1d(row)).dataSync()]);
const plus = (a: number[], b: number[]) => a.map((v, i) => v + b[i]);

test('the inverted bottleneck is formula (1), row by row and network by network', async () => {
  const z = normal([2, 5, 3]);
  for (const l of [0, 1]) {
    const expected = nested(z).flatMap((rows, s) => {
      const of = (x: T) => nested(x.gather(l))[s];
      return rows.flatMap((row) => {
        const wide = plus(product(normalised(row), of(net.expand!)), of(net.expandBias!)[0]);
        return plus(plus(row, product(active(wide), of(net.contract))), of(net.contractBias)[0]);
      });
    });
    close(await read(invertedBottleneck(z, net, l)), expected);
  }
});

const plain: Net = { ...net, contract: normal([2, 2, 3, 3]), expand: undefined, expandBias: undefined };

test('the standard layer is formula (2), with neither expansion nor skip', async () => {
  const z = normal([2, 5, 3]);
  for (const l of [0, 1]) {
    const expected = nested(z).flatMap((rows, s) => {
      const of = (x: T) => nested(x.gather(l))[s];
      return rows.flatMap((row) =>
        plus(product(active(normalised(row)), of(plain.contract)), of(plain.contractBias)[0]),
      );
    });
    close(await read(standardLayer(z, plain, l)), expected);
  }
});

test('a network is embedding, its blocks in their order, and head', async () => {
  const x = normal([2, 7, 4]);
  for (const [block, weights] of [
    [invertedBottleneck, net],
    [standardLayer, plain],
  ] as const) {
    const z = tf.matMul(x, weights.embed).add(weights.embedBias);
    const deep = block(block(z, weights, 0), weights, 1);
    close(
      await read(mlp(x, weights, block)),
      await read(tf.matMul(deep, weights.head).add(weights.headBias)),
    );
  }
  close(await read(mlp(x, net)), await read(mlp(x, net, invertedBottleneck)));
});

test('permuted pixels and permuted rows make the same function, (3)', async () => {
  const order = ints([2, 0, 3, 1]);
  const x = normal([2, 7, 4]);
  const follows = { ...net, embed: permuteRows(net.embed, order) };
  close(await read(mlp(permutePixels(x, order), follows)), await read(mlp(x, net)));
  const stays = await read(mlp(permutePixels(x, order), net));
  const same = await read(mlp(x, net));
  expect(Math.max(...stays.map((v, i) => Math.abs(v - same[i])))).toBeGreaterThan(0.1);
});

test('and the gradient of the one is the permuted gradient of the other', async () => {
  const order = ints([2, 0, 3, 1]);
  const x = normal([2, 7, 4]);
  const slope = (x: T, embed: T) =>
    tf.grad((embed: T) =>
      mlp(x, { ...net, embed })
        .square()
        .sum(),
    )(embed);
  const followed = slope(permutePixels(x, order), permuteRows(net.embed, order));
  const own = await read(permuteRows(slope(x, net.embed), order));
  const scale = Math.max(...own.map(Math.abs));
  close(
    (await read(followed)).map((v) => v / scale),
    own.map((v) => v / scale),
  );
});

test('order says from where each pixel and each row comes', async () => {
  const order = ints([2, 0, 1]);
  close(
    await read(
      permutePixels(
        tf.tensor2d([
          [1, 2, 3],
          [4, 5, 6],
        ]),
        order,
      ),
    ),
    [3, 1, 2, 6, 4, 5],
  );
  close(
    await read(
      permuteRows(
        tf.tensor2d([
          [1, 10],
          [2, 20],
          [3, 30],
        ]),
        order,
      ),
    ),
    [3, 30, 1, 10, 2, 20],
  );
});

test('a margin is blank and surrounds the image', async () => {
  const image = tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
  close(
    await read(framed(image, 1)),
    [0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 6, 0, 0, 7, 8, 0, 0, 0, 0, 0],
  );
});

test('images move right by dx and down by dy, and blank comes in', async () => {
  const images = tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
  const frames = framed(images, 2);
  const moved = shifted(frames, 2, ints([0, 1, 0, 1, 0]), ints([0, 1, 0, -1, 2]), ints([0, 0, 1, -1, 0]));
  expect(moved.shape).toEqual([5, 4]);
  close(await read(moved), [1, 2, 3, 4, 0, 5, 0, 7, 0, 0, 1, 2, 8, 0, 0, 0, 0, 0, 0, 0]);
});

test('shifts keep the shape of what they are asked for', () => {
  const which = tf.zeros([3, 2], 'int32');
  const moved = shifted(framed(normal([4, 5, 5]), 3), 3, which, which, which);
  expect(moved.shape).toEqual([3, 2, 25]);
});

test('waves are the absolute values of the Fourier transform', async () => {
  // One bright pixel: every wave has its size. An even image: the mean wave alone.
  const images = tf.tensor2d([
    [0, 0, 0, 0, 3, 0, 0, 0, 0],
    [1, 1, 1, 1, 1, 1, 1, 1, 1],
  ]);
  close(await read(waves(images, 3)), [3, 3, 3, 3, 3, 3, 3, 3, 3, 9, 0, 0, 0, 0, 0, 0, 0, 0], 3);
});

test('each wave has its place: stripes along y are found at ky alone', async () => {
  const stripes = Array.from({ length: 16 }, (_, i) => Math.cos((2 * Math.PI * Math.floor(i / 4)) / 4));
  const expected = Array(16).fill(0);
  expected[4] = 8; // ky = 1 and its mirror image, ky = 3
  expected[12] = 8;
  close(await read(waves(tf.tensor2d([stripes]), 4)), expected, 3);
});

test('no cyclic shift changes the waves, and other images have others', async () => {
  const image = normal([5, 5]);
  const turned = tf.concat([image.slice([3], [2]), image.slice([0], [3])]);
  const both = tf.concat([turned.slice([0, 4], [5, 1]), turned.slice([0, 0], [5, 4])], 1);
  const of = (x: T) => read(waves(x.reshape([1, 25]), 5));
  const own = await of(image);
  close(await of(both), own, 3);
  const other = await of(normal([5, 5]));
  expect(Math.max(...other.map((v, i) => Math.abs(v - own[i])))).toBeGreaterThan(0.5);
});

test('the fit finds a power law again', () => {
  const counts = [10, 100, 400];
  const { exponent, scale } = powerLaw(
    counts,
    counts.map((n) => 1.7 * n ** -0.35),
  );
  expect(exponent).toBeCloseTo(0.35, 8);
  expect(scale).toBeCloseTo(1.7, 8);
});

test('and is the least-squares line in logarithms where points are off it', () => {
  // log N = 0, 1, 2; log E = 0, −1, −1: slope −1/2, and −1/6 at log N = 0.
  const { exponent, scale } = powerLaw([1, Math.E, Math.E ** 2], [1, Math.exp(-1), Math.exp(-1)]);
  expect(exponent).toBeCloseTo(0.5, 8);
  expect(scale).toBeCloseTo(Math.exp(-1 / 6), 8);
});
