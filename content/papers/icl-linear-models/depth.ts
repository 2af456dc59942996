import { check, curve, ink, Plot, show } from 'lab';
import { answersOf, distances, least } from './experiment';
import { toDescent } from './experiment';

const names = [
  'least squares',
  'ten gradient steps',
  'one gradient step',
  'three gradient steps',
];
const rows: { layers: string; spd: number[] }[] = [];
for (const [i, model] of ['one', 'two', 'three'].entries()) {
  const answers = answersOf(model);
  const far = [
    await distances(answers, least),
    await toDescent(answers, 10),
    await toDescent(answers, 1),
    await toDescent(answers, 3),
  ];
  rows.push({ layers: `${i + 1}`, spd: far.map((d) => d[5]) });
}

const inks = [ink.mechanism, ...ink.series];
const lines = names.map((label, k) =>
  curve(
    rows.map(({ layers, spd }) => ({ layers, spd: spd[k] })),
    { x: 'layers', y: 'spd', label, ink: inks[k] },
  ),
);
show(
  'depth',
  Plot.plot({
    title: 'Each layer brings it nearer to least squares',
    x: { label: 'layers of the transformer', type: 'point' },
    y: { type: 'log', label: 'SPD with five examples' },
    marks: lines,
  }),
);

const [one, two, three] = rows.map(({ spd }) => spd[0]);
const factor = Math.min(one / two, two / three);
check('factor by which each further layer cuts the SPD', factor, {
  above: 1.5,
  because: 'more layers leave room for more of the algorithm',
  breaks: { prompt: 'of another prompt' },
});
