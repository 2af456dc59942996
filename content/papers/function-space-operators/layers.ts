import * as tf from '@tensorflow/tfjs';
import { baseline, broken, chart, check, select } from 'lab';
import { slope, toggle, toNumber } from 'lab';
import { draw, grid, slopeOf, fieldAt } from './fields';
import { convolve, type Field, kernel } from './mechanism';
import { sum, taps } from './mechanism';
import { kernelCoef, tapsOn } from './readings';

type T = tf.Tensor;

export const useQuadrature = toggle('useQuadrature', {
  label: 'quadrature weights Δ',
  value: true,
});
const convolution = select('convolution', {
  label: 'the convolution compared with (Σw) u is',
  options: ['plain', 'integral'],
});
const stencilScale = select('stencilScale', {
  label: 'differences are multiplied by',
  options: ['1/h', '1'],
});

// How far is each layer from what it tends to?
const functions = draw(16);
const fieldOn = (n: number, waves = functions) =>
  fieldAt(waves, grid(n)).reshape([16, 1, n, 1]) as Field;
const filter = (w: T) => w.reshape([1, -1, 1, 1]) as Field;
const convolved = (n: number, reading: typeof kernel) =>
  convolve(fieldOn(n), filter(tapsOn(kernelCoef, n, reading)));
const fine = convolved(1024, kernel).reshape([16, 1024]);
function limit(n: number) {
  const first = fine
    .reshape([16, n, -1])
    .slice([0, 0], [-1, -1, 1]);
  return first.reshape([16, 1, n, 1]);
}
const difference = filter(tf.tensor1d([-0.5, 0, 0.5]));
// Less than 1e-4 counts as 1e-4: with 32 bits it may be rounding.
async function distance(found: T, truth: T) {
  const far = found.sub(truth).norm().div(truth.norm());
  return Math.max(1e-4, await toNumber(far));
}
const integral = useQuadrature ? kernel : sum;
const compared = convolution === 'plain' ? taps : kernel;
const scaled = stencilScale === '1/h';
const errors = chart('limits', {
  title: 'Distance of three layers from what they tend to',
  over: 'n',
  x: {
    type: 'log',
    label: 'grid points n',
    ticks: [32, 128, 512],
    tickFormat: 'd',
  },
  y: { type: 'log', label: 'relative distance, at least 1e-4' },
  lines: {
    plain: baseline('plain, to (Σw) u'),
    slopes: scaled
      ? { label: 'differences, to u′', as: 'series 1' }
      : broken('without 1/h'),
    integral: useQuadrature ? 'integral' : broken('without Δ'),
  },
});
for (const n of [32, 64, 128, 256, 512]) {
  const u = fieldOn(n);
  const slopes = convolve(u, difference).mul(scaled ? n : 1);
  errors.add({
    n,
    plain: await distance(convolved(n, compared), u),
    slopes: await distance(slopes, fieldOn(n, slopeOf(functions))),
    integral: await distance(convolved(n, integral), limit(n)),
  });
}
const fall = errors.at(512).plain / errors.at(64).plain;
check(
  'distance of a plain convolution from (Σw) u, 512 points over 64',
  fall,
  {
    below: 0.5,
    because: 'formula (4): its taps draw together in one point',
    breaks: { convolution: 'integral' },
  },
);
check(
  'error of the integral layer on 64 points',
  errors.at(64).integral,
  {
    below: 0.002,
    because: 'formula (3) is a quadrature of a smooth kernel',
    breaks: { useQuadrature: false },
  },
);
const order = -slope(
  errors.rows.map(({ n }) => Math.log(n)),
  errors.rows.map((row) => Math.log(row.slopes)),
);
check('order of the differences', order, {
  between: [1.8, 2.2],
  because: 'formula (5), with an error of h² for a central stencil',
  breaks: { stencilScale: '1' },
});
