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

test('crossings, with the places before and after each', () => {
  expect(describe(linePlot({ a: [0, 1, 2, 3], b: [3, 2, 1, 0] }))).toContain('a and b cross between 2 and 3');
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
    'Grid of 3 rows and 3 columns: weight 0 to 1, greatest at key 0, query 0; least at key 1, query 0; ' +
      'on average weight falls with key, from 0.611 to 0.111.',
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
    'Rows of pictures: the cue: lower half unknown (3, on average 0.46) and one update, β = 8 (3, on average 0.46).',
  );
  expect(describe(filters)).toBe(
    'Rows of pictures: conv (2, −1.5 to 1.22), columns step 0 and step 100; colours from −1.5 to 1.5.',
  );
});

test('pictures without a name are counted', () => {
  expect(describe({ ...digits, rows: [imageRow('', 'plain', 4)] })).toBe(
    'Rows of pictures: 4 pictures (on average 0.48).',
  );
  expect(describe({ ...digits, rows: [imageRow('', 'plain', 1)] })).toBe(
    'Rows of pictures: 1 picture (on average 0.4).',
  );
});

test('a scrub tells its last frame; a text speaks for itself', () => {
  expect(describe(growth)).toMatch(/^At training step 100: /);
  expect(describe(outputs.text)).toBe('');
  expect(describe(linePlot({}))).toBe('No data yet.');
});

test('a table: its rows, and where each column is least and greatest; figures in words count', () => {
  expect(describe(outputs.table)).toBe(
    '3 rows; accuracy from 0.5 for classical to 0.987 for modern; loss from 1.23e-5 for modern to 12.3 for none; steps from 5 for none to 20000 for classical.',
  );
  const rows = [
    { rule: 'old', right: '9.5 %' },
    { rule: 'new', right: '74 %' },
  ];
  expect(describe({ kind: 'table', rows })).toBe('2 rows; right from 9.5 % for old to 74 % for new.');
});

test('a line that hardly moves beside one that does is said to stay', () => {
  expect(describe(linePlot({ loss: [2.3, 1, 0.19], floor: [0.12, 0.1, 0.11] }))).toContain(
    'floor: stays between 0.1 and 0.12',
  );
});

test('on a logarithmic axis a tenth is as far as ten', () => {
  const lines = linePlot({ a: [1, 0.1, 0.01], b: [100, 100, 90] }, { y: { type: 'log' } });
  expect(describe(lines)).toContain('a: falls from 1 to 0.01');
  expect(describe(lines)).toContain('b: stays between 90 and 100');
});

test('lines upon one another do not cross by a rounding', () => {
  const words = describe(linePlot({ a: [0, 1, 2], b: [1e-9, 1 - 1e-9, 2 + 1e-9] }));
  expect(words).toContain('a and b lie upon one another');
  expect(words).not.toContain('cross');
});

test('bars: the first of them, and the extremes', () => {
  const data = [
    { name: 'x', share: 0.2 },
    { name: 'y', share: 0.7 },
    { name: 'z', share: 0.1 },
  ];
  const marks = [{ mark: 'barY', data, options: { x: 'name', y: 'share' } }];
  expect(describe({ kind: 'plot', options: {}, marks })).toBe(
    'Bars: x 0.2, y 0.7, z 0.1; greatest 0.7 at y, least 0.1 at z.',
  );
});

test('points that lie on no line are told, with their trend', () => {
  const cloud = [1, 2, 3, 4, 5].map((x) => ({ x, y: 10 - x }));
  const line = [1, 2, 3].map((x) => ({ x, y: x }));
  const marks = [
    { mark: 'line', data: line, options: { x: 'x', y: 'y', stroke: 'var(--mechanism)' } },
    { mark: 'dot', data: line, options: { x: 'x', y: 'y', fill: 'var(--mechanism)' } },
    { mark: 'dot', data: cloud, options: { x: 'x', y: 'y', stroke: 'var(--baseline)' } },
  ];
  const words = describe({ kind: 'plot', options: { x: { label: 'width' }, y: { label: 'error' } }, marks });
  expect(words).toContain(
    'baseline: 5 points, width 1 to 5, error 5 to 9, error falls with width (rank correlation −1)',
  );
  expect(words).not.toContain('3 points');
});

test('an axis in per cent is told in per cent', () => {
  expect(describe(linePlot({ a: [0.1, 0.25] }, { y: { percent: true } }))).toContain(
    'a: rises from 10 to 25',
  );
});

test('the label of an axis in per cent names the unit, once', () => {
  const said = (label: string) => describe(linePlot({ a: [0.1, 0.25] }, { y: { percent: true, label } }));
  expect(said('right')).toContain('right, % over');
  expect(said('right (%)')).toContain('right (%) over');
});
