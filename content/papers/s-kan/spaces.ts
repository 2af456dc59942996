import { ink, Plot, show, toArray } from 'lab';
import { edges, grid, gridBasis, spaces } from './targets';

// Four panels, two by two.
const place = (m: number) => ({
  column: m % 2,
  row: Math.floor(m / 2),
});
const facets = { fx: 'column', fy: 'row' };
const xs = await toArray<number[]>(grid);
const basis = await toArray<number[][]>(gridBasis);
const planted = await toArray<number[][]>(edges);

/** Function j on every so many points of the grid, in panel m. */
function curveOf(y: number[][], j: number, m: number, by: number) {
  return xs
    .map((x, i) => ({ x, y: y[i][j], j, ...place(m) }))
    .filter((_, i) => i % by === 0);
}
const functions = [...Array(32).keys()].flatMap((j) =>
  curveOf(basis, j, Math.floor(j / 8), 3),
);
// The first edge of the target that keeps to this space.
const sums = spaces.flatMap((_, m) =>
  curveOf(planted, 4 * m, m, 2),
);
const names = spaces.map((name, m) => ({ name, ...place(m) }));
const thin = { stroke: ink.baseline, strokeWidth: 0.8 };
const thick = { stroke: ink.theory, strokeWidth: 2 };
const line = { ...facets, x: 'x', y: 'y', z: 'j' };
show(
  'spaces',
  Plot.plot({
    title: 'Four spaces of eight functions, and an edge from each',
    height: 340,
    x: { label: 'input x', ticks: [-1, 0, 1] },
    y: { label: 'value', ticks: [-2, 0, 2] },
    fx: { axis: null, padding: 0.1 },
    fy: { axis: null, padding: 0.2 },
    marks: [
      Plot.line(functions, { ...line, ...thin }),
      Plot.line(sums, { ...line, ...thick }),
      Plot.text(names, {
        ...facets,
        text: 'name',
        frameAnchor: 'top',
        dy: -10,
      }),
    ],
  }),
);
