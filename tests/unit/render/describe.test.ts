import { expect, test } from 'vitest';
import { describe } from '../../../src/render/index.ts';
import {
  attention,
  bitsWrong,
  digits,
  facets,
  filters,
  growth,
  imageRow,
  linePlot,
  outputs,
} from './samples.ts';

test('lines: start, end, and which stays above', () => {
  const words = describe(linePlot({ 'this paper': [2.3, 1, 0.19], baseline: [2.4, 2, 1.1] }));
  expect(words).toContain('this paper: falls from 2.3 to 0.19');
  expect(words).toContain('baseline: falls from 2.4 to 1.1');
  expect(words).toContain('this paper stays below baseline');
});

test('extremes that are neither start nor end, with their place', () => {
  expect(describe(linePlot({ a: [1, 5, -2, 2] }))).toContain(
    'a: rises from 1 to 2, lowest −2 at 3, highest 5 at 2',
  );
});

test('crossings, with the first place past each', () => {
  expect(describe(linePlot({ a: [0, 1, 2, 3], b: [3, 2, 1, 0] }))).toContain('a and b cross before 3');
});

test('a line that does not move, and its name from the label in its ink', () => {
  expect(describe(bitsWrong)).toBe(
    'bits wrong over patterns stored from 4 to 256. sign rule: rises from 0 to 0.34; this paper: stays at 0; ' +
      'this paper stays below sign rule. Line at x = 8.8.',
  );
});

test('of many lines each is compared with the paper’s own, in its ink wherever it is drawn', () => {
  const rows = [0, 1].map((x) => ({ x, a: 1, b: 2, c: 4, own: 3 }));
  const line = (y: string, stroke: string) => ({ mark: 'line', data: rows, options: { x: 'x', y, stroke } });
  const others = ['a', 'b', 'c'].map((y, i) => line(y, `var(--series-${i + 1})`));
  const marks = [...others, line('own', 'var(--mechanism)')];
  expect(describe({ kind: 'plot', options: {}, marks })).toContain(
    'this paper: stays at 3; this paper stays above line 1; this paper stays above line 2; this paper stays below line 3.',
  );
});

test('gaps are left out', () => {
  expect(describe(linePlot({ a: [1, Number.NaN, null, 3] }))).toContain('a: rises from 1 to 3');
});

test('a line alone, named by its ink', () => {
  const data = [
    { x: 0, y: 1 },
    { x: 1, y: 2 },
  ];
  const marks = ['var(--broken)', 'var(--other)'].map((stroke) => ({
    mark: 'line',
    data,
    options: { x: 'x', y: 'y', stroke },
  }));
  const words = describe({ kind: 'plot', options: {}, marks });
  expect(words).toContain('broken: rises');
  expect(words).toContain('line 2: rises');
});

test('cells, bars and dots', () => {
  expect(describe(attention)).toBe(
    'Grid of 3 rows and 3 columns: weight 0 to 1, greatest at key 0, query 0.',
  );
  expect(describe(facets)).toContain('dropout 0.8');
  const dots = {
    mark: 'dot',
    data: [
      { x: 1, y: 5 },
      { x: 3, y: -1 },
    ],
    options: { x: 'x', y: 'y' },
  };
  expect(describe({ kind: 'plot', options: { x: { label: 'width' } }, marks: [dots] })).toBe(
    '2 points, width 1 to 3, y −1 to 5.',
  );
});

test('pictures: rows, counts, columns and range', () => {
  expect(describe(digits)).toBe(
    'Rows of pictures: the cue: lower half unknown (3) and one update, β = 8 (3).',
  );
  expect(describe(filters)).toBe(
    'Rows of pictures: conv (2), columns step 0 and step 100; colours from −1.5 to 1.5.',
  );
});

test('pictures without a name are counted', () => {
  expect(describe({ ...digits, rows: [imageRow('', 'plain', 4)] })).toBe('Rows of pictures: 4 pictures.');
  expect(describe({ ...digits, rows: [imageRow('', 'plain', 1)] })).toBe('Rows of pictures: 1 picture.');
});

test('a scrub tells its last frame; tables and texts speak for themselves', () => {
  expect(describe(growth)).toMatch(/^At training step 100: /);
  expect([describe(outputs.table), describe(outputs.text)]).toEqual(['', '']);
  expect(describe(linePlot({}))).toBe('No data yet.');
});
