import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, test } from 'vitest';
import { type Meter, watchEngine } from '../../../src/kernel/engine.ts';
import { fold, operate, type Told, tellOperations } from '../../../src/kernel/operations.ts';
import * as tf from '../../../src/kernel/tf.ts';
import type { WholeOperation } from '../../../src/protocol.ts';

let meter: Meter;
beforeAll(async () => {
  await tf.setBackend('cpu');
  meter = watchEngine();
});

/** What is told while `work` runs; its tensors are disposed of. */
function told(
  ofAKind: number,
  affordable: number,
  work: () => void,
  memory = { told: new Map() as Told, earlier: new Map<string, number>() },
): WholeOperation[] {
  const operations: WholeOperation[] = [];
  const telling = { ofAKind, again: 1, affordable, ...memory };
  const { end } = tellOperations(meter, telling, (operation) => operations.push(operation));
  tf.tidy(work);
  end();
  return operations;
}

test('an operation that was told comes out again, gradients and lists of inputs included, and leaves no tensor', async () => {
  const operations = told(9, 1000, () => {
    const loss = (x: tf.Tensor) => tf.concat([tf.softmax(x), x.square()], 1).sum();
    tf.grad(loss)(tf.tensor2d([[0.1, -2, 3]]));
    tf.topk(tf.tensor1d([3, 1, 2]), 2);
  });
  const kernels = operations.map(({ kernel }) => kernel);
  expect(kernels).toEqual(expect.arrayContaining(['Softmax', 'Concat', 'Sum', 'SplitV', 'TopK']));
  const { numTensors } = tf.memory();
  for (const operation of operations) expect(await operate(operation)).toEqual(operation.outputs);
  expect(tf.memory().numTensors).toBe(numTensors);
});

test('so many of a kind are told; of large ones the smallest, and none where its kind has a smaller one', () => {
  const sizes = (lengths: number[]) =>
    told(2, 10, () => {
      for (const length of lengths) tf.square(tf.zeros([length]));
    })
      .filter(({ kernel }) => kernel === 'Square')
      .map(({ outputs }) => outputs[0].values.length);
  expect(sizes([3, 4, 5])).toEqual([3, 4]);
  expect(sizes([100, 60, 40, 4, 20, 5])).toEqual([4, 5]);
  expect(sizes([100, 40, 60, 20, 30])).toEqual([20]);
});

test('of a kind that notebooks before gave often enough one is told', () => {
  const memory = { told: new Map() as Told, earlier: new Map<string, number>() };
  const squares = (count: number) => {
    const work = () => {
      for (let k = 0; k < count; k++) tf.square(tf.zeros([3]));
    };
    const { length } = told(3, 10, work, memory).filter(({ kernel }) => kernel === 'Square');
    fold(memory.told, memory.earlier);
    return length;
  };
  expect([squares(2), squares(9), squares(9)]).toEqual([2, 3, 1]);
});

test('what an operation is given is kept as it was before it', () => {
  const x = tf.tensor1d([1, 2]);
  const [square] = told(1, 10, () => tf.square(x));
  (tf.backend().readSync(x.dataId) as Float32Array).fill(7);
  expect([...(square.inputs as Record<string, { values: Float32Array }>).x.values]).toEqual([1, 2]);
  x.dispose();
});

test('a kernel that a backend lacks is named', async () => {
  const missing = { kernel: 'Nothing', inputs: {}, attributes: {}, outputs: [] };
  await expect(operate(missing)).rejects.toThrow("Kernel 'Nothing' not registered for backend 'cpu'");
});
