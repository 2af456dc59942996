import { describe, expect, test } from 'vitest';
import type { Row } from '../../../src/protocol.ts';
import { csvOf, renderOutput } from '../../../src/render/index.ts';
import { newDocument } from './page.ts';
import { bitsWrong, digits, filters, growth, outputs } from './samples.ts';

const document = newDocument();

describe('tables', () => {
  const figure = renderOutput(outputs.table, document);
  const column = (i: number) =>
    [...figure.querySelectorAll(`tbody tr > :nth-child(${i})`)].map((cell) => cell.textContent);

  test('numbers of one column share their decimals', () => {
    expect(column(2)).toEqual(['0.987', '0.500', '–']);
  });

  test('a column over decades keeps its exponents', () => {
    expect(column(3)).toEqual(['1.23e-5', '0.25', '12.3']);
  });

  test('the title is the caption, the first words head their row, the box can be reached', () => {
    expect(figure.querySelector('caption')!.textContent).toBe('No more memory than the baseline');
    expect(figure.querySelectorAll('tbody th[scope=row]')).toHaveLength(3);
    expect(figure.querySelector('[tabindex="0"][role=region]')!.getAttribute('aria-label')).toBeTruthy();
    expect(figure.querySelectorAll('td.number')).toHaveLength(9);
  });

  test('records with different fields have the columns of all', () => {
    const rows: Row[] = [{ a: 1 }, { b: 'x' }];
    const heads = renderOutput({ kind: 'table', rows }, document).querySelectorAll('thead th');
    expect([...heads].map((head) => head.textContent)).toEqual(['a', 'b']);
  });

  test('no records: no data yet', () => {
    expect(renderOutput({ kind: 'table', rows: [] }, document).textContent).toContain('no data yet');
  });

  test('a thumbnail is no stop for the keyboard', () => {
    expect(
      renderOutput(outputs.table, document, { thumb: true }).querySelector('[tabindex], [role]'),
    ).toBeNull();
  });
});

describe('CSV', () => {
  test('quotes what needs quotes and keeps every digit', () => {
    const rows = [
      { name: 'a "b", c', value: 1 / 3 },
      { name: 'two\nlines', value: null },
    ];
    expect(csvOf({ kind: 'table', rows })).toBe(
      'name,value\r\n"a ""b"", c",0.3333333333333333\r\n"two\nlines",\r\n',
    );
  });

  test('a plot of several marks says which mark a record is of', () => {
    const lines = csvOf(bitsWrong).split('\r\n');
    expect(lines[0]).toBe('mark,value,stored,wrong,name');
    expect(lines[1]).toBe('ruleX 1,8.8,,,');
  });

  test('pixels are values in the range of the figure', () => {
    const [head, first] = csvOf(filters).split('\r\n');
    expect([head, first]).toEqual(['row,image,y,x,value', 'conv,0,0,0,-1.5']);
    // 255 steps have no middle: zero is a byte beside it, and must come out as zero.
    const row = { ...filters.rows[0], count: 1, height: 1, width: 3, pixels: btoa('\x00\x80\xff') };
    const values = csvOf({ ...filters, rows: [row] })
      .match(/[^,]+(?=\r\n)/g)!
      .slice(1);
    expect(values).toEqual(['-1.5', '0', '1.5']);
    expect(csvOf(digits).trim().split('\r\n')).toHaveLength(1 + 2 * 3 * 16);
  });

  test('a scrub is all its frames', () => {
    expect(csvOf(growth).match(/^\d+,line 1/gm)).toHaveLength(9);
  });
});
