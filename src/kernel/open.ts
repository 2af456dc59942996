import * as tf from '@tensorflow/tfjs-core';
import type { ToKernel } from '../protocol.ts';
import type { Around } from './around.ts';
import { chooseBackend } from './backends/choose.ts';
import { closeSyncDoors } from './cell-tf.ts';
import { watchEngine } from './engine.ts';

/** Chooses, proves and prepares the backend; says so. Called once in the life of a kernel. */
export async function openBackend(
  around: Around,
  want: Omit<Extract<ToKernel, { type: 'open' }>, 'type'>,
): Promise<void> {
  around.post({ type: 'phase', phase: 'backend' });
  const { verdict, tried } = await chooseBackend({
    want: want.backend,
    allowSoftware: want.allowSoftware,
    proved: want.proved,
    loaders: around.loaders,
    onTest: () => around.post({ type: 'phase', phase: 'self-test' }),
  });
  closeSyncDoors();
  around.meter ??= watchEngine();
  tellWhenLost(around);
  around.giveUpPowers();
  around.post({ type: 'opened', verdict, tried });
}

function tellWhenLost(around: Around): void {
  const { device } = tf.backend() as unknown as { device?: GPUDevice };
  void device?.lost.then((info) => around.post({ type: 'device-lost', reason: info.message || info.reason }));
  device?.addEventListener('uncapturederror', (event) => {
    around.refusedByGpu ??= (event as GPUUncapturedErrorEvent).error.message;
  });
}
