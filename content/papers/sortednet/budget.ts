import { check, ink, mean, Plot, show, slider } from 'lab';
import { models, tested } from './experiment';
import { largestWithin } from './mechanism';
import { names } from './networks';

const budget = slider('budget', {
  label: 'budget B, parameters',
  min: 412,
  max: 29_568,
  value: 5_000,
  scale: 'log',
});

/** The best that fits, which only a search would know. */
const bestWithin = (all: typeof tested, most: number) =>
  Math.max(
    ...all.filter((m) => m.size <= most).map((m) => m.right),
  );
const least = Math.min(...tested.map(({ size }) => size));
const chosen = largestWithin(tested, Math.max(budget, least));

const place = { x: 'width', y: 'depth', fy: 'network' };
const tiles = names.flatMap((network) =>
  models[network].map((m) => ({ network, ...m })),
);
const frames = names.map((network) => ({ network, ...chosen }));
show(
  'map',
  Plot.plot({
    title: 'Accuracy of every cut: the bluer, the better',
    height: 330,
    x: { label: 'units kept', ticks: [2, 16, 32, 48, 64] },
    y: { label: 'blocks kept' },
    fy: { label: null, domain: names },
    opacity: { domain: [0, 1], range: [0, 1] },
    marks: [
      Plot.cell(tiles, {
        ...place,
        fill: ink.mechanism,
        fillOpacity: 'right',
        inset: 0,
      }),
      Plot.cell(frames, { ...place, stroke: ink.theory }),
    ],
  }),
);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
show('choice', [
  {
    budget: Math.round(budget),
    units: chosen.width,
    blocks: chosen.depth,
    'largest that fits': percent(chosen.right),
    'best that fits': percent(bestWithin(tested, chosen.size)),
  },
]);

// What a search would add, for every budget that is a size.
const missed = tested.map(
  ({ size, ...largest }) =>
    bestWithin(tested, size) - largest.right,
);
check('accuracy missed by not searching, mean', mean(missed), {
  below: 0.02,
  because: 'in a sorted network a larger part is hardly ever worse',
  breaks: { training: 'cut' },
});
