import { ink, Plot, show, slider, toArray, toNumber } from 'lab';
import { wide } from './experiment';
import { ask } from './judges';
import { people } from './people';

const shown = slider('shown', {
  label: 'comparison shown',
  min: 1,
  max: 40,
  value: 1,
  step: 1,
});

const n = 5;
const said = ask(wide, n, 2)
  .slice([0, shown - 1], [2, 1])
  .mean(3);
const scores = await toArray<number[][]>(said.squeeze([1]));
const verdict = scores.flat().reduce((a, b) => a + b) / (2 * n);
const human = await toNumber(people.slice([shown - 1], [1]).sum());

const at = ['layer 1', 'layer 2', 'mean', 'people'];
const nodes = [
  ...scores.flatMap((layer, l) =>
    layer.map((score, i) => ({ x: at[l], y: i + 1, score })),
  ),
  { x: at[2], y: 3, score: verdict },
  { x: at[3], y: 3, score: human },
].map((node) => ({
  ...node,
  size: Math.abs(node.score),
  text: node.score.toFixed(1).replace('-', '−'),
}));
const places = Array.from({ length: n }, (_, i) => i + 1);
const heard = places.flatMap((from) =>
  places
    .filter((to) => Math.abs(from - to) < 2)
    .map((to) => ({ from: at[0], to: at[1], a: from, b: to })),
);
const counted = places.map((a) => ({
  from: at[1],
  to: at[2],
  a,
  b: 3,
}));
const dot = { x: 'x', y: 'y', r: 'size' };
show(
  'sample',
  Plot.plot({
    title: 'Five reviewers, two layers, one comparison',
    x: { type: 'point', domain: at, label: null },
    y: {
      label: 'reviewer',
      domain: [0.5, 5.5],
      ticks: [1, 2, 3, 4, 5],
    },
    r: { range: [2, 10] },
    height: 280,
    marginRight: 40,
    marks: [
      Plot.link([...heard, ...counted], {
        x1: 'from',
        y1: 'a',
        x2: 'to',
        y2: 'b',
        stroke: ink.muted,
        strokeOpacity: 0.4,
      }),
      Plot.dot(
        nodes.filter(({ score }) => score > 0),
        { ...dot, fill: ink.series[0] },
      ),
      Plot.dot(
        nodes.filter(({ score }) => score <= 0),
        { ...dot, fill: ink.series[1] },
      ),
      Plot.text(nodes, {
        x: 'x',
        y: 'y',
        text: 'text',
        dx: 14,
        textAnchor: 'start',
      }),
    ],
  }),
);
