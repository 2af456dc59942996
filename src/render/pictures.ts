import type { ImageRow, ImagesOutput } from '../protocol.ts';
import { bytesOf } from './bytes.ts';

/** What one picture says in figures. */
export interface PictureFigures {
  mean: number;
  least: number;
  greatest: number;
}

/** The figures of every picture of a row, in the values that its bytes stand for. */
export function picturesOf(
  row: ImageRow,
  [low, high]: ImagesOutput['range'],
  palette: ImagesOutput['palette'],
): PictureFigures[] {
  const bytes = bytesOf(row.pixels);
  const size = row.height * row.width * row.channels;
  const isZero = (byte: number) => palette === 'diverging' && low === -high && byte === 128;
  const value = (byte: number) => (isZero(byte) ? 0 : low + (byte / 255) * (high - low));
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
