import { describe, expect, test } from 'vitest';
import type { Bound } from '../../../src/protocol.ts';
import { scaleOf } from '../../../src/render/check-scale.ts';
import { renderCheck } from '../../../src/render/index.ts';
import { newDocument } from './page.ts';
import { checkOf } from './samples.ts';

const document = newDocument();
const words = (element: Element | null) => element!.textContent!.replaceAll(/\s+/g, ' ').trim();
const lefts = (row: Element, kind: string) =>
  [...row.querySelectorAll(`.scale .${kind}`)].map((dot) =>
    Number(dot.getAttribute('style')!.match(/left:([\d.]+)/)![1]),
  );

test.each<[number | null, Bound, boolean, string]>([
  [4e-4, { below: 1e-3 }, true, '4e-4 below 0.001'],
  [0.35, { below: 1e-3 }, false, '0.35 not below 0.001'],
  [0.93, { above: 0.85 }, true, '0.93 above 0.85'],
  [-0.51, { near: -0.5, within: 0.05 }, true, '−0.51 near −0.5 ± 0.05'],
  [3.2, { between: [0.8, 1.25] }, false, '3.2 not between 0.8 and 1.25'],
  [null, { below: 1 }, false, 'not finite not below 1'],
])('%s against %o reads as a sentence', (measured, bound, holds, sentence) => {
  const row = renderCheck(checkOf({ measured, bound, holds }), document);
  expect(words(row.querySelector('.figures'))).toBe(sentence);
  expect(words(row.querySelector('.verdict'))).toBe(holds ? 'holds' : 'fails');
  expect(row.className).toContain(holds ? 'holds' : 'fails');
});

test('the button carries the check and the setting that breaks it', () => {
  const button = renderCheck(checkOf(), document).querySelector('button')!;
  expect(button.getAttribute('data-check')).toBe('bits-wrong');
  expect(JSON.parse(button.getAttribute('data-breaks')!)).toEqual({ rule: 'classical' });
  expect(button.getAttribute('aria-label')).toContain('bits wrong with 256 patterns');
  expect(renderCheck(checkOf({ breaks: {} }), document).querySelector('button.break')).toBeNull();
});

test('the break and further seeds are said and drawn', () => {
  const seeds = [
    { measured: 0, holds: true },
    { measured: 5e-3, holds: false },
  ];
  const row = renderCheck(checkOf(), document, { broken: { measured: 0.35, holds: false }, seeds });
  expect(words(row.querySelector('.measured .without'))).toBe('rule = classical: 0.35');
  expect(words(row.querySelector('.on-seeds'))).toBe('2 of 3 seeds');
  expect(lefts(row, 'seed')).toHaveLength(2);
  expect(lefts(row, 'without')[0]).toBeGreaterThan(lefts(row, 'bound')[0]);
});

describe('the scale', () => {
  test.each<[number, Bound]>([
    [4e-4, { below: 1e-3 }],
    [0, { below: 1e-3 }],
    [-2, { below: 1e-3 }],
    [1e-9, { below: 1 }],
  ])('puts %s left of the bound %o', (measured, bound) => {
    const row = renderCheck(checkOf({ measured, bound }), document);
    expect(lefts(row, 'at')[0]).toBeLessThan(lefts(row, 'bound')[0]);
  });

  test('puts what is between within both bounds', () => {
    const row = renderCheck(checkOf({ measured: 1, bound: { between: [0.8, 1.25] } }), document);
    const [low, high] = lefts(row, 'bound');
    expect(lefts(row, 'at')[0]).toBeGreaterThan(low);
    expect(lefts(row, 'at')[0]).toBeLessThan(high);
  });

  test('has no dot for what is not finite', () => {
    expect(lefts(renderCheck(checkOf({ measured: null }), document), 'at')).toEqual([]);
  });

  test('is logarithmic over decades and linear within one', () => {
    const decades = scaleOf([1e-6, 1e-3, 1]);
    expect(decades(1e-3)).toBeCloseTo((decades(1e-6) + decades(1)) / 2, 0);
    const close = scaleOf([1, 2, 3]);
    expect(close(2)).toBeCloseTo((close(1) + close(3)) / 2, 0);
  });

  test('keeps every dot inside', () => {
    for (const values of [
      [0, 1e-9],
      [5, 5],
      [-1, 1],
      [0, 0],
      [1e-300, 1e300],
    ]) {
      for (const value of values) {
        expect(scaleOf(values)(value)).toBeGreaterThanOrEqual(4);
        expect(scaleOf(values)(value)).toBeLessThanOrEqual(96);
      }
    }
  });
});

test('claims and reasons are text, not markup', () => {
  const row = renderCheck(checkOf({ claim: '<img src=x> of `β`', because: '<b>x</b>' }), document);
  expect(row.querySelector('img')).toBeNull();
  expect(words(row.querySelector('.claim'))).toBe('<img src=x> of β');
  expect(words(row.querySelector('small'))).toBe('because: <b>x</b>');
});
