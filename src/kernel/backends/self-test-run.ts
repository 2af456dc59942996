/** Runs the test cases on the current backend and samples what comes out: for the self-test and for its recording. */
import * as tf from '../tf.ts';
import { type TestCase, testCases } from './self-test-cases.ts';

/** By case: a sample of its value, then of its gradient by each argument. An error's message where it threw. */
export type Answers = Record<string, number[][] | string>;

const SAMPLES = 8;

/** Every answer of the current backend. Reads only through `data()`, after all is asked for; leaves no tensor. */
export async function answers(cases: TestCase[] = testCases): Promise<Answers> {
  const asked = cases.map((c) => ({ name: c.name, outputs: ask(c) }));
  const entries = asked.map(async ({ name, outputs }) => [
    name,
    typeof outputs === 'string' ? outputs : await samplesOf(outputs),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

function ask(c: TestCase): tf.Tensor[] | string {
  try {
    return tf.tidy(() => {
      const xs = c.shapes.map((shape, k) => tf.tensor(fixed(tf.util.sizeFromShape(shape), k), shape));
      const value = c.f(...xs);
      if (c.forwardOnly) return [tf.cast(value, 'float32')];
      // The upstream gradient is given: fewer programs for a GPU to compile than with a weighted sum.
      const upstream = tf.tensor(fixed(value.size, 9), value.shape);
      return [value, ...tf.grads(c.f)(xs, upstream)];
    });
  } catch (error) {
    return (error as Error).message;
  }
}

async function samplesOf(outputs: tf.Tensor[]): Promise<number[][] | string> {
  try {
    const data = await Promise.all(outputs.map((t) => t.data()));
    return data.map((values) => spread(values.length).map((k) => values[k]));
  } catch (error) {
    return (error as Error).message;
  } finally {
    tf.dispose(outputs);
  }
}

/** Positions over the whole length, both ends included. */
function spread(length: number): number[] {
  if (length <= SAMPLES) return Array.from({ length }, (_, k) => k);
  return Array.from({ length: SAMPLES }, (_, k) => Math.round((k * (length - 1)) / (SAMPLES - 1)));
}

/** Numbers between -1 and 1 that every engine computes alike: integers only, until the division. */
function fixed(length: number, phase: number): number[] {
  let state = 12345 + 1000 * phase;
  return Array.from({ length }, () => {
    state = (state * 16807) % 2147483647;
    return state / 1073741823.5 - 1;
  });
}
