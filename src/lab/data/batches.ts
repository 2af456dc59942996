import * as tf from '@tensorflow/tfjs-core';
import { LabError } from '../host.ts';

/** Tensors whose first axis counts the same examples. */
export type Dataset = Record<string, tf.Tensor>;
/** The part of the lab's `random` that orders examples. */
export interface Order {
  permutation(count: number): number[];
}

function countOf(dataset: Dataset): number {
  const counts = new Set(Object.values(dataset).map((tensor) => tensor.shape[0]));
  if (counts.size === 1) return [...counts][0];
  throw new LabError(
    `batches: tensors of ${[...counts].join(' and ')} examples`,
    'Pass tensors of equally many.',
  );
}

/**
 * Batches of `size` examples, in an order that is drawn anew for each pass; the rest of a pass that fills no
 * batch is left out, so that every batch has one shape. Without `passes` it never ends: take one batch a step
 * with `.next().value`. Each batch is made when it is asked for and belongs to the step that asked.
 */
export function batches<T extends Dataset>(dataset: T, size: number, random: Order): Generator<T, never>;
export function batches<T extends Dataset>(
  dataset: T,
  size: number,
  random: Order,
  passes: number,
): Generator<T, void>;
export function* batches<T extends Dataset>(
  dataset: T,
  size: number,
  random: Order,
  passes = Infinity,
): Generator<T, void> {
  const count = countOf(dataset);
  if (!(Number.isInteger(size) && size > 0 && size <= count)) {
    throw new LabError(
      `batches: asked for ${size} of ${count} examples`,
      `Ask for a whole number from 1 to ${count}.`,
    );
  }
  for (let pass = 0; pass < passes; pass++) {
    const order = random.permutation(count);
    for (let from = 0; from + size <= count; from += size)
      yield pickRows(dataset, order.slice(from, from + size));
  }
}

function pickRows<T extends Dataset>(dataset: T, rows: number[]): T {
  const index = tf.tensor1d(rows, 'int32');
  const picked = Object.entries(dataset).map(([name, tensor]) => [name, tf.gather(tensor, index)]);
  index.dispose();
  return Object.fromEntries(picked);
}
