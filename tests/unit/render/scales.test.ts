import { expect, test } from 'vitest';
import type { MarkSpec, PlotOutput } from '../../../src/protocol.ts';
import { placeOf, readScales } from '../../../src/render/scales.ts';
import { seriesOf } from '../../../src/render/series.ts';
import { plotOf, svgOf } from './plots.ts';

const scalesOf = (output: PlotOutput) => readScales(svgOf(output).getAttribute('data-scales') ?? '');
const near = (place: { x: number; y: number } | undefined, x: number, y: number) => {
  expect(place).toBeDefined();
  expect(Math.hypot(place!.x - x, place!.y - y)).toBeLessThan(0.6);
};

const rows = [
  { x: 1, y: 0.5 },
  { x: 30, y: 2 },
  { x: 1000, y: 400 },
];

/** Centres of the dots that Plot itself drew, in drawing order. */
const drawnDots = (output: PlotOutput) =>
  [...svgOf(output).querySelectorAll('circle')].map((circle) => {
    let [x, y] = [Number(circle.getAttribute('cx')), Number(circle.getAttribute('cy'))];
    for (let at = circle.parentElement; at; at = at.parentElement) {
      const moved = /translate\(([-\d.]+),([-\d.]+)\)/.exec(at.getAttribute('transform') ?? '');
      if (moved) [x, y] = [x + Number(moved[1]), y + Number(moved[2])];
    }
    return { x, y };
  });

test.each([
  ['linear', {}],
  ['logarithmic', { x: { type: 'log' }, y: { type: 'log' } }],
  ['of roots', { x: { type: 'sqrt' }, y: { type: 'symlog' } }],
  ['turned round and in per cent', { x: { reverse: true }, y: { percent: true } }],
])('points lie where Plot drew them: %s', (_, options) => {
  const output = plotOf('dot', rows, { x: 'x', y: 'y', r: 3 }, options);
  const dots = drawnDots(output);
  expect(dots).toHaveLength(3);
  const points = seriesOf(output).flatMap((series) => series.points);
  points.forEach(({ at }, i) => {
    near(placeOf(scalesOf(output), at), dots[i].x, dots[i].y);
  });
});

test('in bands and facets too', () => {
  const data = ['a, b', 'c'].flatMap((name) =>
    [1, 2].map((y) => ({ name, y, half: y > 1 ? 'upper' : 'lower' })),
  );
  const output = plotOf('dot', data, { x: 'name', y: 'y', fx: 'half', r: 3 }, { x: { type: 'band' } });
  const dots = drawnDots(output);
  const scales = scalesOf(output);
  const places = data.map((row) => placeOf(scales, { x: row.name, y: row.y, fx: row.half })!);
  const key = ({ x, y }: { x: number; y: number }) => `${Math.round(x)} ${Math.round(y)}`;
  expect(places.map(key).sort()).toEqual(dots.map(key).sort());
  expect(new Set(places.map(key)).size).toBe(4);
});

test('what has no place on the scales has none', () => {
  const scales = readScales('x linear 0 1 10 20;y band 5 10 a,b');
  expect(placeOf(scales, { x: 0.5, y: 'b' })).toEqual({ x: 15, y: 15 });
  expect(placeOf(scales, { x: 0.5, y: 'c' })).toBeUndefined();
  expect(placeOf(scales, { x: null, y: 'a' })).toBeUndefined();
  expect(placeOf(readScales(''), { x: 1, y: 1 })).toBeUndefined();
});

const plot = (...marks: MarkSpec[]): PlotOutput => ({ kind: 'plot', options: {}, marks });

test('bars of one place stand upon one another', () => {
  const data = ['a', 'b'].map((kind) => ({ x: 'here', y: 2, kind }));
  const series = seriesOf(plot({ mark: 'barY', data, options: { x: 'x', y: 'y', fill: 'kind' } }));
  expect(series.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(series.map(({ points }) => points[0].at.y)).toEqual([2, 4]);
  expect(series.map(({ points }) => points[0].y)).toEqual([2, 2]);
});

test('a grid is walked by its rows, each cell once', () => {
  const data = [1, 2].flatMap((y) => [1, 2, 3].map((x) => ({ x, y, v: x * y })));
  const grid = { mark: 'cell', data, options: { x: 'x', y: 'y', fill: 'v' } };
  const series = seriesOf(plot(grid, { ...grid, data: data.slice(0, 1) }));
  expect(series.map(({ name, points }) => [name, points.length])).toEqual([
    ['y 1', 3],
    ['y 2', 3],
  ]);
  expect(series[1].points.map(({ value }) => value)).toEqual([2, 4, 6]);
});

test('no ink is a name', () => {
  const data = [{ x: 1, y: 1, ink: 'var(--paper)' }];
  const [series] = seriesOf(plot({ mark: 'dot', data, options: { x: 'x', y: 'y', fill: 'ink' } }));
  expect(series.name).toBe('points 1');
});
