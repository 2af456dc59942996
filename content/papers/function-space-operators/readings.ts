import * as tf from '@tensorflow/tfjs';
import { ink, Plot, random, show, toArray } from 'lab';
import { kernel, sample, taps } from './mechanism';

// Nine random numbers for nine bumps, whose taps add up to one.
const [support, M, trained] = [6 / 32, 9, 32];
const free = random.normal([M, 1], 0, 0.6);
export const kernelCoef = free.sub(free.mean()).add(1 / M);
export const tapsOn = (coef: tf.Tensor, n: number, read = kernel) =>
  tf.matMul(sample(support, M, read(n, trained)), coef);

// The weights that a point x gives to its neighbours y, before Δ.
async function weights(n: number, read: typeof kernel) {
  const w = tapsOn(kernelCoef, n, read);
  const { quadWeight } = read(n, trained);
  const kappa = w.div(quadWeight * trained);
  const heights = await toArray<number[][]>(kappa);
  const panel = `${n} points`;
  const reach = (heights.length - 1) / 2;
  return heights.map(([height], i) => {
    return { panel, z: (reach - i) / n, height };
  });
}
const grids = [32, 64, 128];
const all = async (read: typeof kernel) =>
  (await Promise.all(grids.map((n) => weights(n, read)))).flat();
const asKernel = await all(kernel);
const asTaps = await all(taps);

const at = { fx: 'panel', x: 'z', y: 'height' };
const corner = {
  fx: 'panel',
  text: 'name',
  frameAnchor: 'bottom-right',
};
const lines = [
  {
    rows: asKernel,
    name: 'kernel',
    stroke: ink.mechanism,
    r: 1.8,
    dy: -16,
  },
  {
    rows: asTaps,
    name: 'taps',
    stroke: ink.baseline,
    r: 3,
    dy: -2,
  },
];
show(
  'readings',
  Plot.plot({
    title:
      'Nine numbers: their kernel stays, their taps draw together',
    height: 260,
    x: { label: 'x − y', ticks: [-0.1, 0.1] },
    y: { label: 'κ(x − y)/32' },
    fx: { label: null, domain: grids.map((n) => `${n} points`) },
    marks: [
      Plot.ruleY([0], { stroke: ink.muted }),
      lines.map(({ rows, name, stroke, r, dy }) => [
        Plot.line(rows, { ...at, stroke }),
        Plot.dot(rows, { ...at, stroke, r }),
        Plot.text([{ panel: '128 points', name }], {
          ...corner,
          dy,
          fill: stroke,
        }),
      ]),
    ],
  }),
);
