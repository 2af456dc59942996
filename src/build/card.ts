/** The picture that a link to a page shows elsewhere: title, recorded figure, verdict, as a PNG of 1200 by 630. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseHTML } from 'linkedom';
import subsetFont from 'subset-font';
import type { PaperData } from '../content.config.ts';
import type { ImagesOutput, Output, PlotOutput, Recording } from '../protocol.ts';
import { drawStrip } from '../render/images.ts';
import { renderOutput } from '../render/index.ts';
import { textWidth, wrapText } from '../render/measure.ts';
import { byline } from './cite.ts';
import { lightTokens, plainColours } from './colours.ts';

const WIDTH = 1200;
const HEIGHT = 630;
/** Where the figure stands: right of the words. */
const FIGURE = { x: 572, y: 64, width: 572, height: 502 };
const WORDS = { x: 60, width: 456 };
const FONT = 12.5;

const { document } = parseHTML('<!doctype html><html><body></body></html>');
const page = document as unknown as Document;
const html = (node: unknown) => (node as { outerHTML: string }).outerHTML;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

interface Style {
  size: number;
  fill?: string;
  weight?: number;
  serif?: boolean;
}

const SANS = 'Inter';
const SERIF = 'Source Serif 4';

function text(
  words: string,
  x: number,
  y: number,
  { size, fill = 'ink', weight = 400, serif }: Style,
): string {
  const family = serif ? SERIF : SANS;
  return `<text x="${x}" y="${y}" font-family="${family}" font-size="${size}" font-weight="${weight}" fill="var(--${fill})">${escaped(words)}</text>`;
}

// `measure.ts` knows the widths of the site's sans face at one size.
const wrapped = (words: string, width: number, size: number) =>
  wrapText(words, (width * FONT) / size).split('\n');

function lines(words: string[], x: number, y: number, leading: number, style: Style): string {
  return words.map((line, i) => text(line, x, y + i * leading, style)).join('');
}

/** A drawing scaled into a box, from its upper left corner. */
function fitted(svg: string, from: [number, number], { x, y, width, height }: typeof FIGURE): string {
  const scale = Math.min(width / from[0], height / from[1]);
  return `<g transform="translate(${x},${y}) scale(${scale.toFixed(4)})">${svg}</g>`;
}

function plot(output: PlotOutput, box: typeof FIGURE): string {
  const figure = renderOutput(output, page, { width: 440 });
  const drawing = figure.querySelector('svg.plot')!;
  const size = ['width', 'height'].map((name) => Number(drawing.getAttribute(name))) as [number, number];
  drawing.setAttribute('font-family', SANS);
  drawing.setAttribute('font-size', String(FONT));
  for (const name of ['class', 'role', 'aria-label', 'data-scales']) drawing.removeAttribute(name);
  return fitted(html(drawing), size, box);
}

const LABEL = 176;

function images(output: ImagesOutput, box: typeof FIGURE): string {
  const rows = output.rows;
  const high = Math.min(110, box.height / rows.length);
  return rows
    .map((row, i) => {
      const strip = drawStrip(page, row, output.palette, '');
      const [, , w, h] = strip.getAttribute('viewBox')!.split(' ').map(Number);
      const scale = Math.min((box.width - LABEL) / w, (high - 10) / h);
      for (const tile of strip.querySelectorAll('.tiles')) tile.setAttribute('fill', 'var(--tile)');
      for (const frame of strip.querySelectorAll('.frames')) {
        frame.setAttribute('fill', 'none');
        frame.setAttribute('stroke', row.ink === 'plain' ? 'var(--rule)' : `var(--${row.ink})`);
        frame.setAttribute('stroke-width', String((row.ink === 'plain' ? 1 : 2.5) / scale));
      }
      strip.querySelector('image')?.setAttribute('image-rendering', 'optimizeSpeed');
      for (const [name, value] of Object.entries({ width: w * scale, height: h * scale, x: LABEL, y: 0 }))
        strip.setAttribute(name, String(value));
      const words = wrapped(row.label, LABEL - 14, 15).slice(0, 3);
      const first = (h * scale) / 2 + 5 - (words.length - 1) * 9;
      const style: Style = { size: 15, fill: row.ink === 'mechanism' ? 'mechanism' : 'muted' };
      return `<g transform="translate(${box.x},${box.y + i * high})">${lines(words, 0, first, 18, style)}${html(strip)}</g>`;
    })
    .join('');
}

function drawn(output: Output, box: typeof FIGURE): string {
  if (output.kind === 'plot') return plot(output, box);
  if (output.kind === 'images') return images(output, box);
  return output.kind === 'scrub' && output.frames.length ? drawn(output.frames.at(-1)!.output, box) : '';
}

// Serif letters are narrower than those that are measured.
const NARROWER = 0.93;

/** The title as large as it fits beside the figure. */
function titleOf(title: string): { size: number; words: string[] } {
  const sizes = [
    { size: 46, most: 4 },
    { size: 38, most: 6 },
    { size: 31, most: 9 },
  ].map(({ size, most }) => ({ size, most, words: wrapped(title, WORDS.width, size * NARROWER) }));
  const fits = ({ size, most, words }: (typeof sizes)[number]) =>
    words.length <= most && words.every((line) => (textWidth(line) * size * NARROWER) / FONT <= WORDS.width);
  return sizes.find(fits) ?? sizes.at(-1)!;
}

/** The card as SVG. */
export function cardSvg(data: PaperData, recording: Recording): string {
  const shown = recording.shown.find(({ id }) => id === data.finding.output);
  const { size, words: title } = titleOf(data.title);
  const held = recording.checks.filter(({ holds }) => holds).length;
  const heading = shown && 'title' in shown.output ? (shown.output.title ?? '') : '';
  const head = wrapped(heading, FIGURE.width, 20).slice(0, 2);
  const top = FIGURE.y + (head.length ? head.length * 26 + 8 : 0);
  const below = 150 + title.length * size * 1.14;
  const verdict = `${held} of ${recording.checks.length}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<rect width="${WIDTH}" height="${HEIGHT}" fill="var(--paper)"/>
<path d="M${WORDS.x} 96h${WORDS.width}" stroke="var(--ink)" stroke-width="2"/>
${text('Working Papers', WORDS.x, 78, { size: 22, serif: true, weight: 600 })}
${lines(title, WORDS.x, 150, size * 1.14, { size, serif: true, weight: 600 })}
${lines(wrapped(`${byline(data)} · ${data.year}`, WORDS.width, 19), WORDS.x, below, 26, { size: 19, fill: 'muted' })}
${text(verdict, WORDS.x, 566, { size: 34, weight: 600, fill: 'mechanism' })}
${text('checks hold, run in your browser', WORDS.x + (textWidth(verdict) * 34) / FONT + 2, 566, { size: 20, fill: 'muted' })}
${lines(head, FIGURE.x, FIGURE.y + 16, 26, { size: 20, weight: 600 })}
${shown ? drawn(shown.output, { ...FIGURE, y: top, height: FIGURE.y + FIGURE.height - top }) : ''}
</svg>`;
  return plainColours(svg, lightTokens());
}

const folder = '.cache/fonts';
const LETTERS = `${Array.from({ length: 0x2ff }, (_, i) => String.fromCharCode(i + 32)).join('')}–—‘’“”…·×±÷°²³µ−′″√∞≤≥≈→←↑↓∈∑∂∇ℓ₀₁₂₃₄₅₆₇₈₉ₖᵥᾱ`;
const GREEK = 'αβγδεζηθικλμνξοπρςστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ';

const faces = [
  { file: 'card-sans', source: 'inter/files/inter-latin-wght-normal', wght: 400, letters: LETTERS },
  { file: 'card-sans-bold', source: 'inter/files/inter-latin-wght-normal', wght: 600, letters: LETTERS },
  { file: 'card-greek', source: 'inter/files/inter-greek-wght-normal', wght: 400, letters: GREEK },
  {
    file: 'card-serif',
    source: 'source-serif-4/files/source-serif-4-latin-wght-normal',
    wght: 600,
    letters: LETTERS,
  },
];

/** The site's faces in the form that the rasteriser reads; made once. */
async function fontFiles(): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    faces.map(async ({ file, source, wght, letters }) => {
      const at = path.join(folder, `${file}.ttf`);
      if (existsSync(at)) return at;
      const face = await readFile(`node_modules/@fontsource-variable/${source}.woff2`);
      // The package's types name one format only.
      const options = { targetFormat: 'sfnt', variationAxes: { wght } } as object as Parameters<
        typeof subsetFont
      >[2];
      await writeFile(at, await subsetFont(face, letters, options));
      return at;
    }),
  );
}

/** The card as PNG. */
export async function cardPng(data: PaperData, recording: Recording): Promise<Buffer> {
  const { Resvg } = await import('@resvg/resvg-js');
  const font = { fontFiles: await fontFiles(), loadSystemFonts: false, defaultFontFamily: SANS };
  return new Resvg(cardSvg(data, recording), { font }).render().asPng();
}
