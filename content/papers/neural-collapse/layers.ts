import { check, ink, linalg, Plot, show } from 'lab';
import { depth, labels, layers, sizes } from './experiment';
import { weightDecay } from './experiment';
import { strength } from './theory';

const bars: { layer: string; i: number; value: number }[] = [];
for (const [j, w] of layers.entries()) {
  const { s } = await linalg.svd(w);
  for (const [i, value] of s.slice(0, 8).entries()) {
    bars.push({ layer: `W${'₁₂₃'[j]}`, i: i + 1, value });
  }
}
const N = labels.shape[1]!;
const values = sizes.map((n) => strength(n, N, depth, weightDecay));
const theory = values.sort((a, b) => b - a);
const ticks = bars
  .filter(({ i }) => i <= 4)
  .map((bar) => ({ ...bar, value: theory[bar.i - 1] }));

show(
  'layers',
  Plot.plot({
    title: 'The largest singular values of each layer',
    fx: {},
    x: { label: 'singular value, by rank' },
    y: { label: 'value (bars: trained; dashed: theory)' },
    marks: [
      Plot.barY(bars, {
        fx: 'layer',
        x: 'i',
        y: 'value',
        fill: ink.mechanism,
        fillOpacity: 0.6,
        insetLeft: 2,
        insetRight: 2,
      }),
      Plot.tickY(ticks, {
        fx: 'layer',
        x: 'i',
        y: 'value',
        stroke: ink.theory,
        strokeDasharray: '4 3',
        strokeWidth: 2,
        insetLeft: -2,
        insetRight: -2,
      }),
    ],
  }),
);

const beyond = bars.map(({ i, value }) => (i > 4 ? value : 0));
const fifth = Math.max(...beyond);
check('largest fifth singular value of a layer', fifth, {
  below: 0.01,
  because: 'collapse reaches every layer: its rank is at most K',
  breaks: { weightDecay: 0 },
});
