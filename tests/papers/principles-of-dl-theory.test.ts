import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  acts,
  chiPar,
  chiPerp,
  criticalCw,
  exactKurtosis,
  excessKurtosis,
  free,
  gaussAvg,
  kernelFlow,
  kernelStep,
  layer,
  metricStep,
  rescaled,
  vertexFlow,
} from '../../content/papers/principles-of-dl-theory/mechanism.ts';
import { closeTo } from './numbers.ts';

const read = async (x: tf.Tensor) => Array.from(await x.data());
const close = closeTo(4);
const K = tf.tensor1d([0.25, 1, 2]);
const critical = (act: (typeof acts)['ReLU']) => ({ act, cb: 0, cw: criticalCw(act) });

test('Gaussian means: 1, z², z⁴ and cos z have closed forms', async () => {
  close(await read(gaussAvg((z) => tf.onesLike(z), K)), [1, 1, 1]);
  close(await read(gaussAvg(tf.square, K)), [0.25, 1, 2]);
  close(await read(gaussAvg((z) => z.square().square(), K)), [3 / 16, 3, 12], 3);
  close(
    await read(gaussAvg(tf.cos, K)),
    [0.25, 1, 2].map((k) => Math.exp(-k / 2)),
  );
  const square = gaussAvg(tf.square, K.reshape([3, 1]));
  expect(square.shape).toEqual([3, 1]);
});

test('the activations are named as they are, and critical where formula (5) says', async () => {
  const z = tf.tensor1d([-1, 0.5]);
  close(await read(acts.ReLU(z)), [0, 0.5]);
  close(await read(acts.linear(z)), [-1, 0.5]);
  close(await read(acts.tanh(z)), [Math.tanh(-1), Math.tanh(0.5)]);
  close(await read(acts.sin(z)), [Math.sin(-1), Math.sin(0.5)]);
  expect(Object.values(acts).map(criticalCw)).toEqual([2, 1, 1, 1]);
});

test('formula (3): a step of the kernel by hand, for numbers and for tensors of C_W', async () => {
  close(await read(kernelStep(K, { act: acts.ReLU, cb: 0.3, cw: 3 })), [0.675, 1.8, 3.3]);
  const cw = tf.tensor1d([1, 2, 3]);
  close(await read(kernelStep(K, { act: acts.linear, cb: 0.1, cw })), [0.35, 2.1, 6.1]);
  const sine = [0.25, 1, 2].map((k) => (1 - Math.exp(-2 * k)) / 2);
  close(await read(kernelStep(K, { act: acts.sin, cb: 0, cw: 1 })), sine);
});

test('critical ReLU and linear units keep K and have both susceptibilities 1', async () => {
  for (const act of [acts.ReLU, acts.linear]) {
    const init = critical(act);
    close(await read(kernelStep(K, init)), [0.25, 1, 2]);
    close(await read(chiPar(K, init)), [1, 1, 1]);
    close(await read(chiPerp(K, init)), [1, 1, 1]);
  }
  close(await read(chiPerp(K, { act: acts.ReLU, cb: 0.7, cw: 3 })), [1.5, 1.5, 1.5]);
});

test('χ∥ is the derivative of formula (3), χ⊥ the mean square of σ′', async () => {
  const init = { act: acts.sin, cb: 0.2, cw: 1.7 };
  const ks = [0.25, 1, 2];
  close(
    await read(chiPar(K, init)),
    ks.map((k) => 1.7 * Math.exp(-2 * k)),
  );
  close(
    await read(chiPerp(K, init)),
    ks.map((k) => (1.7 * (1 + Math.exp(-2 * k))) / 2),
  );
});

test('χ∥ takes kernels of any shape', async () => {
  const grid = chiPar(tf.fill([2, 3], 0.5), { act: acts.linear, cb: 0, cw: 2 });
  expect(grid.shape).toEqual([2, 3]);
  close(await read(grid), Array(6).fill(2));
});

test('the flow starts where it is told, and has as many layers', async () => {
  const flow = kernelFlow(tf.scalar(1), { act: acts.ReLU, cb: 0, cw: 1 }, 4);
  close(await read(tf.stack(flow)), [1, 0.5, 0.25, 0.125]);
});

test('critical tanh and sin fall as 1/(2ℓ) and 1/ℓ', async () => {
  for (const [act, times] of [
    [acts.tanh, 2],
    [acts.sin, 1],
  ] as const) {
    const [last] = await read(kernelFlow(tf.scalar(0.5), critical(act), 400).at(-1)!);
    expect(400 * times * last).toBeGreaterThan(0.93);
    expect(400 * times * last).toBeLessThan(1.03);
  }
});

test('formula (7): V/K² grows by 5 a layer of ReLU, by 2 of linear units, by ⅔ of tanh and sin', async () => {
  const ones = tf.ones([5]);
  close(await read(vertexFlow(ones, critical(acts.ReLU))), [0, 5, 10, 15, 20], 2);
  close(await read(vertexFlow(ones, critical(acts.linear))), [0, 2, 4, 6, 8], 2);
  for (const act of [acts.tanh, acts.sin]) {
    const kernels = tf.stack(kernelFlow(tf.scalar(0.5), critical(act), 300));
    const nus = await read(vertexFlow(kernels, critical(act)).div(kernels.square()));
    expect((nus[299] - nus[199]) / 100).toBeCloseTo(2 / 3, 1);
  }
});

test('V is passed on by the square of χ∥ of its own layer', async () => {
  // Linear units, C_W = 3: χ∥ = 3, and each layer adds 9 · 2K².
  const V = await read(vertexFlow(tf.tensor1d([1, 3, 9]), { act: acts.linear, cb: 0, cw: 3 }));
  close(V, [0, 18, 9 * 18 + 9 * 2 * 9], 1);
});

test('formula (6) by hand, network by network', async () => {
  const metric = tf.tensor2d([[4], [1]]);
  const g = tf.tensor2d([
    [1, -1, 2],
    [0.5, 3, -2],
  ]);
  const next = metricStep(metric, g, { act: acts.ReLU, cb: 0.5, cw: 1.5 });
  expect(next.shape).toEqual([2, 1]);
  close(await read(next), [0.5 + 0.5 * (4 + 16), 0.5 + 0.5 * (0.25 + 9)]);
});

test('fluctuations pass as they come, or every network is rescaled to K', async () => {
  const metric = tf.tensor3d([[[3], [5]]]);
  const kernel = tf.tensor3d([[[2]]]);
  close(await read(free(metric, kernel)), [3, 5]);
  const flat = rescaled(metric, kernel);
  expect(flat.shape).toEqual([1, 2, 1]);
  close(await read(flat), [2, 2]);
});

test('formula (1) by hand: the activation, the weights over √n, the bias', async () => {
  const z = tf.tensor3d([[[1, -2, 3, 4]]]);
  const W = tf.tensor3d([[[1], [2], [3], [-1]]]);
  const next = layer(z, W, tf.tensor3d([[[2]]]), { act: acts.ReLU, cb: 0.25, cw: 9 });
  close(await read(next), [1.5 * (1 + 9 - 4) + 0.5 * 2]);
  const wide = layer(z, tf.ones([1, 4, 2]), 1, { act: acts.linear, cb: 4, cw: 1 });
  close(await read(wide), [3 + 2, 3 + 2]);
});

test('with all weights, the mean square is that of formula (6) on average', async () => {
  const z = tf.tensor3d([[[1, -2, 3, 4]]]).tile([4000, 1, 1]);
  const init = { act: acts.ReLU, cb: 0.5, cw: 2 };
  const W = tf.randomNormal([4000, 4, 4], 0, 1, 'float32', 5);
  const b = tf.randomNormal([4000, 1, 4], 0, 1, 'float32', 6);
  const [found] = await read(layer(z, W, b, init).square().mean());
  expect(found / (0.5 + (2 * 26) / 4)).toBeCloseTo(1, 1);
});

test('formula (8) by hand, and (9) from the moments of one step', async () => {
  close(await read(excessKurtosis(tf.tensor2d([[1], [3]]))), [3 * (5 / 4 - 1)]);
  close(await read(excessKurtosis(tf.tensor2d([[2], [2]]))), [0]);
  expect(exactKurtosis(32, 1)).toBe(0);
  expect(exactKurtosis(5, 3)).toBeCloseTo(9, 10);
  expect(exactKurtosis(64, 8)).toBeCloseTo(2.08, 2);
});
