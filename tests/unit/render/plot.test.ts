import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PlotOutput } from '../../../src/protocol.ts';
import { renderOutput } from '../../../src/render/index.ts';
import { textWidth } from '../../../src/render/measure.ts';
import { drawPlot } from '../../../src/render/plot.ts';
import { textBoxes } from '../../../src/render/plot-text.ts';
import { document, paths, plotOf, sizeOf, svgOf, words } from './plots.ts';
import { attention, bitsWrong, facets, linePlot, outputs } from './samples.ts';

let warned: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  expect(warned).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

const long: Record<string, PlotOutput> = {
  'seven-digit ticks': plotOf(
    'line',
    [
      { x: 0, y: 1234567 },
      { x: 1, y: 9876543 },
    ],
    { x: 'x', y: 'y' },
  ),
  'a label at the end of a line': linePlot({ 'a rule with a rather long name of its own': [1, 2, 3] }),
  'names of a band scale': facets,
  'names under columns': plotOf(
    'barY',
    ['a', 'b', 'c', 'd', 'e', 'f'].map((l, i) => ({ l: `encoder.block.${l}`, i })),
    { x: 'l', y: 'i' },
  ),
  'an axis in a sentence': linePlot(
    { a: [1, 2] },
    { y: { label: 'the second principal component of the last hidden layer, centred and scaled' } },
  ),
  'small logarithms': linePlot({ a: [1e-9, 1e-3] }, { y: { type: 'log' } }),
  'the first screen': bitsWrong,
};

describe('margins', () => {
  test.each(Object.keys(long))('%s are not cut', (name) => {
    const svg = svgOf(long[name]);
    const [width, height] = sizeOf(svg);
    const boxes = textBoxes(svg);
    expect(boxes.length).toBeGreaterThan(2);
    for (const { element, left, right, top, bottom } of boxes) {
      const where = `"${element.textContent}"`;
      expect(left, where).toBeGreaterThan(-1);
      expect(right, where).toBeLessThan(width + 1);
      expect(top, where).toBeGreaterThan(-1);
      expect(bottom, where).toBeLessThan(height + 1);
    }
  });

  test('the left one grows with the longest tick label', () => {
    const left = (y: number) =>
      Number(
        paths(svgOf(linePlot({ a: [0, y] })))[0] &&
          svgOf(linePlot({ a: [0, y] }))
            .querySelector('path')!
            .getAttribute('transform')!
            .match(/translate\(([\d.]+)/)![1],
      );
    expect(left(1e6) - left(8)).toBeGreaterThan(textWidth('1,000,000') - textWidth('8') - 20);
  });
});

describe('scales', () => {
  test('a logarithmic axis names powers, without SI prefixes', () => {
    const texts = words(svgOf(linePlot({ a: [1e-5, 1e-3, 1] }, { y: { type: 'log' } })));
    expect(texts).toContain('1e-5');
    expect(texts).toContain('0.001');
    expect(texts.join()).not.toMatch(/m|µ/);
  });

  test('given ticks of a logarithmic axis are all named', () => {
    const output = linePlot({ a: [4, 300] }, { y: { type: 'log', ticks: [4, 30, 300] } });
    expect(words(svgOf(output))).toEqual(expect.arrayContaining(['4', '30', '300']));
  });

  test('what is not a number, or not positive on a logarithmic axis, is a gap', () => {
    const output = linePlot(
      { a: [1, 2, Number.NaN, Number.POSITIVE_INFINITY, 3, 4, 0, 5] },
      { y: { type: 'log' } },
    );
    const [line] = paths(svgOf(output)).filter((d) => d.length > 20);
    expect(line.match(/M/g)).toHaveLength(3);
    expect(line).not.toMatch(/NaN|Infinity/);
  });

  test('negative values have an axis below zero', () => {
    expect(words(svgOf(linePlot({ a: [-3, 2] })))).toContain('−2');
  });

  test('text far outside the domain does not stretch the drawing', () => {
    const text = plotOf('text', [{ x: 0, y: 90 }], { x: 'x', y: 'y', text: 'y' }, { y: { domain: [0, 1] } });
    for (const output of [text, linePlot({ a: [0, 90] }, { y: { domain: [0, 1] } })]) {
      const [width, height] = sizeOf(svgOf(output));
      expect(height).toBeLessThan(1.2 * width);
    }
  });

  test('facets are drawn side by side, under their names', () => {
    const svg = svgOf(facets);
    expect(words(svg)).toEqual(expect.arrayContaining(['wide', 'narrow']));
    expect(svg.querySelectorAll('rect')).toHaveLength(4);
  });

  test('without data it says so, in the same size', () => {
    const svg = svgOf(linePlot({ a: [] }));
    expect(words(svg)).toEqual(['no data yet']);
    expect(sizeOf(svg)[0]).toBe(sizeOf(svgOf(bitsWrong))[0]);
  });
});

describe('markup', () => {
  const plots = Object.entries(outputs).filter(([, output]) => output.kind === 'plot');
  const marked = [
    ...plots.map(([name, output]) => [name, output as PlotOutput] as const),
    [
      'boxes',
      plotOf(
        'boxX',
        [1, 2, 3, 9].map((v) => ({ v })),
        { x: 'v' },
      ),
    ] as const,
  ];

  test.each(marked)('%s: no style element, no literal colour', (_, output) => {
    const html = drawPlot(output, document).outerHTML;
    expect(html).not.toContain('<style');
    expect(html).not.toMatch(/(?:fill|stroke)="(?:#|rgb|black|white|hsl)/);
    expect(html).not.toMatch(/font-family|\d\.\d{5}/);
  });

  test('the same figure twice shares no process-wide ids', () => {
    expect(drawPlot(bitsWrong, document).outerHTML).toBe(drawPlot(bitsWrong, document).outerHTML);
  });

  test('a field of colours has its ramp, from the page to the ink', () => {
    const box = drawPlot(attention, document);
    expect(box.querySelector('.ramp')!.textContent).toBe('weight01');
    expect(box.innerHTML).toContain('color-mix(in oklab,var(--mechanism) 100%,var(--paper))');
  });

  test('text upon cells keeps them pale', () => {
    const text = {
      mark: 'text',
      data: attention.marks[0].data,
      options: { x: 'key', y: 'query', text: 'weight' },
    };
    const html = drawPlot({ ...attention, marks: [...attention.marks, text] }, document).innerHTML;
    expect(html).toContain('var(--mechanism) 50%');
    expect(html).not.toMatch(/var\(--mechanism\) (?:5[1-9]|[6-9]\d|100)%/);
  });

  test('a thumbnail has shapes and no words', () => {
    const svg = svgOf(bitsWrong, { thumb: true });
    expect(sizeOf(svg)).toEqual([240, 150]);
    expect(words(svg)).toEqual([]);
    expect(paths(svg).length).toBeGreaterThan(1);
  });

  test('the drawing is one picture with the title as its name', () => {
    const figure = renderOutput(bitsWrong, document);
    expect(figure.querySelector('svg[role=img]')!.getAttribute('aria-label')).toBe(bitsWrong.title);
    expect(figure.querySelector('svg [aria-label]')).toBeNull();
    expect(figure.querySelector('.described')!.textContent).toContain('this paper: stays at 0');
  });
});

describe('what is refused', () => {
  test('a mark outside the list, naming the list', () => {
    expect(() => drawPlot(plotOf('raster', [{ x: 1 }], { x: 'x' }), document)).toThrow(
      /Plot\.raster.*Expected one of line,/,
    );
  });

  test('a scheme of literal colours', () => {
    const output = { ...attention, options: { color: { scheme: 'turbo' } } };
    expect(() => drawPlot(output, document)).toThrow(/scheme: "turbo".*mechanism/);
  });

  test('an unknown selection', () => {
    expect(() => drawPlot(plotOf('text', [{ x: 1 }], { x: 'x', select: 'best' }), document)).toThrow(
      /"best".*last/,
    );
  });

  test('links and styles that a cell might smuggle in', () => {
    const output = plotOf(
      'dot',
      [{ x: 1, u: 'javascript:alert(1)' }],
      { x: 'x', href: 'u' },
      { style: 'position:fixed' },
    );
    expect(drawPlot(output, document).outerHTML).not.toMatch(/javascript|fixed/);
  });
});
