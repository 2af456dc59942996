import * as tf from '@tensorflow/tfjs';
import { baseline, chart, images, show, slider } from 'lab';
import { toArray } from 'lab';
import { seen, trained } from './experiment';
import { conditionOf, truth } from './family';
import { hyperForward, targetForward } from './mechanism';

type T = tf.Tensor;

const omega = slider('omega', {
  label: 'pace ω',
  min: 0.5,
  max: 3,
  value: 1.6,
  step: 0.05,
});
const phase = slider('phase', {
  label: 'start p',
  min: 0,
  max: 6.25,
  value: 1,
  step: 0.05,
});

// One task: nothing is trained, the weights are only asked for.
const one = (value: number) => tf.tensor1d([value]);
const write = (omega: T, phase: T) =>
  hyperForward(seen(conditionOf(omega, phase)), trained).weights;
const stops = Array.from({ length: 61 }, (_, i) => i / 10 - 3);
const x = tf.tensor2d([stops]);
const weights = write(one(omega), one(phase));
const [found] = await toArray<number[][]>(
  targetForward(x, weights),
);
const [right] = await toArray<number[][]>(
  truth(one(omega), one(phase), x),
);
chart('written', {
  title: 'A network written for one task',
  over: 'x',
  x: { label: 'x' },
  y: { label: 'y', domain: [-1.5, 1.5] },
  lines: {
    right: { ...baseline('the task'), dots: false },
    found: { label: 'F(x; H(c))', dots: false },
  },
}).add(
  ...stops.map((x, i) => ({ x, found: found[i], right: right[i] })),
);

// All 49 weights, as the start p goes once round: 48 networks.
const round = tf.linspace(0, 2 * Math.PI, 48);
const all = write(tf.fill([48], omega), round);
const names = ['aⱼ', 'bⱼ', 'oⱼ'];
const cut = tf.split(all, [16, 16, 16, 1], 1).slice(0, 3);
show(
  'weights',
  await images(tf.stack(cut.map((part) => part.transpose())), {
    title: `The written weights at ω = ${omega}, as p goes once round (left to right)`,
    columns: names,
    palette: 'diverging',
  }),
);
