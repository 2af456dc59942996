import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, median, slider } from 'lab';
import { toArray } from 'lab';
import { activations } from './experiment';
import { moments, sparseR2, standardise } from './mechanism';
import { numUnits, trained, untrained } from './networks';

type T = tf.Tensor;

const k = slider('k', {
  label: 'units k of net 1',
  min: 2,
  max: 31,
  step: 1,
  value: 5,
});

// Chosen and fitted on 500 images, measured on the other 500.
const half = (x: T, which: number) => tf.split(x, 2)[which];
async function explained(layers: T[]) {
  const { acts1, acts2 } = activations(layers);
  const on = (which: number) => {
    const z = (x: T) => standardise(half(x, which), half(x, 0));
    return moments(z(acts1), z(acts2));
  };
  const R2 = sparseR2(on(0), on(1), numUnits);
  return toArray<number[][]>(R2);
}
const all = await explained(trained);
const before = await explained(untrained);
const medians = (curve: number[][]) => curve.map(median);
const [learnt, none] = [medians(all), medians(before)];

chart('subspace', {
  title: 'What k units of net 1 tell of a unit of net 2',
  over: 'units',
  x: { type: 'log', label: 'units k of net 1' },
  y: { label: 'variance explained (median)', percent: true },
  bounds: [{ x: k }],
  lines: { none: baseline('untrained'), learnt: 'trained' },
}).add(
  ...learnt.map((value, i) => ({
    units: i + 1,
    learnt: value,
    none: none[i],
  })),
);

// The same for each unit of net 2, from the best told to the worst.
const units = all[0]
  .map((one, j) => ({ one, few: all[k - 1][j], full: all[31][j] }))
  .filter(({ one }) => one !== 0)
  .sort((a, b) => b.full - a.full)
  .map((row, i) => ({ unit: i + 1, ...row }));
chart('units', {
  title: 'Each unit of net 2, by how well net 1 tells it',
  over: 'unit',
  x: { label: 'unit of net 2, by rank' },
  y: { label: 'variance explained', percent: true },
  lines: {
    one: { label: 'best one', as: 'series 1', dots: 'only' },
    few: { label: `${k} units`, as: 'series 2', dots: 'only' },
    full: `all ${numUnits}`,
  },
}).add(...units);

const [single, full] = [learnt[0], learnt[numUnits - 1]];
check('variance of a unit explained by all units', full, {
  above: 0.6,
  because: 'the layers of both nets span nearly the same space',
  breaks: { training: 0 },
});
check('what all units explain beyond the best one', full - single, {
  above: 0.25,
  because: 'the space is shared, its axes are not',
  breaks: { second: 'the same seed' },
});
const enough = learnt.findIndex((R2) => R2 > 0.8 * full) + 1;
check('units that explain four fifths of what all do', enough, {
  between: [2, 8],
  because: 'a feature is neither in one unit nor spread over all',
  breaks: { second: 'the same seed' },
});
