import * as tf from '@tensorflow/tfjs';
import { curve, ink, Plot, show, slider, toArray } from 'lab';
import { rounded, symmetric } from './mechanism';
import { net } from './network';

const bits = slider('bits', {
  label: 'bits b',
  min: 2,
  max: 8,
  value: 3,
  step: 1,
});

// r̃ of 600 numbers, on the grid of the weights of layer 1.
const layer = await toArray(net.w[0].flatten());
const most = Math.max(...layer.map(Math.abs));
const points = Array.from({ length: 601 }, (_, i) => i - 300);
const r = points.map((i) => (i / 250) * most);
const grid = symmetric(tf.scalar(most), bits);
const stairs = await toArray(rounded(tf.tensor1d(r), grid));

// Where the weights lie: 48 bars that stand on the lower edge.
const bars = Array.from({ length: 48 }, (_, i) => {
  const [x1, x2] = [i, i + 1].map((k) => (k / 20 - 1.2) * most);
  const inside = layer.filter((w) => w >= x1 && w < x2).length;
  const height = (22 * most * inside) / layer.length;
  return { x1, x2, y1: -1.2 * most, y2: height - 1.2 * most };
});
const pale = { fillOpacity: 0.35 };
const edges = { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2' };
const ends = [-1.2 * most, 1.2 * most].map((r) => ({
  r,
  exact: r,
}));
const corner = { frameAnchor: 'top-left', dx: 8, dy: 8 };
const names = [{ text: 'bars: how many weights' }];
const exact = { y: 'exact', ink: ink.theory, dashed: true };
const steps = r.map((r, i) => ({ r, rounded: stairs[i] }));
show(
  'staircase',
  Plot.plot({
    title: `${2 ** bits - 1} values are left for 4,096 weights`,
    x: { label: 'weight r of layer 1' },
    y: { label: 'rounded weight r̃' },
    marks: [
      Plot.rect(bars, { ...edges, fill: ink.baseline, ...pale }),
      curve(ends, { x: 'r', ...exact }),
      curve(steps, { x: 'r', y: 'rounded' }),
      Plot.text(names, { text: 'text', ...corner }),
    ],
  }),
);
