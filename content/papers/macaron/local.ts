import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, median, slope } from 'lab';
import { theory, toArray } from 'lab';
import { flow, macaron, middle, outer } from './experiment';
import { distance, flowFourth, lieStep } from './mechanism';
import { both, start } from './systems';

// A single layer, for steps of five lengths at once.
const taus = [0.1, 0.14, 0.2, 0.28, 0.4];
const stepSize = tf.tensor(taus, [taus.length, 1, 1, 1]);
const x = tf.stack(taus.map(() => start));
let truth = x;
for (let k = 0; k < 8; k++) {
  truth = flowFourth(both, truth, stepSize.div(8));
}
async function measure(layer: typeof macaron) {
  const moved = layer(flow, middle, outer, x, stepSize);
  const each = await toArray<number[][]>(distance(moved, truth));
  return each.map(median);
}
const lie = await measure(lieStep);
const strang = await measure(macaron);

chart('local', {
  title: 'What one layer errs by, as its step shrinks',
  over: 'tau',
  x: {
    type: 'log',
    label: 'step τ',
    ticks: [0.1, 0.2, 0.4],
    tickFormat: '.1f',
  },
  y: { type: 'log', label: 'distance after one layer' },
  lines: {
    square: { ...theory('τ²'), dots: false },
    cube: { ...theory('τ³'), dots: false },
    lie: baseline('Transformer'),
    strang: 'Macaron',
  },
}).add(
  ...taus.map((tau, i) => ({
    tau,
    lie: lie[i],
    strang: strang[i],
    square: tau ** 2,
    cube: 0.03 * tau ** 3,
  })),
);

const order = (errors: number[]) =>
  slope(taus.map(Math.log), errors.map(Math.log));
check('order of the error of one Transformer layer', order(lie), {
  between: [1.75, 2.25],
  because: 'the commutator in formula (6) comes with τ²',
  breaks: { interaction: 0 },
});
check('order of the error of one Macaron layer', order(strang), {
  between: [2.75, 3.25],
  because: 'nothing in τ² is left of a symmetric order',
  breaks: { halves: '1 + 0' },
});
