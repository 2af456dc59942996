import type { ImageRow, ImagesOutput } from '../protocol.ts';
import { h, noData, s } from './dom.ts';
import { picturesInWords } from './format.ts';
import { textWidth } from './measure.ts';
import { rampLegend } from './plot-legend.ts';
import { gapOf, stripOf, stripWidth } from './png.ts';

const ROOM = 330;

// Width of one picture on the page: as large as the row allows, within what still reads as a small multiple.
function pictureSize(columns: number): number {
  return Math.round(Math.max(20, Math.min(150, ROOM / columns - 8)));
}

// A hair of the picture's own pixel grid outside it, so that the frame hides no pixel.
function frames(document: Document, row: ImageRow): Element[] {
  const edge = row.width * 0.02;
  return Array.from({ length: row.count }, (_, i) =>
    s(document, 'rect', {
      x: i * (row.width + gapOf(row.width)) - edge,
      y: -edge,
      width: row.width + 2 * edge,
      height: row.height + 2 * edge,
    }),
  );
}

function inkClass(row: ImageRow, palette: ImagesOutput['palette']): string {
  return row.channels === 1 && palette !== 'diverging' ? 'ink' : 'coloured';
}

/** A row of pictures as one SVG: tiles under the strip, frames over it. Unlike backgrounds, these print. */
export function drawStrip(
  document: Document,
  row: ImageRow,
  palette: ImagesOutput['palette'],
  alt: string,
): Element {
  const width = stripWidth(row);
  const edge = row.width * 0.04;
  const viewBox = [-edge, -edge, width + 2 * edge, row.height + 2 * edge]
    .map((n) => Math.round(n * 100) / 100)
    .join(' ');
  const image = s(document, 'image', {
    href: stripOf(row, palette),
    width,
    height: row.height,
    class: inkClass(row, palette),
  });
  return s(
    document,
    'svg',
    { class: 'strip', viewBox, role: 'img', 'aria-label': alt },
    s(document, 'g', { class: 'tiles' }, ...frames(document, row)),
    image,
    s(document, 'g', { class: 'frames' }, ...frames(document, row)),
  );
}

function altOf(row: ImageRow, columns: string[] | undefined): string {
  const heads = columns?.slice(0, row.count).filter((word) => word) ?? [];
  const pictures = [picturesInWords(row.count), ...heads].join(', ');
  return row.label ? `${row.label}: ${pictures}` : pictures;
}

// Fewer pictures than columns: the strip keeps the scale of the full rows.
function stripStyle(row: ImageRow, columns: number): string {
  const size = pictureSize(columns);
  const width = Math.round((stripWidth(row) / row.width) * size);
  const share = stripWidth(row) / stripWidth({ ...row, count: columns });
  return `width:${Math.round(share * 100)}%;max-width:${width}px`;
}

const isBare = ({ rows }: ImagesOutput) => rows.every(({ label }) => !label);

function rowOf(document: Document, row: ImageRow, output: ImagesOutput, columns: number): Element {
  const strip = drawStrip(document, row, output.palette, altOf(row, output.columns));
  strip.setAttribute('style', stripStyle(row, columns));
  const label = !isBare(output) && h(document, 'span', { class: 'label', 'aria-hidden': 'true' }, row.label);
  return h(document, 'div', { class: row.ink === 'plain' ? 'row' : `row ${row.ink}` }, label, strip);
}

function heads(document: Document, output: ImagesOutput, columns: number): Element {
  const row = output.rows.at(-1)!;
  const gap = Math.round((gapOf(row.width) / stripWidth({ ...row, count: columns })) * 1000) / 10;
  const full = { ...row, count: columns };
  const style = `${stripStyle(full, columns)};grid-template-columns:repeat(${columns},minmax(0,1fr));column-gap:${gap}%`;
  const cells = Array.from({ length: columns }, (_, i) => h(document, 'span', {}, output.columns?.[i] ?? ''));
  const line = h(document, 'span', { class: 'heads', style }, ...cells);
  return h(
    document,
    'div',
    { class: 'row', 'aria-hidden': 'true' },
    !isBare(output) && h(document, 'span', { class: 'label' }),
    line,
  );
}

const ink = (t: number) => `color-mix(in oklab,var(--ink) ${Math.round(t * 100)}%,var(--paper))`;

// The very hues of the pictures, laid over the page in the same way.
function diverging(t: number): string {
  const share = Math.round(Math.abs(2 * t - 1) * 100);
  return `color-mix(in srgb,var(--${t < 0.5 ? 'negative' : 'positive'}) ${share}%,var(--paper))`;
}

// Intensities from 0 to 1 are pictures; any other range is a field whose colours stand for figures.
function legend(document: Document, { palette, range }: ImagesOutput): Element | null {
  if (palette === 'diverging') return rampLegend(document, range, diverging);
  const isField = palette === 'ink' && !(range[0] === 0 && (range[1] === 1 || range[1] === 255));
  return isField ? rampLegend(document, range, ink) : null;
}

/** Rows of small pictures with their labels; labels stand above their row where the page is narrow. */
export function drawImages(output: ImagesOutput, document: Document): Element {
  const { rows } = output;
  if (!rows.length) return noData(document);
  const columns = Math.max(...rows.map(({ count }) => count));
  const widest = Math.max(...rows.map(({ label }) => textWidth(label, 14)));
  const body = rows.map((row) => rowOf(document, row, output, columns));
  if (output.columns?.length) body.push(heads(document, output, columns));
  const kind = isBare(output) ? ' bare' : widest > 90 ? ' long' : '';
  const grid = h(document, 'div', { class: `images${kind}` }, ...body);
  return h(document, 'div', { class: 'drawing pictures' }, grid, legend(document, output));
}
