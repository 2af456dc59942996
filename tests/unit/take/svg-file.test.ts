import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { recordingOf } from '../../../src/build/notebooks.ts';
import { lightColours } from '../../../src/build/take/colours.ts';
import type { Output } from '../../../src/protocol.ts';
import { withColours } from '../../../src/render/plain-colours.ts';
import { svgFile } from '../../../src/render/svg-file.ts';

const document = parseHTML('<!doctype html><html><body></body></html>').document as unknown as Document;
const colours = lightColours();
const fileOf = (output: Output) => svgFile(output, document, colours);

test('variables and mixtures become the colours that a browser makes of them', () => {
  const some = { ink: '#1c1d20', paper: '#fdfcf9', mechanism: '#2447c8' };
  expect(withColours('a var(--ink) b var(--unknown)', some)).toBe('a #1c1d20 b var(--unknown)');
  expect(withColours('color-mix(in srgb,#ff0000 50%,#0000ff)', some)).toBe('#800080');
  // Chromium's own.
  expect(withColours('color-mix(in oklab,var(--mechanism) 50%,var(--paper))', some)).toBe('#89a5e6');
  expect(withColours('color-mix(in oklab,var(--ink) 20%,var(--paper))', some)).toBe('#cacac9');
});

test('the light colours of the site are all known', () => {
  for (const name of ['ink', 'paper', 'mechanism', 'baseline', 'broken', 'series-6', 'positive', 'tile'])
    expect(colours[name], name).toMatch(/^#[0-9a-f]{6}$/);
  expect(colours.ink).not.toBe(colours.paper);
});

test('a figure is a file that needs no stylesheet: title, legend, type and colours are in it', () => {
  const rows = [0, 1, 2].map((x) => ({ x, y: x * x, kind: x % 2 ? 'odd' : 'even' }));
  const svg = fileOf({
    kind: 'plot',
    title: 'Squares & <more>',
    options: { color: { legend: true } },
    marks: [{ mark: 'dot', data: rows, options: { x: 'x', y: 'y', fill: 'kind' } }],
  })!;
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(svg).toContain('Squares &amp; &lt;more&gt;');
  expect(svg).toContain('>odd<');
  expect(svg).toContain('font-family="Inter');
  expect(svg).not.toMatch(/var\(|color-mix|<html|<figure|<p[ >]/);
  expect(svg.match(/xmlns=/g)).toHaveLength(1);
});

test('a slider gives its last frame and says which; tables and words give no picture', () => {
  const frame = (n: number): Output =>
    ({
      kind: 'plot',
      title: 't',
      options: {},
      marks: [{ mark: 'dot', data: [{ x: n, y: n }], options: { x: 'x', y: 'y' } }],
    }) as Output;
  const scrub = {
    kind: 'scrub',
    label: 'step',
    frames: [
      { at: 1, output: frame(1) },
      { at: 90, output: frame(2) },
    ],
  } as Output;
  expect(fileOf(scrub)).toContain('step: 90');
  expect(fileOf({ kind: 'table', rows: [{ a: 1 }] })).toBeNull();
  expect(fileOf({ kind: 'text', markdown: 'words' })).toBeNull();
});

test('pictures stand in rows under their labels, with the frame that says what they are', () => {
  const shown = recordingOf('hopfield')!.shown.find(({ id }) => id === 'digits')!;
  const svg = fileOf(shown.output)!;
  expect(svg.match(/data:image\/png/g)!.length).toBe(5);
  expect(svg).toContain('the cue: lower half unknown');
  expect(svg).toContain(`stroke="${colours.mechanism}"`);
});
