/** Bundled into a page: every operation of the tables on WebGPU, beside the CPU. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgpu';
import { correctGradients } from '../../src/kernel/backends/gradients.ts';
import { overrides } from '../../src/kernel/backends/overrides.ts';
import { correctWebgpu } from '../../src/kernel/backends/webgpu.ts';
import * as tf from '../../src/kernel/tf.ts';
import { computeCase, difference } from '../unit/kernel-math/compute-case.ts';
import { operationCases } from '../unit/kernel-math/operation-cases.ts';

export interface Compared {
  name: string;
  /** Largest difference relative to each tensor's largest value; absent where it threw. */
  by?: number;
  error?: string;
}

async function compareOperations(): Promise<Compared[]> {
  await tf.setBackend('webgpu');
  if (tf.getBackend() !== 'webgpu') throw new Error(`WebGPU did not start: ${tf.getBackend()} runs.`);
  // Else all of these, being small, would be computed on the CPU.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  correctWebgpu();
  correctGradients();
  let refused = '';
  const { device } = tf.backend() as unknown as { device: GPUDevice };
  device.addEventListener('uncapturederror', ({ error }) => {
    refused ||= error.message;
  });
  const compared: Compared[] = [];
  for (const c of operationCases(tf as never, overrides)) {
    refused = '';
    try {
      await tf.setBackend('cpu');
      const expected = await computeCase(tf as never, c);
      await tf.setBackend('webgpu');
      const by = difference(expected, await computeCase(tf as never, c));
      await device.queue.onSubmittedWorkDone();
      compared.push(refused ? { name: c.name, error: refused } : { name: c.name, by });
    } catch (error) {
      compared.push({ name: c.name, error: (error as Error).message });
    }
  }
  return compared;
}

Object.assign(globalThis, { compareOperations });
