/**
 * A figure as a file of its own. What stands on the page is partly SVG and partly HTML (title, legends, labels of
 * pictures, tables): all of it is set again in one SVG, at its place, with the styles it has here written into it.
 * Always in the colours of the light theme, on white: a file goes where the page's theme does not.
 */

import { base64Of } from '../../render/bytes.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** What a drawing takes from the page's styles, and would lose outside of it. */
const inherited = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'fill-opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'paint-order',
  'image-rendering',
];
const own: Record<string, string> = { opacity: '1', 'vector-effect': 'none' };

/** Beyond the page the site's faces are not there: the nearest that most machines have. */
const FAMILY = 'Inter, "Helvetica Neue", Helvetica, Arial, sans-serif';

function svg(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

const paints = new Map<string, string>();
let brush: CanvasRenderingContext2D | null | undefined;

/** A colour in the words that every program knows: browsers write mixed ones as `oklab(…)`. */
function plainColour(value: string): string {
  if (!/^(color|oklab|oklch|lab|lch)\(/.test(value)) return value;
  const known = paints.get(value);
  if (known) return known;
  brush ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!brush) return value;
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = value;
  brush.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
  const plain = a === 255 ? `rgb(${r}, ${g}, ${b})` : `rgba(${r}, ${g}, ${b}, ${(a / 255).toFixed(3)})`;
  paints.set(value, plain);
  return plain;
}

const writtenValue = (style: CSSStyleDeclaration, name: string) =>
  name === 'font-family' ? FAMILY : plainColour(style.getPropertyValue(name));

/** An SVG of the page, copied with the styles it has there. */
function copyOf(drawing: SVGSVGElement): SVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const from = [drawing, ...drawing.querySelectorAll<SVGElement>('*')];
  const to = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  for (const [i, element] of from.entries()) {
    const style = getComputedStyle(element);
    const above = i > 0 && element.parentElement ? getComputedStyle(element.parentElement) : undefined;
    for (const name of inherited) {
      const value = writtenValue(style, name);
      if (above && writtenValue(above, name) === value) to[i].removeAttribute(name);
      else to[i].setAttribute(name, value);
    }
    for (const [name, usual] of Object.entries(own)) {
      const value = style.getPropertyValue(name);
      if (value !== usual && value !== '') to[i].setAttribute(name, value);
    }
    for (const name of ['class', 'style', 'tabindex', 'data-scales', 'role', 'aria-label', 'aria-hidden'])
      to[i].removeAttribute(name);
  }
  for (const mark of copy.querySelectorAll('[data-walk-mark]')) mark.remove();
  return copy;
}

const round = (value: number) => Math.round(value * 100) / 100;

/** The lines that a text of the page is broken into, with their places. */
function linesOf(text: Text): { words: string; box: DOMRect }[] {
  const lines: { words: string; box: DOMRect }[] = [];
  const range = document.createRange();
  for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const box = range.getBoundingClientRect();
    if (!box.width) continue;
    const last = lines.at(-1);
    if (last && Math.abs(last.box.top - box.top) < 2) {
      last.words += ` ${word}`;
      last.box = new DOMRect(last.box.x, last.box.y, box.right - last.box.x, last.box.height);
    } else lines.push({ words: word, box });
  }
  return lines;
}

function textOf(text: Text, origin: DOMRect): SVGElement[] {
  const style = getComputedStyle(text.parentElement!);
  const size = Number.parseFloat(style.fontSize);
  const toEnd = style.textAlign === 'right' || style.textAlign === 'end';
  const centred = style.textAlign === 'center';
  return linesOf(text).map(({ words, box }) => {
    const x = toEnd ? box.right : centred ? box.x + box.width / 2 : box.x;
    const line = svg('text', {
      x: round(x - origin.x),
      y: round(box.y - origin.y + box.height / 2 + 0.36 * size),
      fill: plainColour(style.color),
      'font-family': FAMILY,
      'font-size': style.fontSize,
      'font-weight': style.fontWeight,
      'text-anchor': toEnd ? 'end' : centred ? 'middle' : 'start',
    });
    line.textContent = words;
    return line;
  });
}

function ruleOf(element: Element, origin: DOMRect): SVGElement[] {
  const style = getComputedStyle(element);
  if (!/^t[dh]$/i.test(element.localName) || !Number.parseFloat(style.borderTopWidth)) return [];
  const box = element.getBoundingClientRect();
  const [y, x] = [round(box.y - origin.y), round(box.x - origin.x)];
  return [svg('path', { d: `M${x} ${y}h${round(box.width)}`, stroke: plainColour(style.borderTopColor) })];
}

// Not `checkVisibility`: rows of pictures have no box of their own (`display: contents`).
const isLeftOut = (element: Element) =>
  element.matches('.described, input, [data-walk-mark]') || getComputedStyle(element).display === 'none';

function* piecesOf(node: Node, origin: DOMRect): Generator<SVGElement> {
  if (node instanceof Text) yield* textOf(node, origin);
  if (!(node instanceof Element) || isLeftOut(node)) return;
  if (node instanceof SVGSVGElement) {
    const copy = copyOf(node);
    const box = node.getBoundingClientRect();
    const place = { x: box.x - origin.x, y: box.y - origin.y, width: box.width, height: box.height };
    for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(round(value)));
    copy.setAttribute('overflow', 'visible');
    yield copy;
    return;
  }
  yield* ruleOf(node, origin);
  for (const child of node.childNodes) yield* piecesOf(child, origin);
}

/** Everything that a figure shows, also what its scroll area hides at the moment. */
function extentOf(figure: Element): DOMRect {
  const box = figure.getBoundingClientRect();
  const table = figure.querySelector('table')?.getBoundingClientRect();
  return new DOMRect(box.x, box.y, Math.max(box.width, table?.width ?? 0), box.height);
}

export interface Standalone {
  text: string;
  width: number;
  height: number;
}

const PAD = 12;

/** While `act` runs, the figure has the light theme's colours; nothing is painted in between. */
function inLight<T>(figure: HTMLElement, act: () => T): T {
  const before = figure.getAttribute('style');
  figure.style.colorScheme = 'light';
  figure.style.color = 'var(--ink)';
  figure.style.setProperty('--paper', '#ffffff');
  try {
    return act();
  } finally {
    if (before === null) figure.removeAttribute('style');
    else figure.setAttribute('style', before);
  }
}

/** A figure that is on screen, as one SVG. `title` and `words` are for those who cannot see it. */
export function standalone(figure: HTMLElement, title: string, words: string): Standalone {
  const scroll = figure.querySelector('.scroll');
  if (scroll) scroll.scrollLeft = 0;
  const box = extentOf(figure);
  const origin = new DOMRect(box.x - PAD, box.y - PAD);
  const [width, height] = [Math.ceil(box.width) + 2 * PAD, Math.ceil(box.height) + 2 * PAD];
  const whole = svg('svg', { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, role: 'img' });
  const said: [string, string][] = [
    ['title', title],
    ['desc', words],
  ];
  for (const [name, text] of said)
    if (text) whole.append(Object.assign(svg(name, {}), { textContent: text }));
  whole.append(svg('rect', { width, height, fill: '#ffffff' }));
  inLight(figure, () => whole.append(...piecesOf(figure, origin)));
  return { text: new XMLSerializer().serializeToString(whole), width, height };
}

const GREEK = /[\u0370-\u03ff]/;

/** The page's rules for its label face, with the sheets they stand in; from the disk a sheet may not be read. */
function faces(): { rule: CSSFontFaceRule; base: string }[] {
  return [...document.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules]
        .filter((rule) => rule instanceof CSSFontFaceRule)
        .filter(({ style }) => /^"?Inter"?$/.test(style.getPropertyValue('font-family')))
        .map((rule) => ({ rule, base: sheet.href ?? location.href }));
    } catch {
      return [];
    }
  });
}

/** The site's face for labels, to be carried by a picture: pictures see no styles of the page. */
async function faceFor(text: string): Promise<string> {
  const rules: string[] = [];
  for (const { rule, base } of faces()) {
    const letters = rule.style.getPropertyValue('unicode-range');
    const address = /url\("?([^")]+)/.exec(rule.style.getPropertyValue('src'))?.[1];
    if (!address || (letters && !GREEK.test(text))) continue;
    const bytes = new Uint8Array(await (await fetch(new URL(address, base))).arrayBuffer());
    const range = letters ? `unicode-range:${letters};` : '';
    rules.push(
      `@font-face{font-family:Inter;font-weight:400 650;${range}src:url(data:font/woff2;base64,${base64Of(bytes)})}`,
    );
  }
  return rules.length ? `<style>${rules.join('')}</style>` : '';
}

/** A canvas may not be larger on most phones. */
const MOST = 8192;

/** The drawing as a PNG, at twice its size, for screens and slides. @throws where the browser cannot draw it. */
export async function pngOf({ text, width, height }: Standalone): Promise<Blob> {
  // From the disk nothing can be fetched: the letters are then those of the machine.
  const style = await faceFor(text).catch(() => '');
  const image = new Image();
  image.src = URL.createObjectURL(
    new Blob([text.replace(/(<svg[^>]*>)/, `$1${style}`)], { type: 'image/svg+xml' }),
  );
  try {
    await image.decode();
    const scale = Math.min(2, MOST / Math.max(width, height));
    const canvas = Object.assign(document.createElement('canvas'), {
      width: Math.round(width * scale),
      height: Math.round(height * scale),
    });
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (!blob) throw new Error('no picture came of it');
    return blob;
  } finally {
    URL.revokeObjectURL(image.src);
  }
}
