import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  batchStd,
  bnRelu,
  centred,
  deviation,
  evoNormB0,
  evoNormS0,
  gated,
  groupStd,
  instanceStd,
  larger,
  shifted,
} from '../../content/papers/evonorm/mechanism.ts';
import { closeTo } from './numbers.ts';

const eps = 1e-5;
const read = async (x: tf.Tensor) => [...(await x.data())];
const close = closeTo(5);
const std = (values: number[], epsilon = eps) => {
  const mean = values.reduce((a, b) => a + b) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length + epsilon);
};

// Two networks, three images, five positions, four channels.
const [N, B, P, C] = [2, 3, 5, 4];
const x = tf.randomNormal([N, B, P, C], 0.3, 1.4, 'float32', 7);
const values = await read(x);
const at = (n: number, b: number, p: number, c: number) => values[((n * B + b) * P + p) * C + c];
const every = <T>(f: (n: number, b: number, p: number, c: number) => T) =>
  [...Array(N * B * P * C).keys()].map((i) =>
    f(Math.floor(i / (B * P * C)), Math.floor(i / (P * C)) % B, Math.floor(i / C) % P, i % C),
  );
const images = [...Array(B).keys()];
const positions = [...Array(P).keys()];
const channel = (value: (n: number, c: number) => number) =>
  tf.tensor4d(
    [...Array(N * C).keys()].map((i) => value(Math.floor(i / C), i % C)),
    [N, 1, 1, C],
  );
const v = (n: number, c: number) => 0.4 + 0.3 * c - 0.2 * n;
const g = (n: number, c: number) => 1.5 - 0.25 * c + n;
const b = (n: number, c: number) => 0.1 * c - 0.3 * n;
const learnt = { gate: channel(v), gain: channel(g), shift: channel(b) };
const plain = { gate: tf.ones([N, 1, 1, C]), gain: tf.ones([N, 1, 1, C]), shift: tf.zeros([N, 1, 1, C]) };

const overBatch = (n: number, c: number) => images.flatMap((b) => positions.map((p) => at(n, b, p, c)));
const overImage = (n: number, b: number, c: number) => positions.map((p) => at(n, b, p, c));
const groupOf = (c: number) => (c < 2 ? [0, 1] : [2, 3]);
const overGroup = (n: number, b: number, c: number) => groupOf(c).flatMap((c) => overImage(n, b, c));
const mean = (list: number[]) => list.reduce((a, b) => a + b) / list.length;
const sigmoid = (t: number) => 1 / (1 + Math.exp(-t));

test('the three deviations are those of their axes, by hand', async () => {
  const all = tf.zeros([N, B, P, C]);
  close(
    await read(batchStd(x, eps).add(all)),
    every((n, _b, _p, c) => std(overBatch(n, c))),
  );
  close(
    await read(instanceStd(x, eps).add(all)),
    every((n, b, _p, c) => std(overImage(n, b, c))),
  );
  close(
    await read(groupStd(x, 2, eps).add(all)),
    every((n, b, _p, c) => std(overGroup(n, b, c))),
  );
  expect(batchStd(x, eps).shape).toEqual([N, 1, 1, C]);
  expect(instanceStd(x, eps).shape).toEqual([N, B, 1, C]);
  expect(groupStd(x, 2, eps).shape).toEqual([N, B, 1, C]);
});

test('ε stands under the root: a channel without variance has √ε', async () => {
  const flat = tf.ones([1, 2, 3, 2]);
  close(await read(batchStd(flat, 0.04)), [0.2, 0.2]);
  close(await read(instanceStd(flat, 0.04)), [0.2, 0.2, 0.2, 0.2]);
  close(await read(groupStd(flat, 1, 0.04)), [0.2, 0.2, 0.2, 0.2]);
});

test('a group of each channel alone gives the instance deviation', async () => {
  close(await read(groupStd(x, C, eps)), await read(instanceStd(x, eps)));
});

test('the gradient of a deviation is (x − μ)/(n s), as that of its plain formula', async () => {
  const weight = tf.randomNormal([N, B, 1, C], 0, 1, 'float32', 3);
  for (const axes of [[2], [1, 2]]) {
    const plainly = (x: tf.Tensor) =>
      x.sub(x.mean(axes, true)).square().mean(axes, true).add(0.3).sqrt().mul(weight).sum();
    const ours = (x: tf.Tensor) => deviation(x, axes, 0.3).mul(weight).sum();
    close(await read(tf.grad(ours)(x)), await read(tf.grad(plainly)(x)));
  }
});

test('EvoNorm-B0 is formula (1), by hand', async () => {
  const byHand = every((n, image, p, c) => {
    const value = at(n, image, p, c);
    const larger = Math.max(std(overBatch(n, c)), v(n, c) * value + std(overImage(n, image, c)));
    return (value / larger) * g(n, c) + b(n, c);
  });
  close(await read(evoNormB0(x, learnt, eps)), byHand);
});

test('EvoNorm-S0 is formula (2), by hand', async () => {
  const byHand = every((n, image, p, c) => {
    const value = at(n, image, p, c);
    return ((value * sigmoid(v(n, c) * value)) / std(overGroup(n, image, c))) * g(n, c) + b(n, c);
  });
  close(await read(evoNormS0(x, learnt, 2, eps)), byHand);
});

test('BN-ReLU is formula (3), by hand', async () => {
  const byHand = every((n, image, p, c) => {
    const normal = (at(n, image, p, c) - mean(overBatch(n, c))) / std(overBatch(n, c));
    return Math.max(normal * g(n, c) + b(n, c), 0);
  });
  close(await read(bnRelu(x, learnt, eps)), byHand);
});

test('the parts of the formulas', async () => {
  close(
    await read(shifted(x, learnt.gate, eps)),
    every((n, i, p, c) => v(n, c) * at(n, i, p, c) + std(overImage(n, i, c))),
  );
  close(
    await read(larger(x, learnt.gate, eps)),
    every((n, i, p, c) => Math.max(std(overBatch(n, c)), v(n, c) * at(n, i, p, c) + std(overImage(n, i, c)))),
  );
  close(
    await read(gated(x, learnt.gate)),
    every((n, i, p, c) => at(n, i, p, c) * sigmoid(v(n, c) * at(n, i, p, c))),
  );
  close(
    await read(centred(x)),
    every((n, i, p, c) => at(n, i, p, c) - mean(overBatch(n, c))),
  );
});

test('S0 of an image does not depend on the other images, B0 does', async () => {
  const first = (t: tf.Tensor) => t.slice([0, 0], [N, 1]);
  close(await read(evoNormS0(first(x), plain, 2, eps)), await read(first(evoNormS0(x, plain, 2, eps))), 6);
  const moved = evoNormB0(first(x), plain, eps)
    .sub(first(evoNormB0(x, plain, eps)))
    .abs()
    .max();
  expect((await read(moved))[0]).toBeGreaterThan(0.01);
});

test('B0 is free of scale and S0 is not; BN-ReLU is free of an offset and B0 is not', async () => {
  const tiny = 1e-12;
  const apart = async (a: tf.Tensor, b: tf.Tensor) => (await read(a.sub(b).abs().max()))[0];
  expect(await apart(evoNormB0(x.mul(3), plain, tiny), evoNormB0(x, plain, tiny))).toBeLessThan(1e-4);
  expect(await apart(evoNormS0(x.mul(3), plain, 2, tiny), evoNormS0(x, plain, 2, tiny))).toBeGreaterThan(
    0.01,
  );
  expect(await apart(bnRelu(x.add(1), plain, tiny), bnRelu(x, plain, tiny))).toBeLessThan(1e-4);
  expect(await apart(evoNormB0(x.add(1), plain, tiny), evoNormB0(x, plain, tiny))).toBeGreaterThan(0.01);
});

test('B0 stays below 1/v, and its denominator never below the batch deviation', async () => {
  for (const gate of [0.5, 1, 2]) {
    const y = evoNormB0(x.mul(5), { ...plain, gate: tf.fill([N, 1, 1, C], gate) }, eps);
    expect((await read(y.max()))[0]).toBeLessThan(1 / gate);
  }
  const over = larger(x, learnt.gate, eps).sub(batchStd(x, eps)).min();
  expect((await read(over))[0]).toBeGreaterThanOrEqual(0);
});
