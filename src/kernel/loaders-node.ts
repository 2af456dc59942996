/** How Node gets its backends: from node_modules. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from './tf.ts';

const require = createRequire(import.meta.url);

/** For `chooseBackend`: each registers its backend with tfjs. Node has WebGPU where the package `webgpu` gave it one. */
export const nodeLoaders = {
  async webgpu(): Promise<void> {
    await import('@tensorflow/tfjs-backend-webgpu');
  },
  /** The SIMD binary without threads: the same that every page runs. */
  async wasm(): Promise<void> {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/wasm-out/`);
  },
  async cpu(): Promise<void> {
    await import('@tensorflow/tfjs-backend-cpu');
    // It would advertise tfjs-node on the console.
    (tf.findBackend('cpu') as unknown as { firstUse: boolean }).firstUse = false;
  },
};
