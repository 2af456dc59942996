import * as tf from '@tensorflow/tfjs';
import { chart, check, median, show, toArray } from 'lab';
import { firstFlip, halve, pass } from './mechanism';
import { digits, superRes, unit } from './networks';

type T = tf.Tensor;

// A line from each of 40 images towards the next.
const n = 40;
const x0 = halve(digits.slice([0], [n]));
const d = tf.concat([x0.slice([1]), x0.slice([0], [1])]).sub(x0);
const start = pass(superRes, unit, [x0, d], 0);
const [y, slope] = start.at(-1)!.map((x) => x.reshape([1, n, 196]));
const first = firstFlip(start); // t*

/** The network at k times of each line, in units of its t*. */
function walk(times: number[]) {
  const k = times.length;
  const t = tf.tensor2d(times, [k, 1]).mul(first); // [k, n]
  const move = d.mul(t.reshape([k, n, 1, 1, 1]));
  const x = x0.add(move).reshape([k * n, 7, 7, 1]);
  const layers = pass(superRes, unit, [x, x], 1);
  const changed = layers.slice(0, -1).map(([z], l) => {
    const before = start[l][0].greater(0).expandDims(0);
    const now = z.greater(0).reshape([k, ...start[l][0].shape]);
    return now.notEqual(before).toFloat().sum([2, 3, 4]);
  });
  const there = layers.at(-1)![0].reshape([k, n, 196]);
  const tangent = y.add(slope.mul(t.expandDims(2)));
  return { there, tangent, changed: tf.addN(changed) };
}

const times = [0.25, 0.5, 1.5, 2, 4, 8, 16, 32, 64, 128, 256];
const { there, tangent } = walk(times);
const length = (x: T) => x.norm('euclidean', 2);
const moved = length(there.sub(y));
const missed = length(there.sub(tangent)).div(moved);
const errors = await toArray<number[][]>(missed);
chart('reach', {
  title: (rows) =>
    rows[1].error === 0
      ? 'The map is exact up to a time that it tells itself'
      : 'How far from the network the map is',
  over: 'time',
  x: { type: 'log', label: 't, in units of t* of the line' },
  y: {
    label: 'error of F x + r, of the change in y',
    percent: true,
  },
  bounds: [{ x: 1, label: 'formula (7)' }],
  lines: { error: 'median' },
}).add(
  ...errors.map((lines, i) => {
    const error = median(lines);
    // What rounding leaves is drawn as nothing.
    return { time: times[i], error: error < 2e-3 ? 0 : error };
  }),
);
const middle = median(await toArray<number[]>(first));
show(
  'middle',
  `On half of the lines a unit changes before t = ${middle.toFixed(4)}.`,
);

// Is it within 5 %?
const { changed } = walk([0.95, 1.05]);
const [before, after] = await toArray<number[][]>(changed);
const late = before.filter(
  (units, i) => units > 0 || after[i] === 0,
);
check(
  'of 40 lines, those whose first unit changes not near t*',
  late.length,
  {
    below: 4,
    because: 'up to t* every layer is affine in t, so t* is exact',
    breaks: { unit: 'decided by each signal' },
  },
);
