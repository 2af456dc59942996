import * as tf from '@tensorflow/tfjs-core';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { LabError } from './host.ts';

type Shape = number[];

/** FNV-1a: turns a name into a number, so that each cell has a stream of its own. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}

/** Random numbers in the order of their calls. */
export interface RandomStream {
  /** Uniform on [0, 1). */
  unit(): number;
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** From N(0, 1). */
  gaussian(): number;
}

/** A stream begun by its seed and its name. Seeds are non-negative integers; 0 is a seed like any other. */
export function randomStream(seed: number, name: string): RandomStream {
  const generator = xoroshiro128plus((Math.imul(seed + 1, 0x9e3779b1) ^ hashOf(name)) | 0);
  const unit = () => uniformFloat64(generator);
  let spare: number | undefined;
  return {
    unit,
    integer: (min, max) => uniformInt(generator, min, max),
    /** Box and Muller's polar pair: the second value waits for the next call. */
    gaussian() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - unit()));
      const angle = 2 * Math.PI * unit();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
  };
}

/** Seeded draws, made on the host and therefore equal on every backend, from the stream that `stream` names at each call. */
export function createRandom(stream: () => RandomStream) {
  const unit = () => stream().unit();
  const gaussian = () => stream().gaussian();
  const integer = (min: number, max: number) => stream().integer(min, max);

  function floats(shape: Shape, draw: () => number) {
    const values = new Float32Array(tf.util.sizeFromShape(shape));
    for (let k = 0; k < values.length; k++) values[k] = draw();
    return tf.tensor(values, shape, 'float32');
  }

  function permutation(count: number): number[] {
    const order = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = integer(0, i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  return {
    /** N(mean, std²), shape as given. */
    normal: (shape: Shape, mean = 0, std = 1) => floats(shape, () => mean + std * gaussian()),
    /** Uniform on [min, max). */
    uniform: (shape: Shape, min = 0, max = 1) => floats(shape, () => min + (max - min) * unit()),
    /** −1 or +1 with equal chance. */
    signs: (shape: Shape) => floats(shape, () => (unit() < 0.5 ? -1 : 1)),
    /** Whole numbers from `min` to `max` − 1, as int32. */
    integers: (shape: Shape, min: number, max: number) =>
      tf.tensor(
        Int32Array.from({ length: tf.util.sizeFromShape(shape) }, () => integer(min, max - 1)),
        shape,
        'int32',
      ),
    /** The tensor with each entry's sign flipped with probability `chance`. */
    flip: <T extends tf.Tensor>(x: T, chance: number): T =>
      tf.tidy(
        () =>
          tf.mul(
            x,
            floats(x.shape, () => (unit() < chance ? -1 : 1)),
          ) as T,
      ),
    /** 0 … count − 1 in random order. */
    permutation,
    /** `count` different entries of `items`, in random order. @throws when there are fewer. */
    choice<T>(items: readonly T[], count = 1): T[] {
      if (count > items.length)
        throw new LabError(
          `random.choice: asked for ${count} of ${items.length} items`,
          `Ask for at most ${items.length}: no item is given twice.`,
        );
      return permutation(items.length)
        .slice(0, count)
        .map((i) => items[i]);
    },
    /** One number, uniform on [0, 1), for plain code. */
    number: unit,
    /** One number from N(0, 1), for plain code. */
    gaussian,
    /** One whole number from `min` to `max` − 1, for plain code. */
    integer: (min: number, max: number) => integer(min, max - 1),
  };
}

export type Random = ReturnType<typeof createRandom>;
