import { ink, Plot, scrub, select } from 'lab';
import { seen } from './experiment';
import { denominators, layers, numerators } from './space';

const signals = ['as it is', 'a thirtieth', 'thirty times'];
const signal = select('signal', {
  label: 'size of the signal',
  options: ['as it is', 'a thirtieth', 'thirty times'],
});

/** A tile for each layer, fuller the more it answers rightly. */
function map(step: number, scores: number[][]) {
  const tiles = layers.map((layer, i) => {
    const score = scores[i][signals.indexOf(signal)];
    const full = Math.max(0, 2 * score - 1); // 0 is chance
    const shade = layer.ours ? full : 0.55 * full;
    return { ...layer, shade, score: (100 * score).toFixed(0) };
  });
  const at = { x: 'bottom', y: 'top' };
  const box = { ...at, inset: 1.5 };
  const fill = (ours: boolean) =>
    Plot.cell(
      tiles.filter((tile) => tile.ours === ours),
      {
        ...box,
        fillOpacity: 'shade',
        fill: ours ? ink.mechanism : ink.baseline,
      },
    );
  const words = (dark: boolean) => {
    const some = tiles.filter((tile) => tile.shade > 0.6 === dark);
    const fill = dark ? ink.paper : ink.theory;
    return [
      Plot.text(some, { ...at, fill, text: 'score', dy: -8 }),
      Plot.text(some, {
        ...at,
        fill,
        text: 'name',
        dy: 8,
        fontSize: 10,
      }),
    ];
  };
  return Plot.plot({
    title: `Right answers of each layer, %, at step ${step}`,
    height: 300,
    x: { label: 'divided by', domain: Object.keys(denominators) },
    y: { label: null, domain: Object.keys(numerators) },
    opacity: { type: 'identity' },
    marks: [
      Plot.cell(tiles, { ...box, stroke: ink.baseline }),
      ...[fill(true), fill(false), words(true), words(false)],
    ],
  });
}
const frames = seen.map(({ step, scores }) => ({
  at: step,
  output: map(step, scores),
}));
scrub('map', frames, 'training step');
