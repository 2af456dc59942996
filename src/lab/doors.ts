import type * as tf from '@tensorflow/tfjs-core';
import { LabError } from './host.ts';

/** Nested arrays of numbers, as deep as the tensor. */
export type Nested = number | Nested[];

/** Whether a value is a tensor of tfjs, and not its data or a promise of one. */
export const isTensor = (x: unknown): x is tf.Tensor =>
  typeof x === 'object' && x !== null && 'dataId' in x && 'shape' in x;

function mustBeTensor(door: string, x: unknown): tf.Tensor {
  if (isTensor(x)) return x;
  throw new LabError(
    `${door} takes a tensor, found ${x === null ? 'null' : typeof x}`,
    'Pass the tensor itself, not its data.',
  );
}

/**
 * The number in a tensor of one value. The only door, with `toArray`, from the backend to JavaScript: await it.
 * @throws when the tensor holds more or fewer than one value.
 */
export async function toNumber(x: tf.Tensor): Promise<number> {
  const tensor = mustBeTensor('toNumber', x);
  if (tensor.size !== 1) {
    throw new LabError(
      `toNumber takes a tensor of one value, found shape [${tensor.shape}]`,
      'Reduce it first (mean, sum, max), or use toArray.',
    );
  }
  return (await tensor.data())[0];
}

/** The values of a tensor as nested arrays: `toArray<number[][]>(x)` for two dimensions. Await it. */
export async function toArray<T extends Nested = number[]>(x: tf.Tensor): Promise<T> {
  const tensor = mustBeTensor('toArray', x);
  return nested(await tensor.data(), tensor.shape) as T;
}

/** As `tensor.array()`, whose arrays grow number by number: a third of the time of a page that reads millions. */
function nested(values: ArrayLike<number>, [count, ...inner]: number[], start = 0): Nested {
  if (count === undefined) return values[start];
  const step = inner.reduce((product, n) => product * n, 1);
  const list = new Array<Nested>(count);
  for (let k = 0; k < count; k++)
    list[k] = inner.length === 0 ? values[start + k] : nested(values, inner, start + k * step);
  return list;
}
