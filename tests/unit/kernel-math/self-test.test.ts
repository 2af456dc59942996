// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { selfTest } from '../../../src/kernel/backends/self-test.ts';
import * as tf from '../../../src/kernel/tf.ts';
import { use } from './backends.ts';

type Run = (given: any) => any;

/** Spoils a kernel of the WASM backend; gives back what mends it. */
function spoil(kernelName: string, spoiled: (run: Run) => Run): () => void {
  const before = tf.getKernel(kernelName, 'wasm')!;
  const put = (kernelFunc: any) => {
    tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
  };
  put(spoiled(before.kernelFunc as Run));
  return () => put(before.kernelFunc);
}

/** The result times a factor: a kernel that is a little wrong. */
const off = (factor: number) => (run: Run) => (given: any) => {
  const out = run(given);
  const values = given.backend.typedArrayFromHeap(out);
  for (let k = 0; k < values.length; k++) values[k] *= factor;
  return out;
};

describe('the self-test', () => {
  let mend = () => {};
  beforeEach(() => use('wasm'));
  afterEach(() => {
    mend();
    mend = () => {};
  });

  test.each(['wasm', 'cpu'] as const)(
    'finds %s right, within a second, and leaves nothing',
    async (backend) => {
      await use(backend);
      const before = tf.memory();
      const began = process.cpuUsage();
      const verdict = await selfTest(backend, 'here');
      const { user, system } = process.cpuUsage(began);
      expect((user + system) / 1e6).toBeLessThan(1); // of processor time: the machine may be busy
      expect(verdict).toMatchObject({ backend, device: 'here', wrong: [], refused: '' });
      expect(verdict.agree).toBe(verdict.operations);
      expect(verdict.operations).toBeGreaterThanOrEqual(30);
      expect(verdict.worst).toBeLessThan(2e-5);
      expect(tf.memory().numTensors).toBe(before.numTensors);
      expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    },
  );

  test('refuses a softmax that is 1% off, by name', async () => {
    mend = spoil('Softmax', off(1.01));
    const { wrong, agree, operations } = await selfTest('wasm');
    expect(wrong).toEqual(['softmax', 'a second derivative']);
    expect(agree).toBe(operations - 2);
  });

  test('refuses a wrong gradient of a right value', async () => {
    mend = spoil('MaxPoolGrad', off(0.99));
    expect((await selfTest('wasm')).wrong).toEqual(['maxPool']);
  });

  test('refuses a kernel that throws, one that is missing and one that gives NaN', async () => {
    const mends = [
      spoil('TopK', () => () => {
        throw new Error('no');
      }),
      spoil('Tanh', off(Number.NaN)),
    ];
    const erf = tf.getKernel('Erf', 'wasm')!;
    tf.unregisterKernel('Erf', 'wasm');
    mend = () => {
      for (const put of mends) put();
      tf.registerKernel(erf);
    };
    const before = tf.memory().numTensors;
    expect((await selfTest('wasm')).wrong).toEqual(['tanh', 'erf', 'topk']);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('will not vouch for another backend than the one that runs', async () => {
    await expect(selfTest('cpu')).rejects.toThrow(/self-test of cpu was called while wasm runs/);
  });
});
