import type { Bound, CheckResult, Settings } from '../protocol.ts';
import type { CheckExtra } from './check-scale.ts';
import { checkScale } from './check-scale.ts';
import { h, s } from './dom.ts';
import { formatNumber, formatValue, inWords } from './format.ts';
import { inline } from './text.ts';

/** A bound in words: "below 0.001", "near 0.5 ± 0.1", "between 1 and 2". */
export function boundInWords(bound: Bound): string {
  if ('below' in bound) return `below ${formatNumber(bound.below)}`;
  if ('above' in bound) return `above ${formatNumber(bound.above)}`;
  if ('near' in bound) return `near ${formatNumber(bound.near)} ± ${formatNumber(bound.within)}`;
  return `between ${bound.between.map((edge) => formatNumber(edge)).join(' and ')}`;
}

/** A setting in words: "rule = classical and beta = 0.05". */
export function settingInWords(settings: Settings): string {
  return inWords(Object.entries(settings).map(([key, value]) => `${key} = ${formatValue(value)}`));
}

// Shape and word, so that colour is never the only sign.
function verdict(document: Document, holds: boolean): Element {
  const path = s(document, 'path', { d: holds ? 'M3 8.5l3.5 3.5L13 4.5' : 'M4 4l8 8M12 4l-8 8' });
  const mark = s(
    document,
    'svg',
    { viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' },
    path,
  );
  return h(document, 'span', { class: 'verdict' }, mark, holds ? 'holds' : 'fails');
}

// "not below" where a finite figure fails; "not finite" says enough by itself.
function figures(document: Document, { measured, bound, holds }: CheckResult): Element {
  const words = `${holds ? '' : 'not '}${boundInWords(bound)}`;
  const pieces = words.split(/(\u2212?[\d.]+(?:e-?\d+)?|\u221e)/).filter((piece) => piece.trim());
  const rest = pieces.map((piece) =>
    /\d|\u221e/.test(piece) ? h(document, 'span', {}, piece) : h(document, 'em', {}, piece.trim()),
  );
  const spaced = rest.flatMap((node) => [' ', node]);
  return h(document, 'span', { class: 'figures' }, h(document, 'b', {}, formatNumber(measured)), ...spaced);
}

function without(document: Document, check: CheckResult, broken: CheckExtra['broken']): Element | null {
  if (!broken) return null;
  const at = settingInWords(check.breaks);
  return h(document, 'span', { class: 'without' }, `${at}: ${formatNumber(broken.measured)}`);
}

function onSeeds(document: Document, check: CheckResult, seeds: CheckExtra['seeds']): Element | null {
  if (!seeds?.length) return null;
  // With the seed of the row itself, as the page's verdict counts.
  const held = seeds.filter(({ holds }) => holds).length + (check.holds ? 1 : 0);
  return h(document, 'span', { class: 'on-seeds' }, `${held} of ${seeds.length + 1} seeds`);
}

function breakButton(document: Document, check: CheckResult): Element | null {
  if (!Object.keys(check.breaks).length) return null;
  const attributes = {
    type: 'button',
    class: 'break',
    'data-check': check.id,
    'data-breaks': JSON.stringify(check.breaks),
    title: `sets ${settingInWords(check.breaks)}`,
    'aria-label': `Break it: ${check.claim}`,
  };
  return h(document, 'button', attributes, 'Break it');
}

function sweepButton(document: Document, check: CheckResult): Element {
  const attributes = {
    type: 'button',
    class: 'sweep',
    'data-sweep': check.id,
    title: 'over a control, or twenty seeds',
    'aria-label': `Sweep: ${check.claim}`,
  };
  return h(document, 'button', attributes, 'Sweep');
}

/**
 * A check as a row: verdict, claim, the measurement on a scale with its bound, the figures, "Break it" and
 * why it must hold. `extra` adds what the recording knows: further seeds, and the check without its mechanism.
 */
export function renderCheck(check: CheckResult, document: Document, extra: CheckExtra = {}): HTMLLIElement {
  const because = h(document, 'small', {}, 'because: ', ...inline(document, check.because));
  return h(
    document,
    'li',
    { class: `check ${check.holds ? 'holds' : 'fails'}`, id: check.id, 'data-check': check.id },
    verdict(document, check.holds),
    h(document, 'span', { class: 'claim' }, ...inline(document, check.claim)),
    checkScale(check, document, extra),
    h(
      document,
      'span',
      { class: 'measured' },
      figures(document, check),
      without(document, check, extra.broken),
      onSeeds(document, check, extra.seeds),
    ),
    h(document, 'span', { class: 'acts' }, breakButton(document, check), sweepButton(document, check)),
    check.because ? because : null,
  );
}
