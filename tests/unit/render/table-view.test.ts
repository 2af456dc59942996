import { expect, test } from 'vitest';
import { tableView } from '../../../src/render/table-view.ts';
import { attention, filters, linePlot } from './samples.ts';

test('lines stand side by side over their common places', () => {
  expect(tableView(linePlot({ a: [1, 2], b: [3, null] }, { x: { label: 'step' } }))).toEqual([
    { step: 1, a: 1, b: 3 },
    { step: 2, a: 2, b: null },
  ]);
});

test('points that share no places stand one below another, with their series', () => {
  const dots = (name: string, xs: number[]) => ({
    mark: 'dot',
    data: xs.map((x) => ({ x, y: x, name })),
    options: { x: 'x', y: 'y', stroke: 'name' },
  });
  const rows = tableView({ kind: 'plot', options: {}, marks: [dots('a', [1, 2, 2]), dots('b', [3, 4, 5])] });
  expect(rows).toHaveLength(6);
  expect(rows[0]).toEqual({ series: 'a', x: 1, y: 1 });
});

test('a grid is a table of its rows', () => {
  expect(tableView(attention)[1]).toEqual({ '': 'query 1', 'key 0': 0.5, 'key 1': 0.5, 'key 2': 0 });
});

test('pictures are told in figures, zero as zero', () => {
  const rows = tableView(filters);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({ row: 'conv', picture: 'step 0' });
  const blank = {
    ...filters,
    rows: filters.rows.map((row) => ({ ...row, count: 1, width: 1, height: 1, pixels: 'gA==' })),
  };
  expect(tableView(blank)[0]).toMatchObject({ 'mean value': 0, least: 0, greatest: 0 });
});

test('a plot without points falls back to its records', () => {
  const marks = [{ mark: 'contour', data: [{ x: 1, y: 2, z: 3 }], options: { x: 'x', y: 'y', fill: 'z' } }];
  expect(tableView({ kind: 'plot', options: {}, marks })).toEqual([{ x: 1, y: 2, z: 3 }]);
});
