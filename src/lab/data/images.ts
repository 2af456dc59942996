import * as tf from '@tensorflow/tfjs-core';
import { LabError } from '../host.ts';
import type { StoredFile } from '../safetensors-bytes.ts';
import { type OpenData, take } from './store.ts';

/** How pixels, 0 (paper) to 1 (ink), are handed out. */
export type PixelScale =
  /** As they are, 0 to 1. */
  | 'unit'
  /** −1 to 1. */
  | 'signed'
  /** Less the mean, divided by the deviation: one of each, over all pixels of the training images asked for. */
  | 'standard'
  /** (pixel − minus) · times, as many papers write it. */
  | { minus: number; times: number };

/** What to take of a set of images. */
export interface ImageQuery {
  /** Pixels a side: 28 as published, 14 by 2×2 means, 8 by 3×3 means of the middle 24×24. */
  size?: 28 | 14 | 8;
  /** How many training images, from the front; all when not said. Equal numbers give equal images at every size. */
  train?: number;
  /** How many test images, from the front; all when not said. */
  test?: number;
  normalise?: PixelScale;
  /** true: x is [n, size·size]. false: [n, size, size, 1]. */
  flat?: boolean;
  /** Only these labels; `train` and `test` count after the choice. Labels keep their numbers. */
  classes?: number[];
}

/** Images and their labels in the same order. */
export type Examples = {
  /** float32, [n, size, size, 1] or [n, size·size]. */
  x: tf.Tensor;
  /** int32, [n]. */
  y: tf.Tensor1D;
};
export interface ImageData {
  train: Examples;
  test: Examples;
}

type Part = 'train' | 'test';
interface Picked {
  pixels: Float32Array;
  labels: Int32Array;
}

function pick(name: string, file: StoredFile, part: Part, query: ImageQuery): Picked {
  const labels = file.tensors[`${part}.y`].data;
  const images = file.tensors[`${part}.x`];
  const levels = Number(file.metadata.levels);
  const all = [...labels.keys()].filter((i) => !query.classes || query.classes.includes(labels[i]));
  const words = query.classes ? ` with classes ${query.classes.join(', ')}` : '';
  const kept = all.slice(0, take(`data.${name}${words}, ${part} images`, query[part], all.length));
  const area = images.shape[1] * images.shape[2];
  const pixels = new Float32Array(kept.length * area);
  kept.forEach((from, to) => {
    for (let i = 0; i < area; i++) pixels[to * area + i] = images.data[from * area + i] / (levels - 1);
  });
  return { pixels, labels: Int32Array.from(kept, (i) => labels[i]) };
}

function meanAndDeviation(values: Float32Array): { minus: number; times: number } {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { minus: mean, times: 1 / Math.sqrt(squares / values.length - mean * mean) };
}

function scaleOf(scale: PixelScale, train: Float32Array): { minus: number; times: number } {
  if (scale === 'unit') return { minus: 0, times: 1 };
  if (scale === 'signed') return { minus: 0.5, times: 2 };
  if (scale !== 'standard') return scale;
  if (train.length) return meanAndDeviation(train);
  throw new LabError(
    "normalise: 'standard' measures the training images, and none were asked for",
    'Ask for some.',
  );
}

function toExamples(
  { pixels, labels }: Picked,
  query: ImageQuery,
  size: number,
  scale: PixelScale,
  train: Picked,
): Examples {
  const { minus, times } = scaleOf(scale, train.pixels);
  const shape = query.flat ? [labels.length, size * size] : [labels.length, size, size, 1];
  const x = tf.tensor(
    pixels.map((pixel) => (pixel - minus) * times),
    shape,
    'float32',
  );
  return { x, y: tf.tensor1d(labels, 'int32') };
}

/** The door to one set of images, stored as `<set>-<size>`. */
export function imageSet(open: OpenData, name: string, set: string) {
  return async (query: ImageQuery = {}): Promise<ImageData> => {
    const { size = 28, normalise = 'unit' } = query;
    if (![28, 14, 8].includes(size)) {
      throw new LabError(`data.${name}: size ${size}`, 'There are images of 28, 14 and 8 pixels a side.');
    }
    const file = await open(`${set}-${size}`);
    const train = pick(name, file, 'train', query);
    const test = pick(name, file, 'test', query);
    return {
      train: toExamples(train, query, size, normalise, train),
      test: toExamples(test, query, size, normalise, train),
    };
  };
}
