import { describe, expect, test } from 'vitest';
import { textBoxes } from '../../../src/render/plot-text.ts';
import { svgOf, words } from './plots.ts';
import { linePlot } from './samples.ts';

describe('ticks that are given', () => {
  test.each([
    [{ ticks: [0.25, 0.75] }, ['0.25', '0.75']],
    [{ ticks: [0.5] }, ['0.5']],
    [{ ticks: [0, 1] }, ['0', '1']],
    [{ ticks: [0.5, 1, 1.5], domain: [0, 2] }, ['0.5', '1.0', '1.5']],
    [{ ticks: [-0.125, 0], domain: [-1, 1] }, ['−0.125', '0.000']],
    [{ ticks: [-1, 0, 1, 7], domain: [0, 2] }, ['0', '1']],
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
});

test('a tick of a logarithmic axis that was asked for has its label, whatever it starts with', () => {
  const x = { type: 'log', ticks: [8, 32, 128, 512], domain: [8, 512], tickFormat: 'd' };
  const texts = words(svgOf(linePlot({ a: [8, 512] }, { x, y: { axis: null } })));
  expect(texts.filter((text) => /^\d+$/.test(text))).toEqual(['8', '32', '128', '512']);
});

test.each([
  ['right', 'right, %'],
  ['right (%)', 'right (%)'],
])('an axis in per cent names its unit once: %s', (label, drawn) => {
  const texts = words(svgOf(linePlot({ a: [0, 1] }, { y: { label, percent: true } })));
  expect(texts.filter((text) => text.startsWith('right'))).toEqual([drawn]);
});

describe('labels at lines', () => {
  test.each([
    ['var(--baseline)', 'var(--muted)'],
    ['var(--series-3)', 'color-mix(in oklab,var(--series-3) 70%,var(--ink))'],
    ['var(--mechanism)', 'var(--mechanism)'],
  ])('in %s are written so that letters can be read', (ink, letters) => {
    const plot = linePlot({ a: [1, 2] });
    for (const { mark, options } of plot.marks) options[mark === 'line' ? 'stroke' : 'fill'] = ink;
    const svg = svgOf(plot);
    const label = [...svg.querySelectorAll('text')].find((text) => text.textContent === 'a')!;
    expect(label.closest('[fill^="var"], [fill^="color"]')!.getAttribute('fill')).toBe(letters);
    expect(svg.querySelector(`[stroke="${ink}"]`)).not.toBeNull();
  });

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
