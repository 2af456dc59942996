import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { StoredFile } from '../../lab/safetensors-bytes.ts';

const side = 28;
const area = side * side;
/** Six bits a pixel: wrong by 1/126 at most, and half the bytes of eight. */
const levels = 64;
const sizes = [28, 14, 8] as const;
export type Size = (typeof sizes)[number];
/** How many images of each part a size keeps. */
export type Counts = Record<Size, { train: number; test: number }>;

/** Images and labels of one part, as published. */
export interface Published {
  images: Uint8Array;
  labels: Uint8Array;
}

/** Reads a pair of IDX files, gzipped or not. */
export function readIdx(imagePath: string, labelPath: string): Published {
  const read = (path: string) => (path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path));
  return { images: read(imagePath).subarray(16), labels: read(labelPath).subarray(8) };
}

/**
 * Number of the published image that comes `k`-th here. The published order has a drift (the first half of
 * MNIST's test file is the easier one), so images are taken by a stride of about the golden section of the
 * file: every prefix is spread evenly over it.
 */
const publishedAt = (k: number, count: number) => (k * (count === 60_000 ? 37_081 : 6_181)) % count;

/** Mean of the block × block pixels at each place, after cutting `margin` pixels from every side. */
function pool(image: Uint8Array, block: number, margin: number): number[] {
  const size = (side - 2 * margin) / block;
  return Array.from({ length: size * size }, (_, i) => {
    const top = margin + Math.floor(i / size) * block;
    const left = margin + (i % size) * block;
    let sum = 0;
    for (let y = 0; y < block; y++) for (let x = 0; x < block; x++) sum += image[(top + y) * side + left + x];
    return sum / (block * block);
  });
}

const shrink: Record<Size, (image: Uint8Array) => number[]> = {
  28: (image) => pool(image, 1, 0),
  14: (image) => pool(image, 2, 0),
  8: (image) => pool(image, 3, 2),
};

function part(name: string, published: Published, size: Size, count: number): StoredFile['tensors'] {
  const x = new Uint8Array(count * size * size);
  const y = new Uint8Array(count);
  for (let k = 0; k < count; k++) {
    const from = publishedAt(k, published.labels.length);
    const pixels = shrink[size](published.images.subarray(from * area, (from + 1) * area));
    x.set(
      pixels.map((pixel) => Math.round((pixel / 255) * (levels - 1))),
      k * size * size,
    );
    y[k] = published.labels[from];
  }
  return {
    [`${name}.x`]: { shape: [count, size, size], data: x },
    [`${name}.y`]: { shape: [count], data: y },
  };
}

/** The three files of one set, `<set>-28`, `<set>-14` and `<set>-8`. */
export function imageFiles(
  set: string,
  train: Published,
  test: Published,
  counts: Counts,
): Record<string, StoredFile> {
  const file = (size: Size): StoredFile => ({
    tensors: {
      ...part('train', train, size, counts[size].train),
      ...part('test', test, size, counts[size].test),
    },
    metadata: { levels: String(levels) },
  });
  return Object.fromEntries(sizes.map((size) => [`${set}-${size}`, file(size)]));
}

const english = (counts: Counts) =>
  sizes.map((size) => `${size} px: ${counts[size].train} + ${counts[size].test}`).join('; ');

/** What both recipes say of their files. */
export const contentsOf = (counts: Counts) =>
  `Training + test images at ${english(counts)}. 14 px: means of 2×2 pixels; 8 px: the middle 24×24, means of 3×3. ` +
  `Each pixel is one of ${levels} levels (0 to ${levels - 1}), so it is wrong by 1/${2 * (levels - 1)} at most. Image k is number ` +
  'k·37,081 mod 60,000 of the training file (k·6,181 mod 10,000 of the test file): the same image at every size, ' +
  'every prefix spread over the whole file.';
