import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { compileCell } from '../../../src/compile-cell.ts';
import { createNodeKernel } from '../../../src/kernel/node.ts';
import type { BackendName, TracedOperation } from '../../../src/protocol.ts';
import { differenceInWords, distance, firstDifference } from '../../../src/render/difference.ts';

const text = `import * as tf from '@tensorflow/tfjs';
import { check, parameters, sgd, steps, toNumber } from 'lab';
const x = tf.tensor2d([[0.5, -1], [2, 0.25]]);
const net = parameters({ w: tf.ones([2, 3]) });
const descent = sgd(net, { rate: 0.1 });
for await (const i of steps(2))
  await descent.step(({ w }) => tf.tanh(tf.matMul(x, w)).square().mean());
const size = await toNumber(net.values().w.abs().sum());
check('size', size, { below: 9, because: 'it falls', breaks: { seed: 1 } });`;

async function traced(backend: BackendName, most = 1000) {
  const kernel = createNodeKernel(backend);
  kernel.load({ slug: 't', cells: [compileCell('experiment', text)] });
  const { backend: on } = await kernel.verdict;
  expect(on).toBe(backend);
  return kernel.run({}, undefined, most);
}

test('a traced run tells its operations in order, as many as asked for, and leaves no tensor', async () => {
  const run = await traced('cpu');
  expect(run.errors).toEqual([]);
  expect(run.tensors).toBe(0);
  expect(run.operations.length).toBe(run.kernels);
  const tanh = run.operations.find(({ kernel }) => kernel === 'Tanh')!;
  expect(tanh).toMatchObject({ cell: 'experiment', inputs: [[2, 3]], output: [2, 3] });
  expect(tanh.samples[0]).toBeCloseTo(Math.tanh(-0.5), 5);
  expect((await traced('cpu', 5)).operations).toHaveLength(5);
});

test('two backends in step: no difference, and then the one kernel that is wrong, by name', async () => {
  const reference = await traced('cpu');
  expect(firstDifference(reference.operations, (await traced('wasm')).operations)).toBeUndefined();

  const right = tf.getKernel('Tanh', 'wasm')!;
  tf.unregisterKernel('Tanh', 'wasm');
  tf.registerKernel({
    ...right,
    kernelFunc: (given) => {
      const out = right.kernelFunc(given) as tf.TensorInfo;
      const backend = given.backend as { typedArrayFromHeap(t: tf.TensorInfo): Float32Array };
      backend.typedArrayFromHeap(out)[2] += 0.25;
      return out;
    },
  });
  const wrong = await traced('wasm');
  tf.unregisterKernel('Tanh', 'wasm');
  tf.registerKernel(right);
  const found = firstDifference(reference.operations, wrong.operations);
  expect(found ? differenceInWords(found) : '').toMatch(
    /^operation \d+, Tanh of \[2, 3\] in experiment\.ts: apart by 0\.\d+ of its largest value/,
  );
});

describe('the first difference', () => {
  const operation = (kernel: string, ...samples: number[]): TracedOperation => ({
    kernel,
    inputs: [[3]],
    output: [samples.length],
    samples,
    cell: 'e',
  });
  test('is measured against the largest value; what is not finite differs from what is', () => {
    expect(distance([100, 0], [100, 1])).toBeCloseTo(0.01);
    expect(distance([1, Number.NaN], [1, Number.NaN])).toBe(0);
    expect(distance([1], [Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY);
  });
  test('names an operation that the other run does not call', () => {
    const found = firstDifference(
      [operation('Add', 1), operation('Mul', 2)],
      [operation('Add', 1), operation('Sub', 2)],
    );
    expect(differenceInWords(found!)).toBe(
      'operation 2, Mul of [3] in e.ts: the other run calls Sub, of shape [1] there',
    );
    expect(differenceInWords(firstDifference([operation('Add', 1)], [])!)).toBe(
      'operation 1, Add of [3] in e.ts: the other run calls nothing more there',
    );
  });
});
