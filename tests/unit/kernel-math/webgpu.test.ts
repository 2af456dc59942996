// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { correctWebgpu } from '../../../src/kernel/backends/webgpu.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';

interface Ran {
  shaderKey: string;
  code: string;
}

/** A 'webgpu' that computes on the CPU and writes down the programs it is given. */
async function fakeWebgpu(): Promise<{
  ran: Ran[];
  backend: any;
  added: number[];
  noted: { product?: any };
}> {
  await nodeLoaders.cpu();
  await tf.setBackend('cpu');
  const Backend = tf.backend().constructor as new () => any;
  const [ran, added]: [Ran[], number[]] = [[], []];
  const backend = Object.assign(new Backend(), {
    firstUse: false,
    // What a buffer holds is its name here.
    tensorMap: { get: (held: tf.DataType) => ({ dtype: held }) },
    runWebGPUProgram: (p: any) => ran.push({ shaderKey: p.shaderKey, code: p.getUserCode() }),
  });
  tf.registerBackend('webgpu', () => backend);
  const addN = tf.getKernel('AddN', 'cpu')!;
  const counting: any = (given: any) => {
    added.push(given.inputs.length);
    return addN.kernelFunc(given);
  };
  const noted: { product?: any } = {};
  const products: any = (given: any) =>
    (noted.product ?? tf.getKernel('BatchMatMul', 'cpu')!.kernelFunc)(given);
  const watched: Record<string, any> = { AddN: counting, BatchMatMul: products };
  for (const k of tf.getKernelsForBackend('cpu'))
    tf.registerKernel({ ...k, backendName: 'webgpu', kernelFunc: watched[k.kernelName] ?? k.kernelFunc });
  // As WebGPU's own does, a list of one for the place in a list.
  const argMax = tf.getKernel('ArgMax', 'cpu')!;
  tf.unregisterKernel('ArgMax', 'webgpu');
  const listing: any = (given: any) => {
    const out = argMax.kernelFunc(given) as tf.TensorInfo;
    return { ...out, shape: out.shape.length === 0 ? [1] : out.shape };
  };
  tf.registerKernel({ ...argMax, backendName: 'webgpu', kernelFunc: listing });
  await tf.setBackend('webgpu');
  return { ran, backend, added, noted };
}

describe('the corrected WebGPU backend', () => {
  let fake: Awaited<ReturnType<typeof fakeWebgpu>>;
  beforeEach(async () => {
    fake = await fakeWebgpu();
    correctWebgpu();
    correctWebgpu();
  });
  afterEach(() => {
    for (const { kernelName } of tf.getKernelsForBackend('webgpu')) tf.unregisterKernel(kernelName, 'webgpu');
    tf.removeBackend('webgpu');
  });
  const run = (shaderKey: string, dtype: string) => {
    const program = {
      shaderKey,
      outputShape: [4, 5],
      workgroupSize: [64, 1, 1],
      getUserCode: () => 'setOutputAtIndex(flatIndex, A[0]);',
    };
    fake.backend.runWebGPUProgram(program, [{ dtype, dataId: dtype }], dtype);
    return fake.ran.at(-1)!;
  };

  test('the place of the largest number of a list is a number', async () => {
    const place = tf.argMax(tf.tensor1d([1, 7, 3]));
    expect([place.shape, [...(await place.data())]]).toEqual([[], [1]]);
    expect(tf.argMax(tf.tensor2d([[1, 7, 3]]), 1).shape).toEqual([1]);
  });

  test('running sums of two lengths do not share a program', () => {
    expect(run('cum_+_false_true', 'float32').shaderKey).toBe('cum_+_false_true_5');
  });

  test('transposes of integers and masks write integers, those of floats stay', () => {
    expect(run('transpose_0,2,1', 'int32').code).toBe('setOutputAtIndexI32(flatIndex, A[0]);');
    expect(run('transpose_0,2,1', 'bool').code).toContain('setOutputAtIndexI32(');
    expect(run('transpose_0,2,1', 'float32').code).toBe('setOutputAtIndex(flatIndex, A[0]);');
    expect(run('transposeShared', 'int32').code).toBe('setOutputAtIndex(flatIndex, A[0]);');
  });

  test('softmax of rows with more threads has a program of its own', () => {
    expect(run('softmax', 'float32').shaderKey).toBe('softmax_64');
  });

  test('softmax of more rows than a line of workgroups holds is made of parts, and leaves nothing', async () => {
    const x = tf.tidy(() => tf.sin(tf.range(0, 66_000 * 3).reshape([66_000, 3])));
    const before = fake.backend.numDataIds();
    const shares = tf.softmax(x);
    expect(fake.backend.numDataIds()).toBe(before + 1);
    const [first, last] = [0, 65_999].map((row) => [0, 1, 2].map((k) => Math.exp(Math.sin(3 * row + k))));
    const expected = [first, last].flatMap((row) => row.map((e) => e / row.reduce((a, b) => a + b)));
    const found = await shares.data();
    for (const [i, value] of [...found.slice(0, 3), ...found.slice(-3)].entries())
      expect(value).toBeCloseTo(expected[i], 3);
    tf.dispose([x, shares]);
  });

  test('long products are done by tiles, others as the backend likes', () => {
    const types: number[] = [];
    const product = tf.getKernel('BatchMatMul', 'cpu')!;
    const noting: any = (given: any) => {
      types.push(tf.env().getNumber('WEBGPU_MATMUL_PROGRAM_TYPE'));
      return product.kernelFunc(given);
    };
    tf.env().registerFlag('WEBGPU_MATMUL_PROGRAM_TYPE', () => -1);
    tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', -1);
    fake.noted.product = noting;
    tf.tidy(() => {
      const long = tf.ones([12, 2000]);
      tf.matMul(long, long, false, true);
      tf.matMul(long, long, true, false);
      tf.matMul(long.slice([0, 0], [8, 2000]), long, false, true);
    });
    expect(types).toEqual([2, -1, -1]);
    expect(tf.env().getNumber('WEBGPU_MATMUL_PROGRAM_TYPE')).toBe(-1);
  });

  test('a sum of twenty is made of sums of at most seven, and leaves nothing', async () => {
    const terms = Array.from({ length: 20 }, (_, k) => tf.scalar(k));
    const before = fake.backend.numDataIds();
    const sum = tf.addN(terms);
    expect((await sum.data())[0]).toBe(190);
    expect(fake.added).toEqual([7, 7, 7, 2]);
    expect(fake.backend.numDataIds()).toBe(before + 1);
    tf.dispose([sum, ...terms]);
  });
});
