import type { ImagesOutput, Output, PlotOutput } from '../protocol.ts';
import { s } from './dom.ts';
import { textWidth, wrapText } from './measure.ts';
import { renderOutput } from './output.ts';
import { type Colours, withColours } from './plain-colours.ts';

const SANS = 'Inter, system-ui, Helvetica, Arial, sans-serif';
const PAD = 16;
/** The widest that a small picture is drawn. */
const SIDE = 96;

/** Parts of a figure, put under one another in one drawing. */
interface Page {
  document: Document;
  parts: Element[];
  width: number;
  /** Where the next part begins. */
  y: number;
}

interface Words {
  size?: number;
  weight?: number;
  fill?: string;
  anchor?: 'start' | 'middle' | 'end';
}

const words = ({ document }: Page, text: string, x: number, y: number, how: Words = {}): Element => {
  const { size = 13, weight = 400, fill = 'var(--muted)', anchor = 'start' } = how;
  const style = { 'font-family': SANS, 'font-size': size, 'font-weight': weight, 'text-anchor': anchor };
  return s(document, 'text', { x, y, fill, ...style }, text);
};

function title(page: Page, text: string | undefined): void {
  for (const line of text ? wrapText(text, page.width / 1.08).split('\n') : []) {
    page.parts.push(words(page, line, PAD, page.y + 14, { size: 15, weight: 600, fill: 'var(--ink)' }));
    page.y += 21;
  }
  if (text) page.y += 5;
}

/** A drawing at a place and size of its own. */
function placed(svg: Element, x: number, y: number, width: number, height: number): Element {
  const copy = svg.cloneNode(true) as Element;
  for (const [name, value] of Object.entries({ x, y, width, height })) copy.setAttribute(name, String(value));
  for (const name of ['class', 'role', 'aria-label', 'aria-hidden', 'style']) copy.removeAttribute(name);
  return copy;
}

const boxOf = (svg: Element) => (svg.getAttribute('viewBox') ?? '0 0 100 100').split(/[ ,]+/).map(Number);

/** A row of marks and names; what does not fit goes on in the next line. */
function row(page: Page, items: Element[]): void {
  let x = PAD;
  for (const item of items) {
    const mark = item.localName === 'svg' ? item : item.querySelector('svg');
    const text = item.textContent?.trim() ?? '';
    const [, , width, height] = mark ? boxOf(mark) : [0, 0, 0, 0];
    const needed = width + (text ? textWidth(text, 13) + (mark ? 6 : 0) : 0);
    if (x > PAD && x + needed > page.width + PAD) {
      x = PAD;
      page.y += 19;
    }
    if (mark) page.parts.push(placed(mark, x, page.y + 9 - height / 2, width, height));
    if (text) page.parts.push(words(page, text, x + (mark ? width + 6 : 0), page.y + 13));
    x += needed + (item.localName === 'li' ? 16 : 8);
  }
  page.y += 24;
}

function plot(page: Page, drawing: Element): void {
  for (const part of [...drawing.children]) {
    if (part.matches('.swatches, .ramp')) row(page, [...part.children]);
    if (part.localName !== 'svg') continue;
    const [, , width, height] = boxOf(part);
    const copy = placed(part, PAD, page.y, width, height);
    for (const [name, value] of Object.entries({
      'font-family': SANS,
      'font-size': 12.5,
      color: 'var(--ink)',
    }))
      copy.setAttribute(name, String(value));
    page.parts.push(copy);
    page.y += height + 8;
  }
}

const inkOf = {
  plain: 'var(--rule)',
  mechanism: 'var(--mechanism)',
  baseline: 'var(--baseline)',
  broken: 'var(--broken)',
};

/** Rows of pictures with their labels at the left, as the page has them. */
function images(page: Page, drawing: Element, output: ImagesOutput): void {
  const columns = Math.max(...output.rows.map(({ count }) => count));
  const labels = Math.max(0, ...output.rows.map(({ label }) => textWidth(label, 14)));
  const left = PAD + (labels ? Math.min(labels, 220) + 12 : 0);
  const strips = [...drawing.querySelectorAll('svg.strip')];
  const widest = Math.max(...strips.map((strip) => boxOf(strip)[2]));
  const scale = Math.min(SIDE / output.rows[0].width, (page.width + PAD - left) / widest);
  for (const [i, strip] of strips.entries()) {
    const { label, ink } = output.rows[i];
    const [, , width, height] = boxOf(strip).map((n) => n * scale);
    const copy = placed(strip, left, page.y, width, height);
    for (const tiles of copy.querySelectorAll('.tiles')) tiles.setAttribute('fill', 'var(--tile)');
    for (const image of copy.querySelectorAll('image'))
      image.setAttribute('style', 'image-rendering:pixelated');
    for (const frames of copy.querySelectorAll('.frames'))
      for (const [name, value] of Object.entries({
        fill: 'none',
        stroke: inkOf[ink],
        'stroke-width': (ink === 'plain' ? 1 : 2) / scale,
      }))
        frames.setAttribute(name, String(value));
    page.parts.push(copy);
    const fill = ink === 'mechanism' || ink === 'broken' ? inkOf[ink] : 'var(--muted)';
    if (label)
      page.parts.push(
        words(page, label, left - 12, page.y + height / 2 + 5, { size: 14, fill, anchor: 'end' }),
      );
    page.y += height + 7;
  }
  if (output.columns?.length) {
    const [, , width] = boxOf(strips[strips.length - 1]).map((n) => n * scale);
    const share = width / output.rows.at(-1)!.count;
    const heads = output.columns.slice(0, columns).map((head) => wrapText(head, share / 1.02).split('\n'));
    for (const [i, head] of heads.entries())
      for (const [j, line] of head.entries())
        page.parts.push(
          words(page, line, left + share * (i + 0.47), page.y + 10 + 15 * j, { size: 12, anchor: 'middle' }),
        );
    page.y += 7 + 15 * Math.max(...heads.map((head) => head.length));
  }
  const legend = drawing.querySelector('.ramp');
  if (legend) row(page, [...legend.children]);
}

type Drawable = PlotOutput | ImagesOutput;

/** What of an output can be one picture: itself, or the last frame of one with a slider. */
export function pictureOf(output: Output): Drawable | null {
  const shown = output.kind === 'scrub' ? output.frames.at(-1)!.output : output;
  return shown.kind === 'plot' || shown.kind === 'images' ? shown : null;
}

/** A figure as an SVG file of its own, in light colours, with its title and its legend; null where it is a table or words. */
export function svgFile(output: Output, document: Document, colours: Colours, width = 640): string | null {
  const picture = pictureOf(output);
  if (!picture) return null;
  const drawing = renderOutput(picture, document, { width }).querySelector('.drawing');
  if (!drawing?.querySelector('svg')) return null;
  const page: Page = { document, parts: [], width, y: PAD };
  title(page, ('title' in output && output.title) || picture.title);
  if (output.kind === 'scrub') row(page, [noteOf(page, `${output.label}: ${output.frames.at(-1)!.at}`)]);
  if (picture.kind === 'plot') plot(page, drawing);
  else images(page, drawing, picture);
  const size = { width: width + 2 * PAD, height: Math.round(page.y + PAD / 2) };
  const ground = s(document, 'rect', { ...size, fill: 'var(--paper)' });
  const viewBox = `0 0 ${size.width} ${size.height}`;
  const svg = s(document, 'svg', { ...size, viewBox }, ground, ...page.parts);
  return withColours(serialised(svg as unknown as Element), colours);
}

function noteOf({ document }: Page, text: string): Element {
  const item = document.createElement('li');
  item.textContent = text;
  return item;
}

/** As XML: with its namespace once, and every element closed. */
function serialised(svg: Element): string {
  const text = svg.outerHTML.replaceAll(' xmlns="http://www.w3.org/2000/svg"', '');
  return text.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"').replaceAll('\u00a0', '&#160;');
}
