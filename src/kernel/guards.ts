import type * as tf from '@tensorflow/tfjs-core';
import { LabError } from '../lab/host.ts';

type Attributes = Record<string, unknown>;
type Guard = (inputs: Record<string, tf.TensorInfo>, attributes: Attributes) => void;

/**
 * What TensorFlow.js computes wrongly without a word is refused, by kernel.
 * Products: batch axes are flattened on both sides, so that [2, 1] against [2, 3] pairs the wrong matrices;
 * where one side's are the last of the other's, [3] against [2, 3], all is well.
 * Slices: WASM reads beyond the end.
 */
const guards: Record<string, Guard> = {
  BatchMatMul: pairs,
  _FusedMatMul: pairs,
  Slice({ x }, { begin, size }) {
    for (const [axis, length] of x.shape.entries()) {
      const from = [begin].flat()[axis] as number | undefined;
      const taken = [size].flat()[axis] as number | undefined;
      if (from === undefined || taken === undefined || taken < 0 || from + taken <= length) continue;
      throw new LabError(
        `slice takes ${taken} from ${from} of axis ${axis}, which has ${length}`,
        'Take no more than there is; a size of -1 takes the rest.',
      );
    }
  },
};

function pairs({ a, b }: Record<string, tf.TensorInfo>): void {
  const [left, right] = [a, b].map(({ shape }) => shape.slice(0, -2));
  if (endsWith(left, right) || endsWith(right, left)) return;
  throw new LabError(
    `matMul got batch axes [${left}] and [${right}], which TensorFlow.js would pair wrongly`,
    'Make them equal, or the axes of one the last axes of the other: tf.tile the one with an axis of 1, or fold it into the rows.',
  );
}

/** Whether the last axes of `long` are those of `short`, whose leading ones change nothing. */
function endsWith(long: number[], short: number[]): boolean {
  const own = short.slice(short.findIndex((n) => n !== 1));
  const tail = short.every((n) => n === 1) ? [] : own;
  return tail.length <= long.length && tail.every((n, i) => n === long[long.length - tail.length + i]);
}

/** @throws where an operation would give wrong numbers. */
export const mustBeRight = (kernel: string, inputs: object, attributes: object): void =>
  guards[kernel]?.(inputs as Record<string, tf.TensorInfo>, attributes as Attributes);
