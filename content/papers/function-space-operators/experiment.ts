import type * as tf from '@tensorflow/tfjs';
import { baseline, broken, chart, check, toNumber } from 'lab';
import { variant } from 'lab';
import { draw } from './fields';
import { kernel, sum, taps } from './mechanism';
import { interpolated, pairs, stepper, thinned } from './training';

type T = tf.Tensor;

const readings = { kernel, taps, sum };
const label = 'the trained numbers are read as';
export const read = variant('reading', readings, { label });

export const tests = draw(6);
interface Row {
  n: number;
  sums: number;
  plain: number;
  between: number;
  ours: number;
}
const title = (rows: readonly Row[]) =>
  rows.every(({ ours }) => ours < 1.2 * rows[0].ours)
    ? 'Trained on 32 points: as a kernel, as good on every grid'
    : 'Trained on 32 points, asked on finer grids';
const none: Row[] = [];
const ours =
  read === kernel
    ? 'kernel'
    : broken(read === taps ? 'taps' : 'no Δ');
const errors = chart(
  'grids',
  {
    title,
    over: 'n',
    x: {
      type: 'log',
      label: 'grid points n',
      ticks: [32, 64, 128, 256],
      tickFormat: 'd',
    },
    y: { type: 'log', label: 'relative error of one step' },
    lines: {
      sums: broken('kernel, no Δ'),
      plain: baseline('taps'),
      between: { label: 'interpolated', as: 'series 3' },
      ours,
    },
  },
  none,
);
const finest = pairs(tests, 256);
for (const n of [32, 64, 128, 256]) {
  const [u, v] = [thinned(finest.u, n), thinned(finest.v, n)];
  const error = (found: T) =>
    toNumber(found.sub(v).norm().div(v.norm()));
  errors.add({
    n,
    sums: await error(stepper(n, sum)(u)),
    plain: await error(stepper(n, taps)(u)),
    between: await error(interpolated(n)(u)),
    ours: await error(stepper(n, read)(u)),
  });
}
const change = errors.at(256).ours / errors.at(32).ours;
check('error of one step on 256 points, on 32 = 1', change, {
  below: 1.2,
  because: 'both sums of the network tend to integrals',
  breaks: { reading: 'taps' },
});
