import { check, ink, Plot, select, show } from 'lab';
import { seen } from './experiment';
import { layers } from './space';

const chosen = select('layer', {
  label: "in B0's place",
  options: [
    'x / max',
    'x / s_b',
    'x / (vx+s_i)',
    'x σ(vx) / 1',
    'x σ(vx) / s_g',
  ],
});
const fitness = select('fitness', {
  label: 'a layer is judged by',
  options: ['the worst of three signals', 'the usual signal'],
});

const { scores } = seen.at(-1)!;

// The ten of twenty that a search would breed from.
const byWorst = fitness === 'the worst of three signals';
const judged = layers.map((layer, i) => {
  const [usual, worst] = [scores[i][0], Math.min(...scores[i])];
  const fit = byWorst ? worst : usual;
  return {
    ...layer,
    usual,
    worst,
    fit,
    best: Math.max(...scores[i]),
  };
});
const ranked = [...judged].sort((a, b) => b.fit - a.fit);
const kept = ranked.slice(0, 10);
const bred = (keeps: boolean) => {
  const some = keeps ? kept : ranked.slice(10);
  const paint = keeps ? ink.mechanism : ink.baseline;
  const open = { stroke: paint, fill: ink.paper, r: 3.5 };
  return [
    Plot.ruleY(some, {
      y: 'line',
      x1: 'worst',
      x2: 'usual',
      stroke: paint,
    }),
    Plot.dot(some, { y: 'line', x: 'usual', ...open }),
    Plot.dot(some, { y: 'line', x: 'worst', fill: paint, r: 3.5 }),
  ];
};
show(
  'selection',
  Plot.plot({
    title: 'Open: usual signal. Full: worst of three. Blue: kept',
    height: 440,
    x: {
      label: 'right answers, %',
      percent: true,
      domain: [20, 100],
      clamp: true,
    },
    y: { label: null, domain: ranked.map(({ line }) => line) },
    marks: [bred(false), bred(true)],
  }),
);

const of = (name: string) =>
  judged.find(({ layer }) => layer === name)!;
const found = of(chosen);
const batchAlone = of('x / s_b').usual;
const pole = of('x / (vx+s_i)').usual;
const lead = found.usual - Math.max(batchAlone, pole);
check('lead of B0 over either of its denominators alone', lead, {
  above: 0.2,
  because:
    'formula (4): the larger of the two bends, without a pole',
  breaks: { gate: 'held at 0' },
});
check('right answers of a linear network', of('x / 1').usual, {
  below: 0.75,
  because: 'no plane parts more than three of four kinds of pairs',
  breaks: { question: 'is the first a 1?' },
});
const bnRelu = of('max(x − μ, 0) / s_b').usual;
check(
  'distance of B0 from BN-ReLU',
  Math.abs(found.usual - bnRelu),
  {
    below: 0.06,
    because: 'the paper: B0 does the work of both layers',
    breaks: { layer: 'x / (vx+s_i)' },
  },
);
check(
  'spread of B0 over three sizes of the signal',
  found.best - found.worst,
  {
    below: 0.02,
    because: 'x and both of its deviations are of degree one',
    breaks: { layer: 'x σ(vx) / 1' },
  },
);
const least = Math.min(...kept.map(({ worst }) => worst));
check('the worst answers of the ten that are kept', least, {
  above: 0.8,
  because: 'a layer that fits one kind of network is found out',
  breaks: { fitness: 'the usual signal' },
});
