import type { ImageRow, ImagesOutput } from '../protocol.ts';
import { bytesOf } from './bytes.ts';

/** What one picture says in figures. */
export interface PictureFigures {
  mean: number;
  least: number;
  greatest: number;
}

/**
 * The value that a byte stands for. Of colours that run to both sides of zero none stands for zero itself, because 255
 * steps have no middle: zero is written as 128, and read as zero.
 */
export function valueOfByte(
  byte: number,
  [low, high]: ImagesOutput['range'],
  palette: ImagesOutput['palette'],
): number {
  if (palette === 'diverging' && low === -high && byte === 128) return 0;
  return low + (byte / 255) * (high - low);
}

/** The figures of every picture of a row, in the values that its bytes stand for. */
export function picturesOf(
  row: ImageRow,
  range: ImagesOutput['range'],
  palette: ImagesOutput['palette'],
): PictureFigures[] {
  const bytes = bytesOf(row.pixels);
  const size = row.height * row.width * row.channels;
  const value = (byte: number) => valueOfByte(byte, range, palette);
  return Array.from({ length: row.count }, (_, i) => {
    const own = bytes.subarray(i * size, (i + 1) * size);
    let [sum, least, greatest] = [0, 255, 0];
    for (const byte of own) {
      sum += byte;
      least = Math.min(least, byte);
      greatest = Math.max(greatest, byte);
    }
    return { mean: value(sum / size), least: value(least), greatest: value(greatest) };
  });
}
