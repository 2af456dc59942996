import * as tf from '@tensorflow/tfjs';
import type { random } from 'lab';
import { execute, type Layers } from './mechanism';

export const layers = ['reader', 'solver', 'writer'] as const;
export type Layer = (typeof layers)[number];

// The language of the tasks, which no agent is told.
const list = (words: string) => words.split(' ');
export const keys = {
  reader: [
    ...list('pair trio quartet five sextet week octet nine'),
    ...list('decade eleven dozen thirteen fortnight fifteen'),
    ...list('sixteen nineteen'),
  ],
  solver: list('plus and both minus less without times each by'),
  writer: list('price wage eggs apples rope road wait trip'),
};
export const meaning = {
  reader: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 19],
  solver: [0, 0, 0, 1, 1, 1, 2, 2, 2],
  writer: [0, 0, 1, 1, 2, 2, 3, 3],
};
export const entries = {
  reader: Array.from({ length: 20 }, (_, i) => `${i}`),
  solver: list('+ − ×'),
  writer: list('€ pcs m min'),
};

export const each = (
  make: (layer: Layer) => tf.Tensor,
): Layers => ({
  reader: make('reader'),
  solver: make('solver'),
  writer: make('writer'),
});
export const table = (layer: Layer) =>
  tf.tensor1d(meaning[layer], 'int32');

/** Two different words, a cue and a unit; and the answers. */
export function draw(from: typeof random, size: number) {
  const first = from.integers([size], 0, 16);
  const second = first
    .add(from.integers([size], 1, 16))
    .mod(16)
    .cast('int32');
  const asked: Layers = {
    reader: tf.concat([first, second]),
    solver: from.integers([size], 0, 9),
    writer: from.integers([size], 0, 8),
  };
  const right = each((l) => tf.gather(table(l), asked[l]));
  const { reader, solver, writer } = right;
  return { asked, truth: execute(reader, solver, writer) };
}

/** Prompts [m, K, E]: 30 % right lines, 30 % random, 40 % empty,
 * where a hunch decides. */
export const begin = (from: typeof random, agents: number) =>
  each((layer) => {
    const [K, E] = [keys[layer].length, entries[layer].length];
    const kind = from.uniform([agents, K, 1]);
    const random = tf.oneHot(from.integers([agents, K], 0, E), E);
    const right = tf.oneHot(table(layer), E).mul(kind.less(0.3));
    const hunch = from.uniform([agents, K, E], 0, 1e-3);
    return right.add(random.mul(kind.greater(0.7))).add(hunch);
  });
