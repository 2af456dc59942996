import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  block,
  globalMax,
  head,
  layerCost,
  ledger,
  maps,
  parse,
  paths,
  pool,
  widen,
} from '../../content/papers/simplenet/mechanism.ts';
import { closeTo } from './numbers.ts';

const read = async (x: tf.Tensor) => [...(await x.data())];
const close = closeTo(5);
const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);

const published = '64 128 128 128 P 128 128 256 P 256 256 P 512 2048:1 256:1 P 256';

test('a design is read from text: widths, pools, kernels of their own', () => {
  expect(parse('6 P 12:1', 3)).toEqual([{ kernel: 3, width: 6 }, 'P', { kernel: 1, width: 12 }]);
  expect(parse('6', 5)).toEqual([{ kernel: 5, width: 6 }]);
});

test('a layer costs k²C′C weights, and as many products at each place', () => {
  expect(layerCost(3, 4, 5, 7)).toEqual({ weights: 180, products: 180 * 49 });
  expect(layerCost(1, 4, 5, 1)).toEqual({ weights: 20, products: 20 });
});

test('the network of the paper has 5,484,736 weights and 652,151,296 products', () => {
  const entries = ledger(parse(published, 3), 32, 3);
  const last = layerCost(1, 256, 10, 1);
  expect(entries).toHaveLength(13);
  expect(sum(entries.map((row) => row.weights)) + last.weights).toBe(5_484_736);
  expect(sum(entries.map((row) => row.products)) + last.products).toBe(652_151_296);
  expect(entries.map((row) => row.size)).toEqual([32, 32, 32, 32, 16, 16, 16, 8, 8, 4, 4, 4, 2]);
  expect(entries.map((row) => row.from)).toEqual([
    3, 64, 128, 128, 128, 128, 128, 256, 256, 256, 512, 2048, 256,
  ]);
  expect(entries.map((row) => row.width).slice(0, 3)).toEqual([64, 128, 128]);
});

test('with kernels of 5 × 5 it has 12,434,624 weights', () => {
  const entries = ledger(parse(published, 5), 32, 3);
  expect(sum(entries.map((row) => row.weights)) + 2560).toBe(12_434_624);
});

test('the designs of the page: 62,208, 152,208 and 20,736 products', () => {
  const products = (spec: string) => sum(ledger(parse(spec, 3), 8, 1).map((row) => row.products));
  expect(products('6 6 P 12 12 P 16')).toBe(62_208);
  expect(products('16 12 P 12 6 P 6')).toBe(152_208);
  expect(products('P 6 6 P 12 12 16')).toBe(20_736);
  expect(products('6 6 12 12 16')).toBe(259_200);
});

test('two 3 × 3 see as far as one 5 × 5, with 18 weights for 25', () => {
  const two = ledger(parse('8 8', 3), 16, 8);
  const one = ledger(parse('8', 5), 16, 8);
  expect(two.at(-1)!.receptive).toBe(5);
  expect(one.at(-1)!.receptive).toBe(5);
  expect(sum(two.map((row) => row.weights)) / one[0].weights).toBeCloseTo(18 / 25, 10);
});

test('the field grows by (k − 1)j, the jump by the stride', () => {
  expect(widen({ receptive: 9, jump: 4 }, 3, 1)).toEqual({ receptive: 17, jump: 4 });
  expect(widen({ receptive: 9, jump: 4 }, 2, 2)).toEqual({ receptive: 13, jump: 8 });
  const fields = ledger(parse('4 4 P 4 P 4', 3), 32, 1);
  expect(fields.map((row) => row.receptive)).toEqual([3, 5, 10, 20]);
  expect(fields.map((row) => row.jump)).toEqual([1, 1, 2, 4]);
});

test('the gradient of a stack of ones is as wide as formula (2) says', async () => {
  for (const [spec, size] of [
    ['4 4', 16],
    ['4 P 4', 16],
    ['P P 4', 32],
    ['4 4 P 4 4', 32],
  ] as const) {
    const count = paths(parse(spec, 3), size);
    const columns = await read(count.sum(0));
    const side = columns.filter((value) => value > 0).length;
    expect(side).toBe(ledger(parse(spec, 3), size, 1).at(-1)!.receptive);
  }
});

test('paths through two 3 × 3 are counted: a pyramid of 5 × 5 with 81 in all', async () => {
  const count = paths(parse('4 4', 3), 8);
  expect(count.shape).toEqual([8, 8]);
  const line = [0, 0, 1, 2, 3, 2, 1, 0];
  close(
    await read(count),
    line.flatMap((a) => line.map((b) => a * b)),
  );
  // Through a pool, each unit of the map stands for four pixels.
  close([sum(await read(paths(parse('P 4', 3), 16)))], [36]);
});

const x = tf.randomNormal([3, 4, 4, 2], 0.4, 1.3, 'float32', 5);
const filter = tf.randomNormal([3, 3, 2, 3], 0, 0.5, 'float32', 6);
const gain = tf.tensor1d([1.2, 0.7, -0.5]);
const shift = tf.tensor1d([0.1, -0.2, 0.3]);

/** W ∗ x by its definition, with zeros beyond the border: [b][h][w][c]. */
async function convolved() {
  const pictures = (await x.array()) as number[][][][];
  const kernels = (await filter.array()) as number[][][][];
  return pictures.map((picture) =>
    picture.map((row, h) =>
      row.map((_, w) =>
        [0, 1, 2].map((c) =>
          sum(
            kernels.flatMap((line, i) =>
              line.flatMap((taps, j) =>
                taps.map((to, from) => to[c] * (picture[h + i - 1]?.[w + j - 1]?.[from] ?? 0)),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

test('a block is convolution, batch normalisation and ReLU, by hand', async () => {
  const values = (await convolved()).flat(2);
  const [gains, shifts] = [await read(gain), await read(shift)];
  const expected = values.map((channels) =>
    channels.map((value, c) => {
      const all = values.map((row) => row[c]);
      const mean = sum(all) / all.length;
      const variance = sum(all.map((v) => (v - mean) ** 2)) / all.length;
      return Math.max(0, (gains[c] * (value - mean)) / Math.sqrt(variance + 1e-4) + shifts[c]);
    }),
  );
  const found = block(x, filter, gain, shift);
  expect(found.shape).toEqual([3, 4, 4, 3]);
  close(await read(found), expected.flat(), 4);
});

test('a map without contrast becomes the shift, by grace of ε', async () => {
  const flat = block(tf.zeros([2, 4, 4, 2]), filter, gain, tf.tensor1d([0.1, 0.2, 0.3]));
  close(await read(flat.max([0, 1, 2])), [0.1, 0.2, 0.3]);
  const faint = block(x.mul(0.01), filter, gain, shift);
  const strong = block(x, filter, gain, shift);
  const change = (await read(faint.sub(strong).abs().max()))[0];
  expect(change).toBeGreaterThan(1e-3);
});

test('a pool takes the largest of each 2 × 2, also below zero', async () => {
  const map = tf.tensor4d([-3, -1, 5, 6, -1.5, -4, 7, 2, 0, 1, 2, 3, 4, 5, 6, 7], [1, 4, 4, 1]);
  const pooled = pool(map);
  expect(pooled.shape).toEqual([1, 2, 2, 1]);
  close(await read(pooled), [-1, 7, 5, 7]);
  const wide = pool(x);
  expect(wide.shape).toEqual([3, 2, 2, 2]);
  const native = tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid');
  close(await read(wide), await read(native));
  // It need not be a square.
  expect(pool(tf.zeros([1, 4, 8, 3])).shape).toEqual([1, 2, 4, 3]);
});

test('no order of the pixels in a block is seen behind a pool', async () => {
  const turned = x.reshape([3, 2, 2, 2, 2, 2]).reverse([2, 4]).reshape(x.shape);
  close(await read(pool(turned)), await read(pool(x)));
  expect((await read(turned.sub(x).abs().max()))[0]).toBeGreaterThan(0.1);
});

const net = {
  W0: filter,
  gain0: gain,
  shift0: shift,
  W1: tf.randomNormal([3, 3, 3, 2], 0, 0.5, 'float32', 8),
  gain1: tf.tensor1d([1, 1]),
  shift1: tf.tensor1d([0.1, 0.2]),
  head: tf.tensor2d([
    [1, 2, 3],
    [-1, 0.5, 0],
  ]),
  bias: tf.tensor1d([0.1, 0.2, 0.3]),
};

test('the maps of a design are its blocks, with pools between', async () => {
  const seen = maps(x, parse('3 P 2', 3), net);
  expect(seen.map((map) => map.shape)).toEqual([
    [3, 4, 4, 3],
    [3, 2, 2, 2],
  ]);
  const first = block(x, net.W0, net.gain0, net.shift0);
  close(await read(seen[0]), await read(first));
  close(await read(seen[1]), await read(block(pool(first), net.W1, net.gain1, net.shift1)));
  const early = maps(x, parse('P 3 2', 3), net);
  close(await read(early[0]), await read(block(pool(x), net.W0, net.gain0, net.shift0)));
});

test('the head is linear in the largest value of each channel', async () => {
  const map = tf.tensor4d([1, -5, 3, -2, 2, -9, 0, -4], [1, 2, 2, 2]);
  close(await read(globalMax(map)), [3, -2]);
  expect(globalMax(map).shape).toEqual([1, 2]);
  close(await read(head(map, net)), [3 + 2 + 0.1, 6 - 1 + 0.2, 9 + 0.3]);
});

test('a pool in front of the head changes nothing', async () => {
  const last = maps(x, parse('3', 3), net)[0];
  close(await read(globalMax(pool(last))), await read(globalMax(last)));
});
