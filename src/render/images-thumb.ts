import type { ImageRow, ImagesOutput } from '../protocol.ts';
import { base64Of, bytesOf } from './bytes.ts';
import { h, s } from './dom.ts';
import { drawStrip } from './images.ts';

const [WIDTH, HEIGHT, GAP] = [240, 150, 8];
const [ROWS, COLUMNS] = [3, 5];

// The rows in their order, the paper's own always among them.
function chosen(rows: ImageRow[]): ImageRow[] {
  if (rows.length <= ROWS) return rows;
  const own = rows.findIndex(({ ink }) => ink === 'mechanism');
  const wanted = new Set([0, rows.length - 1, own < 0 ? 1 : own, 1]);
  return [...wanted]
    .slice(0, ROWS)
    .sort((a, b) => a - b)
    .map((i) => rows[i]);
}

// Evenly over the row, both ends among them: the last picture is often the point.
function cut(row: ImageRow, count: number): ImageRow {
  if (row.count <= count) return row;
  const size = row.height * row.width * row.channels;
  const all = bytesOf(row.pixels);
  const bytes = new Uint8Array(count * size);
  for (let i = 0; i < count; i++) {
    const from = Math.round((i * (row.count - 1)) / (count - 1)) * size;
    bytes.set(all.subarray(from, from + size), i * size);
  }
  return { ...row, count, pixels: base64Of(bytes) };
}

/** A few of the pictures, drawn for 240 by 150: no labels, no legend. */
export function drawImagesThumb(output: ImagesOutput, document: Document): Element {
  const rows = chosen(output.rows).map((row) => cut(row, COLUMNS));
  const height = (HEIGHT - GAP * (rows.length + 1)) / Math.max(1, rows.length);
  const box = s(document, 'svg', {
    class: 'images plot',
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    width: WIDTH,
    height: HEIGHT,
  });
  rows.forEach((row, i) => {
    const strip = drawStrip(document, row, output.palette, row.label);
    const place = { x: GAP, y: GAP + i * (height + GAP), width: WIDTH - 2 * GAP, height };
    for (const [name, value] of Object.entries(place)) strip.setAttribute(name, String(Math.round(value)));
    box.append(s(document, 'g', { class: `row ${row.ink}` }, strip));
  });
  return h(document, 'div', { class: 'drawing pictures' }, box);
}
