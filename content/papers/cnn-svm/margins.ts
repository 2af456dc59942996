import { bound, ink, Plot, show, toArray } from 'lab';
import { isHinge, net } from './experiment';
import { forward, signs, trainPatches } from './networks';

// Where the SVM network has put its 20,000 scores.
const [svm] = forward(trainPatches, net).unstack();
const margins = await toArray<number[][]>(svm.mul(signs));
const ends = margins.flat();
const width = 0.25;
const bars = Array.from({ length: 24 }, (_, k) => {
  const x1 = -2 + k * width;
  const inside = ends.filter((m) => m >= x1 && m < x1 + width);
  return { x1, x2: x1 + width, y: inside.length };
});
const within = bars.filter(({ x1 }) => x1 < 1);
const past = bars.filter(({ x1 }) => x1 >= 1);

const tallest = Math.max(...bars.map(({ y }) => y));
const label = isHinge ? 'no pull from here on' : 'margin';
const place = { x1: 'x1', x2: 'x2', y: 'y', insetRight: 1 };
const full = { ...place, fill: ink.mechanism };
const pale = { ...place, fill: ink.muted, fillOpacity: 0.5 };
show(
  'margins',
  Plot.plot({
    title: 'Margins of the 20,000 scores of the SVM network',
    x: { label: 'margin y s of a score' },
    y: { label: 'scores', domain: [0, 1.2 * tallest] },
    marks: [
      Plot.rectY(past, pale),
      Plot.rectY(within, full),
      bound({ x: 1, label }),
    ],
  }),
);
