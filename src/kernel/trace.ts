import * as tf from '@tensorflow/tfjs-core';
import type { Operation } from '../protocol.ts';
import type { Meter } from './engine.ts';

/** Values of an output that are kept of it: as many as tell two backends apart, evenly over the whole. */
const SAMPLES = 48;

interface Handle {
  kernel: string;
  inputs: number[][];
  output: tf.Tensor;
}

/**
 * Notes what every operation of a run gave, up to `most` of them: to find the first in which two backends differ.
 * Values are read only when the run waits anyway, because a GPU cannot be read in the middle of an operation.
 */
export function createTrace(meter: Meter, most: number) {
  const engine = tf.engine() as unknown as { clone(x: tf.Tensor): tf.Tensor };
  let handles: Handle[] = [];
  let noted = 0;
  meter.onKernel = (kernel, inputs) => (result) => {
    const [output] = [result].flat() as (tf.Tensor | undefined)[];
    const readable =
      output && (output.dtype === 'float32' || output.dtype === 'int32' || output.dtype === 'bool');
    if (!readable || output.isDisposed || noted >= most) return;
    noted += 1;
    const shapes = Object.values(inputs).flatMap((input) =>
      (input as tf.Tensor | undefined)?.shape ? [(input as tf.Tensor).shape] : [],
    );
    handles.push({ kernel, inputs: shapes, output: tf.keep(engine.clone(output)) });
  };
  return {
    /** Reads what was noted since the last time, and lets go of it. */
    async read(): Promise<Operation[]> {
      const now = handles;
      handles = [];
      const operations: Operation[] = [];
      for (const { kernel, inputs, output } of now) {
        const values = await output.data();
        operations.push({
          kernel,
          inputs,
          output: output.shape,
          samples: sampled(values as ArrayLike<number>),
        });
        output.dispose();
      }
      return operations;
    },
    end(): void {
      meter.onKernel = undefined;
      for (const { output } of handles) output.dispose();
    },
  };
}

export type Trace = ReturnType<typeof createTrace>;

function sampled(values: ArrayLike<number>): number[] {
  const count = Math.min(SAMPLES, values.length);
  return Array.from({ length: count }, (_, i) => values[Math.floor((i * values.length) / count)]);
}
