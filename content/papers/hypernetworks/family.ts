import * as tf from '@tensorflow/tfjs';
import { baseline, chart, random, toArray } from 'lab';

type T = tf.Tensor;

/** c of the task sin(ωx + p): three numbers of size about 1. */
export function conditionOf(omega: T, phase: T) {
  const pace = omega.sub(1.35).div(0.375);
  const circle = [tf.cos(phase), tf.sin(phase)];
  const [cos, sin] = circle.map((part) => part.mul(1.4));
  return tf.stack([pace, cos, sin], -1);
}
export const truth = (omega: T, phase: T, x: T) =>
  tf.sin(x.mul(omega.expandDims(-1)).add(phase.expandDims(-1)));

/** As many tasks of the family as asked for: c, x and y. */
export function drawTasks(shape: number[], points: number) {
  const omega = random.uniform(shape, 0.7, 2);
  const phase = random.uniform(shape, 0, 2 * Math.PI);
  const x = random.uniform([...shape, points], -3, 3);
  const y = truth(omega, phase, x);
  const noisy = y.add(random.normal([...shape, points], 0, 0.05));
  const condition = conditionOf(omega, phase);
  return { omega, phase, condition, x, y, noisy };
}

// Four members of the family.
const omega = tf.tensor1d([0.7, 1.1, 1.5, 2]);
const phase = tf.tensor1d([0, 1.2, 2.6, 4.5]);
const stops = Array.from({ length: 61 }, (_, i) => i / 10 - 3);
const all = truth(omega, phase, tf.tensor2d([stops]));
const [a, b, c, d] = await toArray<number[][]>(all);
const label = 'ω = ';
chart('family', {
  title:
    'Four tasks of the family: each has a pace ω and a start p',
  over: 'x',
  x: { label: 'x' },
  y: { label: 'y' },
  lines: {
    a: { ...baseline(`${label}0.7`), dots: false },
    b: { label: `${label}1.1`, as: 'series 1', dots: false },
    c: { label: `${label}1.5`, as: 'series 2', dots: false },
    d: { label: `${label}2`, as: 'series 3', dots: false },
  },
}).add(
  ...stops.map((x, i) => ({
    x,
    a: a[i],
    b: b[i],
    c: c[i],
    d: d[i],
  })),
);
