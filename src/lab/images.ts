import type * as tf from '@tensorflow/tfjs-core';
import type { ImageRow, ImagesOutput } from '../protocol.ts';
import { isTensor } from './doors.ts';
import { LabError } from './host.ts';

export interface ImagesOptions {
  title?: string;
  /** A word under each column. */
  columns?: string[];
  /** Values drawn as the emptiest and the fullest colour; the data's own extremes when absent (symmetric for 'diverging'). */
  range?: [number, number];
  palette?: 'ink' | 'diverging' | 'rgb';
  /** The row that is the paper's, framed in its ink; likewise for the others. */
  inks?: Record<string, 'mechanism' | 'baseline' | 'broken'>;
}

/**
 * Small pictures in rows: `await images({ cue, 'one update': found }, { ... })`, each tensor [n, height, width],
 * [n, height, width, 3] or one picture [height, width]. All rows share one range of values.
 */
export async function images(
  rows: Record<string, tf.Tensor> | tf.Tensor,
  options: ImagesOptions = {},
): Promise<ImagesOutput> {
  const named = isTensor(rows) ? { '': rows } : rows;
  const read = await Promise.all(
    Object.entries(named).map(async ([label, x]) => ({
      label,
      ...shapeOf(label, x),
      values: await x.data(),
    })),
  );
  const { palette = 'ink', title, columns, inks = {} } = options;
  const range =
    options.range ??
    rangeOf(
      read.map((row) => row.values),
      palette,
    );
  return {
    kind: 'images',
    title,
    columns,
    palette,
    range,
    rows: read.map(
      ({ values, ...row }): ImageRow => ({
        ...row,
        ink: inks[row.label] ?? 'plain',
        pixels: base64(bytesOf(values, range)),
      }),
    ),
  };
}

function shapeOf(label: string, x: tf.Tensor): Pick<ImageRow, 'count' | 'height' | 'width' | 'channels'> {
  const [count, height, width, channels = 1] = x.rank === 2 ? [1, ...x.shape] : x.shape;
  if (x.rank < 2 || x.rank > 4 || (channels !== 1 && channels !== 3)) {
    throw new LabError(
      `images: '${label}' has shape [${x.shape}]`,
      'Expected [height, width], [n, height, width] or [n, height, width, 1 or 3].',
    );
  }
  return { count, height, width, channels };
}

type Values = ArrayLike<number>;

function rangeOf(rows: Values[], palette: string): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const values of rows) {
    for (let i = 0; i < values.length; i++) {
      if (values[i] < low) low = values[i];
      if (values[i] > high) high = values[i];
    }
  }
  const most = Math.max(Math.abs(low), Math.abs(high));
  return palette === 'diverging' ? [-most, most] : [low, high];
}

function bytesOf(values: Values, [low, high]: [number, number]): Uint8Array {
  const scale = high > low ? 255 / (high - low) : 0;
  return Uint8Array.from(values, (v) => Math.max(0, Math.min(255, Math.round((v - low) * scale))));
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}
