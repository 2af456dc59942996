import { ink, Plot, show } from 'lab';
import { alone, depth, edges, hub } from './reach';

// All nodes on a circle, the virtual node in its centre.
const n = alone[0].length;
const place = (i: number) => ({
  x: Math.sin((2 * Math.PI * i) / n),
  y: Math.cos((2 * Math.PI * i) / n),
});
const names = ['edges only', 'with a virtual node'];
const nodes = names.flatMap((name, side) =>
  [alone, hub][side][depth - 1].map((felt, i) => {
    const fill = [ink.baseline, ink.mechanism][side];
    return { name, ...place(i), fill: felt ? fill : ink.paper };
  }),
);
const line = (name: string, from: number[], to: number[]) => {
  const [x1, y1, x2, y2] = [...from, ...to];
  return { name, x1, y1, x2, y2 };
};
const at = (i: number) => Object.values(place(i));
const lines = names.flatMap((name) =>
  edges.map(([i, j]) => line(name, at(i), at(j))),
);
const spokes = alone[0].map((_, i) =>
  line(names[1], [0, 0], at(i)),
);
const centre = [{ name: names[1], x: 0, y: 0 }];
const pushed = names.map((name) => ({ name, ...place(0) }));

const dot = { fx: 'name', x: 'x', y: 'y' };
const link = { fx: 'name', x1: 'x1', y1: 'y1', x2: 'x2', y2: 'y2' };
const blue = { stroke: ink.mechanism, strokeOpacity: 0.35 };
const grey = { stroke: ink.baseline };
show(
  'reach',
  Plot.plot({
    title: 'A push on the circled node is felt by the filled ones',
    width: 420,
    height: 230,
    x: { axis: null, inset: 12 },
    y: { axis: null, inset: 12 },
    fx: { domain: names },
    marks: [
      Plot.link(spokes, { ...link, ...blue }),
      Plot.link(lines, { ...link, ...grey }),
      Plot.dot(nodes, { ...dot, fill: 'fill', ...grey, r: 5 }),
      Plot.dot(pushed, { ...dot, stroke: ink.theory, r: 9 }),
      Plot.dot(centre, { ...dot, fill: ink.mechanism, r: 8 }),
    ],
  }),
);
