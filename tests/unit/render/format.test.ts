import { expect, test } from 'vitest';
import { formatNumber, formatValue, inWords } from '../../../src/render/format.ts';
import { textWidth, wrapText } from '../../../src/render/measure.ts';

test.each([
  [0, '0'],
  [0.17, '0.17'],
  [0.001, '0.001'],
  [1e-5, '1e-5'],
  [9.04e-7, '9.04e-7'],
  [-0.5, '−0.5'],
  [0.1 + 0.2, '0.3'],
  [2.3456, '2.35'],
  [1234.5, '1230'],
  [20000, '20000'],
  [1e9, '1e9'],
  [123456.7, '1.23e5'],
  [Number.POSITIVE_INFINITY, '∞'],
  [Number.NEGATIVE_INFINITY, '−∞'],
  [Number.NaN, 'not finite'],
  [null, 'not finite'],
])('%s is written %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test('values of records are words', () => {
  expect([true, false, null, undefined, 'a', 0.25].map(formatValue)).toEqual([
    'yes',
    'no',
    '–',
    '–',
    'a',
    '0.25',
  ]);
});

test('lists are sentences', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(inWords)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});

test('wider letters make wider text; size scales it', () => {
  expect(textWidth('WWW')).toBeGreaterThan(2 * textWidth('iii'));
  expect(textWidth('abc', 25)).toBeCloseTo(2 * textWidth('abc', 12.5));
});

test('text breaks at spaces only, and keeps every word', () => {
  const text = 'stochastic depth with a linear schedule';
  const lines = wrapText(text, 100).split('\n');
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join(' ')).toBe(text);
  for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(100);
  expect(wrapText('unbreakable', 1)).toBe('unbreakable');
});
