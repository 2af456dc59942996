import * as tf from '@tensorflow/tfjs';
import { check, curve, ink, Plot, select, show } from 'lab';
import { toArray } from 'lab';
import { depth, labels, layers, means, sizes } from './experiment';
import { weightDecay } from './experiment';
import { cosines } from './mechanism';
import { lengths } from './theory';

const theorySizes = select('theorySizes', {
  label: 'class size in the theory',
  options: ['its own', 'N/K for all'],
});

// The classifier W_M ⋯ W₁ has one row for each class.
const rows = layers.reduce((product, w) => tf.matMul(w, product));
const norms = (x: tf.Tensor) => toArray(x.norm('euclidean', 1));
const [row, mean] = [await norms(rows), await norms(means)];
const trained = sizes.map((n, k) => ({
  n,
  mean: mean[k],
  row: row[k],
}));

const N = labels.shape[1]!;
const theory = (n: number) => {
  const used = theorySizes === 'its own' ? n : N / sizes.length;
  return { ...lengths(used, N, depth, weightDecay), n };
};
const line = Array.from({ length: 105 }, (_, i) =>
  theory(1 + i / 4),
);
const dashed = { x: 'n', ink: ink.theory, dashed: true };
const dot = { x: 'n', r: 4, fill: ink.mechanism };
show(
  'lengths',
  Plot.plot({
    title: 'Length of classifier rows and of class means',
    x: { label: 'samples in the class', domain: [0, 27] },
    y: {
      label: 'length (dots: trained; dashed: theory)',
      domain: [0, 3.6],
    },
    marks: [
      curve(line, { ...dashed, y: 'row', label: 'row' }),
      curve(line, { ...dashed, y: 'mean', label: 'mean' }),
      Plot.dot(trained, { ...dot, y: 'row' }),
      Plot.dot(trained, { ...dot, y: 'mean' }),
    ],
  }),
);

/** Largest error over classes, in units of the longest one. */
const error = (part: 'mean' | 'row') => {
  const wanted = sizes.map((n) => theory(n)[part]);
  const off = trained.map((t, k) => Math.abs(t[part] - wanted[k]));
  return Math.max(...off) / Math.max(...wanted);
};
const worst = Math.max(error('mean'), error('row'));
check('largest error of the lengths in theory, relative', worst, {
  below: 0.01,
  because: 'formula (4): each class solves a problem of its own',
  breaks: { theorySizes: 'N/K for all' },
});

const angles = await toArray<number[][]>(cosines(rows, means));
const apart = sizes.map((n, k) =>
  theory(n).mean > 0 ? 1 - angles[k][k] : 0,
);
const turned = Math.max(...apart);
check('NC3: 1 − the least cosine of a mean and its row', turned, {
  below: 0.001,
  because: 'at the optimum the classifier copies the means',
  breaks: { weightDecay: 0 },
});
