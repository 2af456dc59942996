// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest';
import { chooseBackend, type Loaders } from '../../../src/kernel/backends/choose.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';
import type { Verdict } from '../../../src/protocol.ts';

const gpu = (adapter: unknown) => ({ requestAdapter: async () => adapter }) as unknown as GPU;
const adapter = (info: object, more: object = {}) => gpu({ info, ...more });
const apple = adapter({ vendor: 'apple', architecture: 'metal-3', description: 'Apple M2' });
const loaders: Loaders = nodeLoaders;
const none: Omit<Verdict, 'backend' | 'device'> = {
  operations: 0,
  agree: 0,
  worst: 0,
  wrong: [],
  refused: '',
};

/** Registers a 'webgpu' that is the CPU backend with one kernel of its own. */
async function impostor(kernelName?: string): Promise<void> {
  await nodeLoaders.cpu();
  await tf.setBackend('cpu');
  const Backend = tf.backend().constructor as new () => tf.KernelBackend;
  tf.registerBackend('webgpu', () => Object.assign(new Backend(), { firstUse: false }));
  for (const kernel of tf.getKernelsForBackend('cpu'))
    tf.registerKernel({
      ...kernel,
      backendName: 'webgpu',
      kernelFunc:
        kernel.kernelName === kernelName
          ? (((given: any) => halved(given, kernel)) as any)
          : kernel.kernelFunc,
    });
  tf.env().registerFlag('WEBGPU_CPU_FORWARD', () => true);
}

function halved(given: any, kernel: tf.KernelConfig): unknown {
  const out = kernel.kernelFunc(given) as tf.TensorInfo;
  const values = given.backend.readSync(out.dataId);
  for (let k = 0; k < values.length; k++) values[k] /= 2;
  return out;
}

describe('the order of backends', () => {
  afterEach(() => {
    for (const { kernelName } of tf.getKernelsForBackend('webgpu')) tf.unregisterKernel(kernelName, 'webgpu');
    if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  });

  test('WebGPU where there is an adapter, with its name; the test sees no forwarding', async () => {
    const tested: string[] = [];
    const { verdict, tried } = await chooseBackend({
      loaders: { ...loaders, webgpu: impostor },
      gpu: apple,
      onTest: (b) => tested.push(b),
    });
    expect(verdict).toMatchObject({ backend: 'webgpu', device: 'Apple M2', refused: '', wrong: [] });
    expect(tried).toEqual([]);
    expect(tested).toEqual(['webgpu']);
    expect(tf.getBackend()).toBe('webgpu');
    expect(tf.env().get('WEBGPU_CPU_FORWARD')).toBe(true);
  });

  test('what an earlier kernel proved of the same device is not tested again; another device is', async () => {
    const tested: string[] = [];
    const again = (proved: Verdict) =>
      chooseBackend({
        loaders: { ...loaders, webgpu: impostor },
        gpu: apple,
        proved,
        onTest: (b) => tested.push(b),
      });
    const first = await again({ ...none, backend: 'webgpu', device: 'Apple M1' });
    expect(tested).toEqual(['webgpu']);
    expect((await again(first.verdict)).verdict).toBe(first.verdict);
    expect((await again({ ...none, backend: 'wasm', device: 'Apple M2' })).verdict).toEqual(first.verdict);
    expect((await again({ ...first.verdict, refused: 'It was wrong.' })).verdict).toEqual(first.verdict);
    expect(tested).toEqual(['webgpu', 'webgpu', 'webgpu']);
    expect(tf.getBackend()).toBe('webgpu');
  });

  test('a wrong kernel is named and WASM runs', async () => {
    const { verdict, tried } = await chooseBackend({
      loaders: { ...loaders, webgpu: () => impostor('Softmax') },
      gpu: apple,
    });
    expect(verdict).toMatchObject({ backend: 'wasm', device: 'SIMD', refused: '' });
    expect(tf.getBackend()).toBe('wasm');
    expect(tried).toHaveLength(1);
    expect(tried[0].wrong).toEqual(['softmax', 'a second derivative']);
    expect(tried[0].refused).toBe(
      'WebGPU on this device computes softmax, a second derivative wrongly: using WASM.',
    );
  });

  test.each([
    ['no WebGPU', undefined, 'This browser has no WebGPU: using WASM.'],
    [
      'a null adapter',
      gpu(null),
      'This browser has WebGPU but found no graphics adapter for it: using WASM.',
    ],
    [
      'SwiftShader',
      adapter({ vendor: 'google', architecture: 'swiftshader', description: '' }),
      'The only WebGPU adapter is a software one (Google swiftshader), which is slower than WASM: using WASM.',
    ],
    [
      'a fallback adapter',
      adapter({ vendor: 'x', isFallbackAdapter: true }),
      'The only WebGPU adapter is a software one (X), which is slower than WASM: using WASM.',
    ],
    [
      'an old fallback adapter',
      adapter({}, { isFallbackAdapter: true }),
      'The only WebGPU adapter is a software one (a GPU without a name), which is slower than WASM: using WASM.',
    ],
    [
      'an adapter that rejects',
      {
        requestAdapter: async () => {
          throw new Error('lost');
        },
      } as unknown as GPU,
      'WebGPU could not be started (lost): using WASM.',
    ],
  ])('%s is one sentence', async (_, found, sentence) => {
    const { verdict, tried } = await chooseBackend({ loaders, gpu: found });
    expect(verdict.backend).toBe('wasm');
    expect(tried.map(({ refused }) => refused)).toEqual([sentence]);
  });

  test.each([{ allowSoftware: true }, { want: 'webgpu' as const }])(
    'a software adapter is taken with %o',
    async (asked) => {
      const software = adapter({ vendor: 'google', architecture: 'swiftshader' });
      const { verdict } = await chooseBackend({
        loaders: { ...loaders, webgpu: impostor },
        gpu: software,
        ...asked,
      });
      expect(verdict).toMatchObject({ backend: 'webgpu', device: 'Google swiftshader' });
    },
  );

  test('what is wanted is tried first', async () => {
    const { verdict, tried } = await chooseBackend({ loaders, want: 'cpu', gpu: apple });
    expect(verdict).toMatchObject({ backend: 'cpu', device: 'JavaScript' });
    expect(tried).toEqual([]);
  });

  test('a loader that throws, and a backend that registers nothing, are passed over', async () => {
    const wasm = async () => {
      throw new Error('wasm.js was not found');
    };
    const { verdict, tried } = await chooseBackend({
      loaders: { ...loaders, webgpu: async () => {}, wasm },
      gpu: apple,
    });
    expect(verdict.backend).toBe('cpu');
    expect(tried.map(({ refused }) => refused)).toEqual([
      expect.stringMatching(/^WebGPU could not be started \(.*webgpu.*\): using the CPU\.$/s),
      'WASM could not be started (wasm.js was not found): using the CPU.',
    ]);
  });

  test('with nothing at all, one error tells every reason', async () => {
    const none = async () => {
      throw new Error('offline');
    };
    await expect(
      chooseBackend({ loaders: { webgpu: none, wasm: none, cpu: none }, gpu: gpu(null) }),
    ).rejects.toThrow(
      /^No backend of TensorFlow\.js can be used here\. .*no graphics adapter.*WASM could not be started \(offline\).*The CPU could not be started \(offline\)/s,
    );
  });
});
