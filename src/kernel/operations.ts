import * as tf from '@tensorflow/tfjs-core';
import type { WholeOperation, WholeTensor } from '../protocol.ts';
import type { Meter } from './engine.ts';

type Inputs = Record<string, tf.Tensor | undefined> | tf.Tensor[];

/** Which operations are told, and what of them was told so far. */
export interface Telling {
  /** Operations of a kind differ by sizes and numbers alone, and share a program of a GPU: so many are told. */
  ofAKind: number;
  /** So many where `ofAKind` were told of notebooks before this one. */
  again: number;
  /** Numbers given. Of larger operations the smallest is told, at the end, of a kind that has no smaller one. */
  affordable: number;
  told: Told;
  /** How many of a kind were told of notebooks before this one. */
  earlier: Map<string, number>;
}

/** What was told of this notebook, by kind. */
export type Told = Map<string, { affordable: number; smallest: number }>;

/**
 * Tells the operations of a run, some of each kind, with all that they were given and gave: another backend can then be
 * asked for the same. Only for a backend that is read without waiting.
 */
export function tellOperations(
  meter: Meter,
  telling: Telling,
  tell: (operation: WholeOperation) => void,
): { end(): void } {
  const large = new Map<string, WholeOperation>();
  meter.onKernel = (kernel, given, attributes) => {
    const inputs = given as Inputs;
    const kind = kindOf(kernel, inputs, attributes);
    const size = sizeOf(Object.values(inputs));
    if (!isWanted(telling, kind, size)) return undefined;
    // Some kernels of a training step write into what they were given.
    const before = mapInputs(inputs, whole);
    return (result) => {
      const outputs = ([result].flat() as tf.Tensor[]).map(whole);
      const operation = { kernel, inputs: before, attributes, outputs };
      if (size > telling.affordable) return void large.set(kind, operation);
      large.delete(kind);
      tell(operation);
    };
  };
  return {
    end() {
      meter.onKernel = undefined;
      for (const operation of large.values()) tell(operation);
    },
  };
}

function isWanted(telling: Telling, kind: string, size: number): boolean {
  const { ofAKind, again, affordable, told, earlier } = telling;
  const enough = (earlier.get(kind) ?? 0) < ofAKind ? ofAKind : again;
  const before = told.get(kind) ?? { affordable: 0, smallest: Number.POSITIVE_INFINITY };
  const isAffordable = size <= affordable;
  const wanted = isAffordable
    ? before.affordable < enough
    : before.affordable === 0 && size < before.smallest;
  if (wanted)
    told.set(kind, {
      affordable: before.affordable + Number(isAffordable),
      smallest: Math.min(size, before.smallest),
    });
  return wanted;
}

/** A notebook is done: what was told of it counts as earlier. */
export function fold(told: Told, earlier: Map<string, number>): void {
  for (const [kind, { affordable }] of told) earlier.set(kind, (earlier.get(kind) ?? 0) + affordable);
  told.clear();
}

/** What the current backend gives for an operation that was told by another. @throws when it has no such kernel. */
export async function operate({ kernel, inputs, attributes }: WholeOperation): Promise<WholeTensor[]> {
  const given = mapInputs(inputs, ({ values, shape, dtype }) => tf.tensor(values, shape, dtype));
  const result = tf.engine().runKernel(kernel, given as tf.NamedTensorMap, attributes as tf.NamedAttrMap);
  const outputs = [result].flat() as tf.Tensor[];
  try {
    return await Promise.all(
      outputs.map(async (output) => ({
        shape: output.shape,
        dtype: output.dtype as WholeTensor['dtype'],
        values: (await output.data()) as WholeTensor['values'],
      })),
    );
  } finally {
    tf.dispose([...Object.values(given), ...outputs]);
  }
}

function kindOf(kernel: string, inputs: Inputs, attributes: object): string {
  const given = Object.values(inputs).map((input) => input && `${input.dtype} ${input.shape.length}`);
  const flags = Object.entries(attributes).map(([name, value]) => {
    if (typeof value === 'number') return name;
    return `${name} ${Array.isArray(value) ? value.length : value}`;
  });
  return `${kernel} ${given.join()} ${flags.join()}`;
}

const sizeOf = (inputs: (tf.Tensor | undefined)[]) =>
  inputs.reduce((sum, input) => sum + (input?.size ?? 0), 0);

function mapInputs<A, B>(inputs: Record<string, A | undefined> | A[], map: (input: A) => B) {
  if (Array.isArray(inputs)) return inputs.map(map);
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, input]) => (input ? [[name, map(input)]] : [])),
  );
}

function whole(tensor: tf.Tensor): WholeTensor {
  const values = tf.backend().readSync(tensor.dataId) as WholeTensor['values'];
  return { shape: tensor.shape, dtype: tensor.dtype as WholeTensor['dtype'], values: values.slice() };
}
