import { encode } from 'fast-png';
import type { ImageRow, ImagesOutput } from '../protocol.ts';
import { base64Of, bytesOf } from './bytes.ts';

type Palette = ImagesOutput['palette'];

// Mid-tones of the two inks: at full strength they read on light and on dark paper alike, and everything
// weaker is the page showing through, so one picture serves both themes.
export const POSITIVE = [74, 108, 240];
export const NEGATIVE = [224, 90, 31];

const PAINT: Record<
  Palette,
  { channels: number; paint: (from: Uint8Array, i: number) => ArrayLike<number> }
> = {
  // Black with the intensity as opacity: CSS inverts it on dark paper.
  ink: { channels: 2, paint: (from, i) => [0, from[i]] },
  diverging: { channels: 4, paint: (from, i) => diverging(from[i]) },
  // Opaque, so that the gaps between pictures alone are transparent.
  rgb: { channels: 4, paint: (from, i) => [from[3 * i], from[3 * i + 1], from[3 * i + 2], 255] },
};

function diverging(byte: number): number[] {
  const strength = Math.min(255, Math.round((Math.abs(byte - 128) / 127) * 255));
  return [...(byte < 128 ? NEGATIVE : POSITIVE), strength];
}

/** Columns of empty pixels between the pictures of a strip. */
export function gapOf(width: number): number {
  return Math.max(1, Math.ceil(width * 0.16));
}

/** Width of a strip of `count` pictures in its own pixels. */
export function stripWidth(row: Pick<ImageRow, 'count' | 'width'>): number {
  return row.count * row.width + (row.count - 1) * gapOf(row.width);
}

function place(row: ImageRow, index: number): number {
  const size = row.width * row.height;
  const image = Math.floor(index / size);
  const y = Math.floor((index % size) / row.width);
  return y * stripWidth(row) + image * (row.width + gapOf(row.width)) + (index % row.width);
}

function checked(row: ImageRow): Uint8Array {
  const bytes = bytesOf(row.pixels);
  const expected = row.count * row.height * row.width * row.channels;
  if (bytes.length === expected) return bytes;
  throw new Error(
    `images, row "${row.label}": ${bytes.length} bytes of pixels, expected ${expected} (${row.count} pictures of ` +
      `${row.height} × ${row.width} × ${row.channels}). Give one byte per value, picture after picture.`,
  );
}

/**
 * A row of pictures as one PNG data URI, the pictures side by side with transparent gaps: one header and one
 * deflate stream for the row are about a third of the bytes that a file per picture takes.
 */
export function stripOf(row: ImageRow, palette: Palette): string {
  const from = checked(row);
  const { channels, paint } = PAINT[row.channels === 3 ? 'rgb' : palette === 'rgb' ? 'ink' : palette];
  const data = new Uint8Array(stripWidth(row) * row.height * channels);
  for (let i = 0; i < row.count * row.height * row.width; i++) {
    data.set(paint(from, i), place(row, i) * channels);
  }
  const png = encode({ width: stripWidth(row), height: row.height, data, channels, depth: 8 });
  return `data:image/png;base64,${base64Of(png)}`;
}
