import * as tf from '@tensorflow/tfjs-core';
import { type Host, LabError } from './host.ts';

export type Tensors = Record<string, tf.Tensor>;

/** The trainable state of a cell: named tensors, kept in one flat variable. */
export interface Parameters<T extends Tensors> {
  readonly flat: tf.Variable;
  readonly names: (keyof T & string)[];
  readonly shapes: Record<string, number[]>;
  /** How many numbers there are in all. */
  readonly size: number;
  /** The current values under their names, as tensors of the running scope. */
  values(): T;
}

/**
 * `parameters({ w1, b1 })`: takes the tensors' values as the start. One flat variable underneath, so that an
 * optimiser's update is about ten kernels however many tensors there are.
 * @throws when a value is not a float32 tensor.
 */
export function parameters<T extends Tensors>(initial: T): Parameters<T> {
  const names = Object.keys(initial) as (keyof T & string)[];
  for (const name of names) mustBeFloat(name, initial[name]);
  const shapes = Object.fromEntries(names.map((name) => [name, initial[name].shape]));
  const flat = tf.tidy(() => tf.variable(flatten(names.map((name) => initial[name]))));
  return { flat, names, shapes, size: flat.size, values: () => slicesOf(flat, names, shapes) as T };
}

/** Which cell ran when a trainable state was made. */
const makers = new WeakMap<tf.Variable, string>();

/** `parameters` that remember which cell they were made for: it alone may train them. */
export const createParameters = (host: Host) =>
  function own<T extends Tensors>(initial: T): Parameters<T> {
    const net = parameters(initial);
    makers.set(net.flat, host.cell);
    return net;
  };

/** @throws when another cell made the parameters: a control that moves would train on what the last run left. */
export function mustBeOwn(state: tf.Variable, host: Host, who: string): void {
  const maker = makers.get(state);
  if (!maker || maker === host.cell) return;
  throw new LabError(
    `${who} in ${host.cell}.ts was given parameters that ${maker}.ts made`,
    'Make them in the cell that trains them: when a control of it moves, it alone runs again, and would go on from where the last run ended.',
  );
}

/** The tensors one after another in one vector. */
export const flatten = (tensors: tf.Tensor[]): tf.Tensor1D =>
  tf.tidy(() => tf.concat(tensors.map((t) => tf.reshape(t, [-1]))) as tf.Tensor1D);

function slicesOf(flat: tf.Tensor, names: string[], shapes: Record<string, number[]>): Tensors {
  let begin = 0;
  const parts: Tensors = {};
  for (const name of names) {
    const size = tf.util.sizeFromShape(shapes[name]);
    parts[name] = tf.tidy(() => tf.reshape(tf.slice(flat, [begin], [size]), shapes[name]));
    begin += size;
  }
  return parts;
}

function mustBeFloat(name: string, value: tf.Tensor): void {
  if (value?.dtype === 'float32') return;
  throw new LabError(
    `parameters: '${name}' is ${value?.dtype ?? typeof value}, expected a float32 tensor`,
    "Make it with random.normal, tf.zeros or tf.cast(x, 'float32').",
  );
}
