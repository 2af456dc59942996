import * as tf from '@tensorflow/tfjs';
import { check, ink, linalg, mean, Plot, show, slider } from 'lab';
import { toArray, toNumber } from 'lab';
import { test } from './digits';
import { r } from './experiment';
import { foundAgain } from './mechanism';
import { absolutes } from './networks';

type T = tf.Tensor;

const drawn = slider('drawn', {
  label: 'digits drawn',
  min: 10,
  max: 200,
  value: 100,
  step: 10,
});
const names = await toArray<number[]>(test.y.slice([0], [drawn]));

/** Two runs on the main axes of the first, whose spread is 1. */
async function strokes(kind: string, [one, two]: T[]) {
  const middle = one.mean(0);
  const spread = one.sub(middle);
  const { v } = await linalg.svd(tf.matMul(spread, spread, true));
  const axes = tf.tensor2d(v).slice([0, 0], [-1, 2]);
  const scale = tf.matMul(spread, axes).square().mean().sqrt();
  const places = (codes: T) => {
    const seen = tf.matMul(codes.sub(middle), axes).div(scale);
    return toArray<number[][]>(seen.slice([0], [drawn]));
  };
  const [from, to] = [await places(one), await places(two)];
  return names.map((name, i) => {
    const [[x, y], [x2, y2]] = [from[i], to[i]];
    return { kind, name, x, y, x2, y2 };
  });
}
const codes = absolutes.map((net) => net.codes);
const absolute = await strokes('absolute codes', codes);
const relative = await strokes('relative codes', r);

// A digit's name stands once, in the middle of its class in run 1.
const drawnDigits = [...new Set(names)].sort((a, b) => a - b);
const classes = (rows: typeof absolute) =>
  drawnDigits.map((digit) => {
    const own = rows.filter(({ name }) => name === digit);
    const x = mean(own.map((row) => row.x));
    const y = mean(own.map((row) => row.y));
    return { kind: rows[0].kind, digit: String(digit), x, y };
  });
const at = { fx: 'kind', x: 'x', y: 'y' };
const ends = { fx: 'kind', x1: 'x', y1: 'y', x2: 'x2', y2: 'y2' };
const marks = (rows: typeof absolute, stroke: string) => [
  Plot.link(rows, { ...ends, stroke, strokeOpacity: 0.7 }),
  Plot.dot(rows, { ...at, fill: stroke, r: 1.8 }),
];
const digits = [...classes(absolute), ...classes(relative)];
const halo = { stroke: ink.paper, strokeWidth: 4 };
show(
  'strokes',
  Plot.plot({
    title: 'From where run 1 puts a digit to where run 2 puts it',
    height: 330,
    fx: { label: null },
    x: { label: 'first axis of run 1' },
    y: { label: 'second axis' },
    marks: [
      ...marks(absolute, ink.baseline),
      ...marks(relative, ink.mechanism),
      Plot.text(digits, {
        ...at,
        ...halo,
        text: 'digit',
        fill: ink.theory,
        fontSize: 15,
        fontWeight: 600,
      }),
    ],
  }),
);

const some = r.map((codes) => codes.slice([0], [300]));
const again = await toNumber(foundAgain(some[0], some[1]));
check('share of 300 digits found again in another run', again, {
  above: 0.06,
  because:
    'a digit’s relative code is its address; chance is 0.003',
  breaks: { choice: 'others for each' },
});
