import * as tf from '@tensorflow/tfjs-core';
import { LabError } from '../lab/host.ts';

const doors = {
  dataSync: 'await toNumber(x) or await toArray(x)',
  arraySync: 'await toArray(x)',
  print: 'show(name, ...)',
} as const;

/**
 * Makes the synchronous doors of tensors throw: on WebGPU they go through a canvas and can return zeros.
 * The runtime itself reads by `data()`.
 */
export function closeSyncDoors(): void {
  for (const [door, instead] of Object.entries(doors)) {
    Object.defineProperty(tf.Tensor.prototype, door, {
      configurable: true,
      value() {
        throw new LabError(
          `${door}() reads the backend without waiting, which WebGPU cannot do correctly`,
          `Use ${instead}, from 'lab'.`,
        );
      },
    });
  }
}

/** What a cell may look for in vain: what was found, and what to use instead. */
const absent: Record<string, [found: string, instead: string]> = {
  layers: [
    "tf.layers is not part of this site's kernel",
    "Write the layer with tf.matMul and friends, or use nn from 'lab'.",
  ],
  sequential: [
    "tf.sequential is not part of this site's kernel",
    "Write the network as a function, with parameters and adam from 'lab'.",
  ],
  train: [
    'tf.train is not used here, because its epsilon differs between backends',
    "Use adam or sgd from 'lab'.",
  ],
  data: ["tf.data is not part of this site's kernel", "Use data from 'lab'."],
};

/** What a cell gets for `@tensorflow/tfjs`: the core, with corrected operations, and `keep` noted so that a run leaves nothing. */
export function cellNamespace(kept: Set<tf.Tensor>, overrides: Record<string, unknown>): object {
  const keep = <T extends tf.Tensor>(tensor: T): T => {
    kept.add(tensor);
    return tf.keep(tensor);
  };
  const namespace: Record<string, unknown> = { ...tf, ...overrides, keep, __esModule: true };
  for (const [name, [found, instead]] of Object.entries(absent)) {
    Object.defineProperty(namespace, name, {
      get() {
        throw new LabError(found, instead);
      },
    });
  }
  return namespace;
}
