import * as tf from '@tensorflow/tfjs';
import { check, curve, ink, nn, Plot, select, show } from 'lab';
import { slider, toArray, toNumber } from 'lab';
import { digits, scaled, traces } from './curvature';
import { rounded, sensitivity, symmetric } from './mechanism';
import { accuracy, logits, train } from './network';

type T = tf.Tensor;
const budget = slider('budget', {
  label: 'bits a weight, at most',
  min: 2.5,
  max: 6,
  value: 3.5,
});
const curvature = select('curvature', {
  options: ['Fisher trace', 'all equal'],
});

// Six widths for each of three layers: 216 networks.
const widths = [2, 3, 4, 5, 6, 8];
const { w, b } = scaled;
const grid = (w: T, bits: number) =>
  symmetric(w.abs().max(0, true), bits);
const low = w.map((w) => widths.map((b) => rounded(w, grid(w, b))));

// The rise of the loss: 6 first layers, 36 second, 216 third ones.
const layer = (x: T, i: number) =>
  tf.concat(low[i].map((w) => nn.dense(x, w, b[i])));
const hidden = tf.relu(layer(tf.relu(layer(digits, 0)), 1));
const last = layer(hidden, 2).reshape([216, 1000, 10]);
const y = tf.oneHot(train.y.slice([0], [1000]), 10);
const loss = (z: T) =>
  z.logSumExp(-1).sub(z.mul(y).sum(-1)).mean(-1);
const float = loss(logits(digits, scaled));
const rises = await toArray(loss(last).sub(float));

// Formula (8) with the traces, and with one curvature for all.
const sum = (values: number[]) => values.reduce((a, b) => a + b);
const sizes = w.map((w) => w.size);
const mean = sum(traces) / sum(sizes);
const omega = w.map((w, i) => {
  const both = tf.tensor1d([traces[i] / sizes[i], mean]);
  const at = (bits: number) => sensitivity(both, w, grid(w, bits));
  return tf.stack(widths.map(at));
});
const costs = await toArray<number[][][]>(tf.stack(omega));
const rows = rises.map((rise, k) => {
  const at = [k % 6, Math.floor(k / 6) % 6, Math.floor(k / 36)];
  const total = (rule: number) =>
    sum(at.map((a, i) => costs[i][a][rule]));
  const bits = sum(at.map((a, i) => widths[a] * sizes[i]));
  const each = bits / sum(sizes);
  return { rise, at, each, fisher: total(0), equal: total(1) };
});

const rule = curvature === 'all equal' ? 'equal' : 'fisher';
const best = (rule: 'fisher' | 'equal') =>
  rows
    .filter((row) => row.each <= budget)
    .reduce((a, b) => (b[rule] < a[rule] ? b : a));
const [picked, plain] = [best(rule), best('equal')];
const ends = [1e-4, 10].map((rise) => ({ rise, fisher: rise }));
const xy = { x: 'fisher', y: 'rise', r: 2 };
const name = (x: number, y: number, text: string, fill: string) =>
  Plot.text([{ x, y, text }], {
    x: 'x',
    y: 'y',
    text: 'text',
    fill,
  });
// Where the loss falls, it has no place on an axis of powers.
const above = rows.filter((row) => row.rise > 0);
show(
  'precision',
  Plot.plot({
    title: 'What rounding costs, predicted and measured',
    x: { type: 'log', label: 'predicted rise, Σ Ω' },
    y: {
      type: 'log',
      label: `rise of the loss, above 0 in ${above.length} of 216`,
    },
    marks: [
      curve(ends, { ...xy, ink: ink.theory, dashed: true }),
      Plot.dot(above, { ...xy, x: 'equal', fill: ink.baseline }),
      Plot.dot(above, { ...xy, fill: ink.mechanism }),
      name(4, 1e-3, 'one for all', ink.baseline),
      name(1e-2, 3, 'with its trace', ink.mechanism),
      Plot.dot([picked], {
        ...xy,
        x: rule,
        r: 6,
        stroke: ink.theory,
      }),
    ],
  }),
);
const right = ({ at }: typeof picked) =>
  accuracy({ w: low.map((layer, i) => layer[at[i]]), b });
const row = async (curvature: string, pick: typeof picked) => ({
  curvature,
  'bits of the layers': pick.at.map((a) => widths[a]).join(', '),
  'digits right': await right(pick),
});
const chosen = await row(curvature, picked);
const other = await row('all equal', plain);
show('bits chosen', [chosen, other]);

// Of every two networks, is the better one foretold?
const order = (values: number[]) => {
  const column = tf.tensor2d(values, [216, 1]);
  return column.greater(column.transpose());
};
const foretold = order(rows.map((row) => row[rule]));
const turned = foretold.notEqual(order(rises)).mean();
const share = await toNumber(turned);
check('share of pairs of networks in the wrong order', share, {
  below: 0.15,
  because: 'near a minimum the loss rises with ½ Tr H/n ‖r̃ − r‖²',
  breaks: { curvature: 'all equal' },
});
const won = chosen['digits right'] - other['digits right'];
check('accuracy won over choosing by distance alone', won, {
  above: 0.08,
  because: 'the flattest layer can take the coarsest grid',
  breaks: { curvature: 'all equal' },
});
