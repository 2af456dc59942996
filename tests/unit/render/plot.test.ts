import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PlotOutput } from '../../../src/protocol.ts';
import { renderOutput } from '../../../src/render/index.ts';
import { textWidth } from '../../../src/render/measure.ts';
import { drawPlot } from '../../../src/render/plot.ts';
import { textBoxes } from '../../../src/render/plot-text.ts';
import { newDocument } from './page.ts';
import { attention, bitsWrong, facets, linePlot, outputs } from './samples.ts';

const document = newDocument();
const svgOf = (output: PlotOutput, options = {}) =>
  drawPlot(output, document, options).querySelector('svg.plot')!;
const sizeOf = (svg: Element) => svg.getAttribute('viewBox')!.split(' ').slice(2).map(Number);
const words = (svg: Element) => [...svg.querySelectorAll('text')].map((text) => text.textContent);
const paths = (svg: Element) => [...svg.querySelectorAll('path')].map((path) => path.getAttribute('d') ?? '');

function plotOf(
  mark: string,
  data: any,
  options: Record<string, unknown>,
  plot: Record<string, unknown> = {},
): PlotOutput {
  return { kind: 'plot', options: plot, marks: [{ mark, data, options }] };
}

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

  test.each([
    [{ ticks: [0.25, 0.75] }, ['0.25', '0.75']],
    [{ ticks: [0.5] }, ['0.5']],
    [{ ticks: [0, 1] }, ['0', '1']],
    [{ ticks: [0.5, 1, 1.5], domain: [0, 2] }, ['0.5', '1.0', '1.5']],
    [{ ticks: [-0.125, 0], domain: [-1, 1] }, ['−0.125', '0.000']],
    [{ ticks: [0, 1 / 3] }, ['0.000', '0.333']],
    [{ ticks: [0.1 + 0.2] }, ['0.3']],
    [{ ticks: [0, 2e4], domain: [0, 3e4] }, ['0', '20,000']],
    [{ ticks: [12.5, 50], percent: true }, ['12.5', '50.0']],
    [{ ticks: [0.125, 0.5], tickFormat: '%' }, ['12.5%', '50.0%']],
    [{ ticks: [0.25], tickFormat: '.3f' }, ['0.250']],
    [{ ticks: [0.25, 1], type: 'sqrt' }, ['0.25', '1.00']],
    [{ interval: 0.25 }, ['0.00', '0.25', '0.50', '0.75', '1.00']],
    [{ ticks: [1.25, 2.125], domain: [1, 3], type: 'log' }, ['1.25', '2.125']],
  ])('%j: ticks say what they are', (own, labels) => {
    const texts = words(svgOf(linePlot({ a: [0, 1] }, { x: { axis: null }, y: { label: null, ...own } })));
    expect(texts.filter((text) => text !== 'a')).toEqual(labels);
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

  const mixed = (element: Element) => Number(element.getAttribute('fill')!.match(/mechanism\) (\d+)%/)![1]);
  const shades = (color: Record<string, unknown>, values = [1, 10, 100, 1000]) => {
    const output = plotOf(
      'cell',
      values.map((v, i) => ({ v, i })),
      { x: 'i', fill: 'v' },
      { color },
    );
    const box = drawPlot(output, document);
    const ramp = [...box.querySelectorAll('.ramp rect')].map(mixed);
    return {
      cells: [...box.querySelectorAll('svg.plot rect')].map(mixed),
      ends: [...box.querySelectorAll('.ramp span')].map((end) => Number(end.textContent)),
      ramp: [ramp[0], ramp.at(-1)],
    };
  };

  test.each([
    [{ type: 'log' }, [0, 33, 67, 100]],
    [{ type: 'log', domain: [1000, 1] }, [100, 67, 33, 0]],
    [{ type: 'linear', domain: [1000, 1] }, [100, 99, 90, 0]],
    [{ domain: [1000, 500, 1], type: 'linear' }, [100, 99, 90, 0]],
    [{ type: 'log', reverse: true }, [100, 67, 33, 0]],
    [{ type: 'log', domain: [1000, 1], reverse: true }, [0, 33, 67, 100]],
  ])('%j: cells and ramp give a value the same colour', (color, expected) => {
    const { cells, ends, ramp } = shades(color);
    expect(cells).toEqual(expected);
    const at = ends.map((end) => cells[[1, 10, 100, 1000].indexOf(end)]);
    expect(ramp).toEqual(at);
  });

  test('a falling diverging scale has its ramp turned with it', () => {
    const output = plotOf(
      'cell',
      [-2, 2].map((v) => ({ v })),
      { x: 'v', fill: 'v' },
      { color: { type: 'diverging', domain: [2, -2] } },
    );
    const box = drawPlot(output, document);
    const fills = (selector: string) =>
      [...box.querySelectorAll(selector)].map((rect) => rect.getAttribute('fill'));
    const ramp = fills('.ramp rect');
    expect(box.querySelector('.ramp')!.textContent).toBe('−22');
    expect([ramp[0], ramp.at(-1)]).toEqual(fills('svg.plot rect'));
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

describe('opacity', () => {
  const opacities = (opacity: unknown, values: number[], channel = 'fillOpacity', options = {}) => {
    const data = values.map((v, i) => ({ v, i }));
    const output = plotOf(
      'dot',
      data,
      { x: 'i', fill: 'var(--ink)', [channel]: 'v' },
      { opacity, ...options },
    );
    const name = channel.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
    return [...svgOf(output).querySelectorAll('circle')].map((dot) =>
      Math.round(Number(dot.getAttribute(name)) * 100),
    );
  };
  const shares = [0.001, 0.01, 0.1, 1];

  test.each(['fillOpacity', 'strokeOpacity', 'opacity'])('%s of shares follows its scale', (channel) => {
    expect(opacities({ type: 'log' }, shares, channel)).toEqual([0, 33, 67, 100]);
    expect(opacities({ type: 'log', domain: [0.01, 1] }, [0.01, 0.1, 1], channel)).toEqual([0, 50, 100]);
  });

  test('its domain and range hold for shares, too', () => {
    expect(opacities({ domain: [0, 0.5] }, [0.1, 0.5])).toEqual([20, 100]);
    expect(opacities({ range: [0.2, 1], domain: [0, 1] }, [0, 0.5])).toEqual([20, 60]);
  });

  test('without one, shares are the opacities themselves', () => {
    expect(opacities(undefined, [0.1, 0.5])).toEqual([10, 50]);
    expect(opacities({ type: 'log' }, [1, 10, 100])).toEqual([0, 50, 100]);
  });

  test('a constant stays what it is', () => {
    const dots = plotOf(
      'dot',
      [{ i: 0 }],
      { x: 'i', fill: 'var(--ink)', fillOpacity: 0.4 },
      { opacity: { type: 'log' } },
    );
    expect(svgOf(dots).outerHTML).toContain('fill-opacity="0.4"');
  });
});

describe('labels at lines', () => {
  test('stand apart where lines end together', () => {
    const svg = svgOf(linePlot({ a: [1, 2], b: [1, 2.01], c: [1, 2.02], d: [1, 1] }));
    const ends = textBoxes(svg).filter(({ element }) => /^[abcd]$/.test(element.textContent!));
    expect(ends).toHaveLength(4);
    ends.sort((p, q) => p.top - q.top);
    for (let i = 1; i < 4; i++) expect(ends[i].top).toBeGreaterThanOrEqual(ends[i - 1].bottom - 0.02);
  });

  const labelsIn = (svg: Element) =>
    textBoxes(svg)
      .filter(({ element }) => element.closest('.dodged'))
      .sort((p, q) => p.top - q.top);
  const floorOf = (svg: Element) =>
    Number(
      svg
        .querySelector('path[d^="M0,0L0,4"]')!
        .getAttribute('transform')!
        .match(/,([\d.]+)\)/)![1],
    );

  test.each([
    ['on the bottom', { 'end a': [1, 0] }, {}],
    ['all near the bottom', { 'end a': [1, 0], 'end b': [1, 0.01], 'end c': [1, 0.02] }, {}],
    ['below what the axis shows', { 'end a': [1, 0], 'end b': [1, -9] }, { domain: [0, 1] }],
    ['above what the axis shows', { 'end a': [1, 9], 'end b': [0, 0.5] }, { domain: [0, 1] }],
  ])('%s, they stay in the frame, apart from each other', (_, lines, y) => {
    const svg = svgOf(linePlot(lines, { y: { label: null, ...y } }));
    const ends = labelsIn(svg);
    expect(ends).toHaveLength(Object.keys(lines).length);
    expect(ends[0].top).toBeGreaterThan(0);
    expect(ends.at(-1)!.bottom).toBeLessThanOrEqual(floorOf(svg) + 0.02);
    for (let i = 1; i < ends.length; i++)
      expect(ends[i].top).toBeGreaterThanOrEqual(ends[i - 1].bottom - 0.02);
  });

  test('one on the bottom stands level with its point where no tick is named under it', () => {
    const svg = svgOf(linePlot({ 'end a': [1, 0] }, { x: { ticks: [1] } }));
    const [{ top, bottom }] = labelsIn(svg);
    expect((top + bottom) / 2).toBeCloseTo(floorOf(svg), -1);
    expect(bottom).toBeGreaterThan(floorOf(svg) + 5);
  });

  test('in rows of facets each stays in its own row', () => {
    const output = linePlot({ 'end a': [1, 0], 'end b': [1, 0] });
    for (const { options } of output.marks) options.fy = 'rule';
    const [a, b] = labelsIn(svgOf(output));
    const rows = textBoxes(svgOf(output)).filter(({ element }) => /^0\.0$/.test(element.textContent!));
    const middles = rows.map(({ top, bottom }) => (top + bottom) / 2).sort((p, q) => p - q);
    expect((a.top + a.bottom) / 2).toBeCloseTo(middles[0], 0);
    expect(b.bottom).toBeLessThanOrEqual(middles[1] + 1);
    expect(b.top).toBeGreaterThan(middles[1] - 20);
  });

  test('one in another column of facets pushes nothing', () => {
    const output = linePlot({ 'end a': [1, 0], 'end b': [1, 0.03] });
    for (const { options } of output.marks) options.fx = 'rule';
    const [b, a] = labelsIn(svgOf(output));
    expect(a.top - b.top).toBeLessThan(8);
  });

  test('stand at the last point that is drawn', () => {
    expect(words(svgOf(linePlot({ stops: [1, 2, null, null], goes: [1, 1, 1, 1] })))).toContain('stops');
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
