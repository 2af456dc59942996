/** The backends as the kernel runs them, for tests in Node. */
import { correctGradients } from '../../../src/kernel/backends/gradients.ts';
import { completeWasm } from '../../../src/kernel/backends/wasm.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';

/** Loads CPU and WASM, corrected and completed, and makes `name` current. */
export async function use(name: 'cpu' | 'wasm'): Promise<void> {
  if (!tf.findBackend('wasm')) {
    await nodeLoaders.cpu();
    await nodeLoaders.wasm();
    await tf.setBackend('cpu');
    await completeWasm();
    correctGradients();
  }
  if (!(await tf.setBackend(name)) || tf.getBackend() !== name)
    throw new Error(`${name} did not start: ${tf.getBackend()} runs.`);
}
