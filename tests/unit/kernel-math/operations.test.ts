// @vitest-environment node
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { overrides } from '../../../src/kernel/backends/overrides.ts';
import { completeWasm } from '../../../src/kernel/backends/wasm.ts';
import * as tf from '../../../src/kernel/tf.ts';
import { use } from './backends.ts';
import { computeCase, difference } from './compute-case.ts';
import { fence } from './fence.ts';
import type { OperationCase } from './operation-case.ts';
import { operationCases } from './operation-cases.ts';

/** Both round in float32, in another order: 1e-6 is seen on most, and a sum of 1000 products reaches 5e-6. */
const BAR = 3e-5;

async function computeOn(backend: 'cpu' | 'wasm', c: OperationCase): Promise<number[][]> {
  await use(backend);
  return computeCase(tf, c);
}

describe('WASM, completed, computes what the CPU computes', () => {
  let trampled = () => 0;
  beforeAll(async () => {
    await use('wasm');
    trampled = fence();
  });
  const cases = operationCases(tf as any, overrides);
  let worst = { by: 0, name: '' };
  afterAll(() =>
    console.log(`${cases.length} operations, worst ${worst.by.toExponential(1)} (${worst.name}), bar ${BAR}`),
  );

  for (const c of cases)
    test(c.name, async () => {
      const expected = await computeOn('cpu', c);
      await use('wasm');
      const before = {
        tensors: tf.memory().numTensors,
        data: (tf.backend() as any).numDataIds(),
        lent: tf.findBackend('cpu').numDataIds(),
      };
      const by = difference(expected, await computeOn('wasm', c));
      if (by > worst.by) worst = { by, name: c.name };
      expect(by).toBeLessThan(BAR);
      expect(trampled()).toBe(0);
      expect({
        tensors: tf.memory().numTensors,
        data: (tf.backend() as any).numDataIds(),
        lent: tf.findBackend('cpu').numDataIds(),
      }).toEqual(before);
    });
});

test('there are no two cases of one name', () => {
  const names = operationCases(tf as any, overrides).map((c) => c.name);
  expect(new Set(names).size).toBe(names.length);
});

test('a number for pad with a window that is not square is refused, not written past', async () => {
  await use('wasm');
  const run = () =>
    tf.conv2d(
      tf.ones([1, 7, 8, 3]) as tf.Tensor4D,
      tf.ones([3, 2, 3, 4]) as tf.Tensor4D,
      1,
      1,
      'NHWC',
      1,
      'floor',
    );
  expect(() => tf.tidy(run)).toThrow(/Conv2D of a 3×2 window, stride 1, with pad 1: .* Write pad as 'same'/);
});

test('complex numbers are refused on WASM', async () => {
  await use('wasm');
  expect(() => tf.tidy(() => tf.fft(tf.complex([1, 2], [0, 1])))).toThrow();
});

test('completing WASM twice changes nothing', async () => {
  await use('wasm');
  const kernels = () => tf.getKernelsForBackend('wasm').map((k) => k.kernelFunc);
  const before = kernels();
  await completeWasm();
  expect(kernels()).toEqual(before);
  expect(tf.getBackend()).toBe('wasm');
});

describe('the fence', () => {
  test('finds a kernel that writes one number past its output', async () => {
    await use('wasm');
    const trampled = fence();
    const wasm = tf.backend() as any;
    const t = tf.ones([4]);
    const { memoryOffset } = wasm.dataIdMap.get(t.dataId);
    new Float32Array(wasm.wasm.HEAPU8.buffer, memoryOffset, 5)[4] = 7;
    t.dispose();
    expect(trampled()).toBe(1);
  });
});

test('tanh on WASM is right to the last digits, from next to zero to where it is 1', async () => {
  await use('wasm');
  const x = Float32Array.from({ length: 4801 }, (_, k) => (k - 2400) / 200);
  x.set([1e-30, -1e-6, 40, -40, Number.POSITIVE_INFINITY], 0);
  const found = await tf.tanh(tf.tensor1d(x)).data();
  const worst = x.reduce((most, v, k) => {
    const exact = Math.tanh(v);
    return Math.max(most, exact === 0 ? Math.abs(found[k]) : Math.abs(found[k] / exact - 1));
  }, 0);
  expect(worst).toBeLessThan(1.5e-7);
  expect(await tf.tanh(tf.tensor1d([Number.NaN])).data()).toEqual(Float32Array.of(Number.NaN));
});

test('kernels of our own are right where their output makes the heap of WASM grow', async () => {
  await use('wasm');
  const heap = () => (tf.backend() as any).wasm.HEAPU8.length as number;
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
  const works: Record<string, (rows: number) => tf.Tensor> = {
    gather: (rows) => tf.gather(x, tf.fill([rows], 2, 'int32')),
    tile: (rows) => tf.tile(tf.slice(x, [2, 0], [1, 2]), [rows, 1]),
    unstack: (rows) => tf.unstack(tf.tile(tf.slice(x, [2, 0], [1, 2]), [rows, 1]).expandDims(0))[0],
    tanh: (rows) => tf.mul(6, tf.tanh(tf.add(tf.zeros([rows, 2]), 20))),
    product: (rows) => tf.matMul(tf.ones([2, rows, 64]), tf.fill([2, 64, 2], 6 / 64)).reshape([-1, 2]),
  };
  for (const [name, work] of Object.entries(works)) {
    const kept: tf.Tensor[] = [];
    for (let rows = 1 << 16, before = heap(); heap() === before && rows < 1 << 24; rows *= 2) {
      const out = tf.tidy(() => work(rows));
      const last = await tf.slice(out, [out.shape[0] - 1, 0], [1, 2]).data();
      expect(last[1], `${name}, ${rows} rows`).toBeCloseTo(6, 5);
      kept.push(out);
    }
    tf.dispose(kept);
  }
  x.dispose();
});
