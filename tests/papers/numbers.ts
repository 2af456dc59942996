/** What the tests of papers share: tensors as lists, lists compared number by number, and numbers that repeat. */
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';

/** All numbers of a tensor, in order. */
export const list = (x: tf.Tensor) => x.reshape([-1]).array() as Promise<number[]>;

/** Compares lists of equal length, to so many digits behind the point. */
export const closeTo =
  (usual: number) =>
  (found: number[], expected: number[], digits = usual) => {
    expect(found).toHaveLength(expected.length);
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, digits);
  };

/** Tensors of numbers in (-1, 1), the same in every run. */
export function someFrom(seed: number) {
  let state = seed;
  const number = () => {
    state = (state * 16807) % 2147483647;
    return (state / 2147483647) * 2 - 1;
  };
  return (...shape: number[]) =>
    tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, number), shape);
}
