import * as tf from '@tensorflow/tfjs-core';
import { MemoryError } from './errors.ts';
import { mustBeRight } from './guards.ts';

const tensorUtil = tf.tensor_util as unknown as {
  getTensorsInContainer(container: tf.TensorContainer): tf.Tensor[];
};

/** What the engine did since the last `reset`. */
export interface Meter {
  kernels: number;
  peakBytes: number;
  /** Hears of every operation before it is done, with what it is given; what it returns hears what it gave. */
  onKernel?: (kernel: string, inputs: object, attributes: object) => ((result: unknown) => void) | undefined;
  reset(): void;
}

interface Engine {
  runKernel(name: string, inputs: object, attrs?: object): unknown;
  trackTensor(tensor: tf.Tensor, backend: unknown): void;
  state: { scopeStack: unknown[]; numBytes: number; registeredVariables: Record<string, tf.Variable> };
}
const engine = () => tf.engine() as unknown as Engine;

/**
 * Counts kernels and bytes from now on, and stops a run that allocates without end.
 * The engine has no hooks for either; its two methods are wrapped once.
 */
export function watchEngine(limit = 2 ** 30): Meter {
  const meter: Meter = {
    kernels: 0,
    peakBytes: 0,
    reset: () => Object.assign(meter, { kernels: 0, peakBytes: 0 }),
  };
  const { runKernel, trackTensor } = engine();
  engine().runKernel = function (...args) {
    meter.kernels += 1;
    const [kernel, inputs, attributes = {}] = args;
    mustBeRight(kernel, inputs, attributes);
    const hear = meter.onKernel?.(kernel, inputs, attributes);
    const result = runKernel.apply(this, args);
    hear?.(result);
    return result;
  };
  engine().trackTensor = function (...args) {
    trackTensor.apply(this, args);
    const bytes = this.state.numBytes;
    if (bytes > meter.peakBytes) meter.peakBytes = bytes;
    if (bytes > limit) throw new MemoryError(bytes, limit);
  };
  return meter;
}

/** Runs `work` in a scope of its own and disposes of what it leaves: tensors, variables, kept tensors; but not what `keep` names. */
export async function scoped(
  kept: Set<tf.Tensor>,
  work: () => Promise<void>,
  keep: () => tf.Tensor[],
): Promise<void> {
  const depth = engine().state.scopeStack.length;
  const before = new Set(Object.keys(engine().state.registeredVariables));
  tf.engine().startScope('cell');
  try {
    await work();
  } finally {
    const outlive = new Set(keep());
    // A cell that was stopped inside nested scopes leaves them open.
    while (engine().state.scopeStack.length > depth) tf.engine().endScope([...outlive] as tf.TensorContainer);
    disposeAll([...newVariables(before), ...kept], outlive);
    kept.clear();
  }
}

const newVariables = (before: Set<string>) =>
  Object.entries(engine().state.registeredVariables).flatMap(([name, variable]) =>
    before.has(name) ? [] : [variable],
  );

function disposeAll(tensors: tf.Tensor[], but: Set<tf.Tensor>): void {
  for (const tensor of tensors) if (!but.has(tensor) && !tensor.isDisposed) tensor.dispose();
}

/** Every tensor reachable from an object's values, arrays and plain objects included. */
export const tensorsIn = (container: object): tf.Tensor[] =>
  tensorUtil.getTensorsInContainer(container as tf.TensorContainer);

interface GpuBackend {
  commandEncoder?: object | null;
  endComputePassEncoder(): void;
  submitQueue(): void;
  queue?: { onSubmittedWorkDone(): Promise<unknown> };
}

/** Resolves when the backend has done what was asked of it so far; at once on a CPU. */
export async function backendIdle(): Promise<void> {
  const backend = tf.backend() as unknown as GpuBackend;
  if (!backend.queue) return;
  // Without an encoder nothing waits to be submitted, and submitting would fail; with an open pass it is refused.
  if (backend.commandEncoder) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
  await backend.queue.onSubmittedWorkDone();
}
