import { h, s } from './dom.ts';
import { formatNumber } from './format.ts';

const STEPS = 24;

/**
 * A ramp with its two ends (and zero) in figures. Plot paints its own on a canvas, which Node has not and the
 * two themes could not recolour; rectangles print, too.
 */
export function rampLegend(
  document: Document,
  [low, high]: [number, number],
  colour: (t: number) => string,
  label?: string,
): Element {
  const cells = Array.from({ length: STEPS }, (_, i) =>
    s(document, 'rect', { x: i * 5, width: 5.2, height: 10, fill: colour(i / (STEPS - 1)) }),
  );
  const bar = s(
    document,
    'svg',
    { viewBox: `0 0 ${STEPS * 5} 10`, width: STEPS * 5, height: 10, 'aria-hidden': 'true' },
    ...cells,
  );
  const end = (value: number) => h(document, 'span', {}, formatNumber(value));
  return h(
    document,
    'p',
    { class: 'ramp' },
    label ? h(document, 'span', { class: 'of' }, label) : null,
    end(low),
    bar,
    end(high),
  );
}

function swatch(document: Document, colour: string, name: string): Element {
  const mark = s(document, 'svg', { viewBox: '0 0 14 14', width: 14, height: 14, 'aria-hidden': 'true' });
  mark.append(s(document, 'rect', { y: 1, width: 12, height: 12, rx: 2, fill: colour }));
  return h(document, 'li', {}, mark, name);
}

/** One swatch and its name for each value of an ordinal scale. */
export function swatchLegend(document: Document, names: string[], colour: (name: string) => string): Element {
  return h(
    document,
    'ul',
    { class: 'swatches' },
    ...names.map((name) => swatch(document, colour(name), name)),
  );
}
