import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import type { ImageRow } from '../../../src/protocol.ts';
import { base64Of, bytesOf } from '../../../src/render/bytes.ts';
import { renderOutput } from '../../../src/render/index.ts';
import { gapOf, NEGATIVE, POSITIVE, stripOf, stripWidth } from '../../../src/render/png.ts';
import { newDocument } from './page.ts';
import { digits, filters, imageRow, pixels } from './samples.ts';

const document = newDocument();

const decoded = (uri: string) => decode(bytesOf(uri.split(',')[1]));
const row = (values: number[], channels: 1 | 3 = 1) => ({
  ...imageRow('row', 'plain', 2, 1),
  channels,
  pixels: pixels(values),
});

describe('strips', () => {
  test('ink is black with the intensity as opacity, gaps are clear', () => {
    const png = decoded(stripOf(row([255, 40]), 'ink'));
    expect(gapOf(1)).toBe(1);
    expect([png.width, png.height, png.channels]).toEqual([3, 1, 2]);
    expect([...png.data]).toEqual([0, 255, 0, 0, 0, 40]);
  });

  test('diverging is vermilion below, clear at, ultramarine above the middle', () => {
    const png = decoded(stripOf({ ...row([0, 128, 255]), count: 3 }, 'diverging'));
    const pixel = (i: number) => [...png.data.slice(4 * i, 4 * i + 4)];
    expect(pixel(0)).toEqual([...NEGATIVE, 255]);
    expect(pixel(2)[3]).toBe(0);
    expect(pixel(4)).toEqual([...POSITIVE, 255]);
  });

  test('colours stay as they are', () => {
    const png = decoded(stripOf(row([1, 2, 3, 4, 5, 6], 3), 'rgb'));
    expect([...png.data]).toEqual([1, 2, 3, 255, 0, 0, 0, 0, 4, 5, 6, 255]);
  });

  test('pictures of several rows keep their rows', () => {
    const source = { ...imageRow('a', 'plain', 2, 2), pixels: pixels([1, 2, 3, 4, 5, 6, 7, 8]) };
    const png = decoded(stripOf(source, 'ink'));
    expect(stripWidth(source)).toBe(5);
    expect([...png.data].filter((_, i) => i % 2)).toEqual([1, 2, 0, 5, 6, 3, 4, 0, 7, 8]);
  });

  test('too few pixels are an error that counts', () => {
    expect(() => stripOf({ ...row([1]), label: 'cue' }, 'ink')).toThrow(
      /"cue": 1 bytes.*expected 2 \(2 pictures/,
    );
  });

  test('a strip is smaller than a picture each', () => {
    const six = imageRow('a', 'plain', 6, 8);
    const single = imageRow('a', 'plain', 1, 8);
    expect(stripOf(six, 'ink').length).toBeLessThan(6 * stripOf(single, 'ink').length * 0.75);
  });
});

describe('figures', () => {
  test('a row is a picture with its label and columns as words', () => {
    const strips = [...renderOutput(filters, document).querySelectorAll('.strip')];
    expect(strips.map((strip) => strip.getAttribute('aria-label'))).toEqual([
      'conv: 2 pictures, step 0, step 100',
    ]);
  });

  test('the row of the mechanism is marked; each picture is framed', () => {
    const figure = renderOutput(digits, document);
    expect(figure.querySelectorAll('.row.mechanism')).toHaveLength(1);
    expect(figure.querySelectorAll('.row.mechanism .frames rect')).toHaveLength(3);
  });

  test('only colours that stand for figures have a legend', () => {
    expect(renderOutput(filters, document).querySelector('.ramp')!.textContent).toBe('−1.51.5');
    expect(renderOutput(digits, document).querySelector('.ramp')).toBeNull();
    expect(renderOutput({ ...digits, range: [0, 12] }, document).querySelector('.ramp')!.textContent).toBe(
      '012',
    );
  });

  test('labels go above their rows on a phone where one is long', () => {
    const short = { ...digits, rows: [imageRow('cue')] };
    expect(renderOutput(digits, document).querySelector('.images.long')).not.toBeNull();
    expect(renderOutput(short, document).querySelector('.images.long')).toBeNull();
  });

  test('rows without a name leave no column for names', () => {
    const bare = renderOutput({ ...filters, rows: [imageRow('', 'plain', 2)] }, document);
    expect(bare.querySelector('.images.bare')).not.toBeNull();
    expect(bare.querySelector('.label')).toBeNull();
    expect(bare.querySelector('.heads')).not.toBeNull();
    expect(bare.querySelector('.strip')!.getAttribute('aria-label')).toBe('2 pictures, step 0, step 100');
    const css = readFileSync(new URL('../../../src/styles/output.css', import.meta.url), 'utf8');
    expect(css).toMatch(/\.images\.bare \{\s*grid-template-columns: minmax\(0, 1fr\);/);
  });

  test('a row without a name among others stays in their line', () => {
    const mixed = renderOutput({ ...digits, rows: [imageRow(''), imageRow('cue')] }, document);
    expect(mixed.querySelector('.images.bare')).toBeNull();
    expect(mixed.querySelectorAll('.label')).toHaveLength(2);
  });

  test('a thumbnail keeps the row of the mechanism and few columns', () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map((label) =>
      imageRow(label, label === 'd' ? 'mechanism' : 'plain', 9),
    );
    const thumb = renderOutput({ ...digits, rows }, document, { thumb: true });
    expect(thumb.querySelectorAll('.strip')).toHaveLength(3);
    expect(thumb.querySelectorAll('.row.mechanism .frames rect')).toHaveLength(5);
    expect(thumb.textContent!.trim()).toBe('');
  });

  test('a thumbnail’s columns run from the first picture to the last', () => {
    const strips = (row: ImageRow) =>
      renderOutput({ ...digits, rows: [row] }, document, { thumb: true }).querySelector(
        '.strip image, .strip',
      )!.outerHTML;
    const whole = imageRow('a', 'plain', 9);
    const size = whole.height * whole.width;
    const bytes = bytesOf(whole.pixels);
    const without = (at: number) => {
      const blank = bytes.slice();
      blank.fill(255, at * size, (at + 1) * size);
      return { ...whole, pixels: base64Of(blank) };
    };
    expect(strips(without(8))).not.toBe(strips(whole));
    expect(strips(without(7))).toBe(strips(whole));
  });

  test('no rows: no data yet', () => {
    expect(renderOutput({ ...digits, rows: [] }, document).textContent).toContain('no data yet');
  });
});
