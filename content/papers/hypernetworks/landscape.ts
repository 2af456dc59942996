import * as tf from '@tensorflow/tfjs';
import { ink, Plot, show, toArray } from 'lab';
import { seen, trained } from './experiment';
import { conditionOf } from './family';
import { shownTask } from './fewshot';
import { hyperForward, targetForward } from './mechanism';

// The loss of 1,200 networks of 49 weights on the points of the
// task shown: one for each pace and start, none of them trained.
const [across, up] = [40, 30];
const phase = tf.linspace(0, 2 * Math.PI, across);
const omega = tf.linspace(0.7, 2, up);
const starts = tf.tile(phase, [up]);
const paces = tf
  .tile(omega.reshape([up, 1]), [1, across])
  .flatten();
const { weights } = hyperForward(
  seen(conditionOf(paces, starts)),
  trained,
);
const rows = (row: number[]) =>
  tf.tile(tf.tensor2d([row]), [across * up, 1]);
const { x, y, begun, ended, truth } = shownTask;
const off = targetForward(rows(x), weights).sub(rows(y));
const power = off.square().mean(1).log().div(Math.LN10);
const loss = await toArray<number[]>(power);

/** Where a condition stands on the map. */
const place = ([pace, cos, sin]: number[]) => ({
  phase: (Math.atan2(sin, cos) + 2 * Math.PI) % (2 * Math.PI),
  omega: 1.35 + 0.375 * pace,
});
const at = { x: 'phase', y: 'omega' };
show(
  'landscape',
  Plot.plot({
    title: 'The loss of 1,200 networks that the hypernet can write',
    x: {
      label: 'start p',
      domain: [0, 2 * Math.PI],
      ticks: [0, 2, 4, 6],
    },
    y: { label: 'pace ω', domain: [0.7, 2] },
    marks: [
      Plot.contour(loss, {
        width: across,
        height: up,
        x1: 0,
        x2: 2 * Math.PI,
        y1: 0.7,
        y2: 2,
        thresholds: [-2.5, -2, -1.5, -1, -0.5, 0],
        stroke: ink.baseline,
      }),
      Plot.dot(begun.map(place), {
        ...at,
        stroke: ink.theory,
        r: 3,
      }),
      Plot.dot([place(ended)], {
        ...at,
        fill: ink.mechanism,
        r: 5,
      }),
      Plot.dot([truth], {
        ...at,
        symbol: 'times',
        stroke: ink.broken,
        r: 6,
      }),
    ],
  }),
);
