import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, random, select } from 'lab';
import { toArray, weights } from 'lab';
import { netOf, predict, prompts, tokens } from './learner';
import { spd } from './mechanism';
import { descentAnswers, nearestAnswers } from './references';
import { ridgeAnswers } from './references';

const models = {
  'three layers': 'three',
  'two layers': 'two',
  'one layer': 'one',
  'three, on noise': 'noisy',
};
export const model = select('model', {
  label: 'trained transformer',
  options: [
    'three layers',
    'two layers',
    'one layer',
    'three, on noise',
  ],
});
const prompt = select('prompt', {
  label: 'labels in the prompt',
  options: ['its own', 'of another prompt'],
});

// 256 new linear functions, eight points each, without noise.
const drawn = prompts(random.normal, [256, 8, 3], 0);
export const X = drawn.X;
export const Y = drawn.Y;
const other = tf.concat([Y.slice(1), Y.slice(0, 1)]);
export const asked = tokens(X, prompt === 'its own' ? Y : other);
export const all = await weights('icl-linear-models');
export const answersOf = (name: string) =>
  predict(netOf(all, name), asked);
export const chosen = netOf(all, models[model]);

/** (5) after 0, 1, … 7 examples. */
export const distances = (a: tf.Tensor, b: tf.Tensor) =>
  toArray(spd(a, b));

export const paths = [0.02, 0.04, 0.07, 0.1, 0.15].map((rate) =>
  descentAnswers(X, Y, 10, rate),
);

/** The same to gradient descent, at the rate that comes nearest. */
export async function toDescent(answers: tf.Tensor, steps: number) {
  const at = paths.map((path) => path[steps - 1]);
  const each = await Promise.all(
    at.map((other) => distances(answers, other)),
  );
  return each[0].map((_, n) => Math.min(...each.map((e) => e[n])));
}

export const least = ridgeAnswers(X, Y);
const answers = predict(chosen, asked);
const neighbour = nearestAnswers(X, Y);
const toLeast = await distances(answers, least);
const toTen = await toDescent(answers, 10);
const toOne = await toDescent(answers, 1);
const toNearest = await distances(answers, neighbour);
const far = chart('spd', {
  title: 'Distance of its answers to those of four algorithms',
  over: 'n',
  x: { label: 'examples in the prompt' },
  y: {
    type: 'log',
    label: 'mean squared difference to …',
  },
  lines: {
    least: 'least squares',
    ten: { label: 'ten gradient steps', as: 'series 1' },
    one: { label: 'one gradient step', as: 'series 2' },
    nearest: baseline('nearest neighbour'),
  },
});
for (const n of [1, 2, 3, 4, 5, 6, 7]) {
  const [least, ten, one] = [toLeast[n], toTen[n], toOne[n]];
  far.add({ n, least, ten, one, nearest: toNearest[n] });
}

const [two, five] = [far.at(2), far.at(5)];
check('SPD to least squares with five examples', five.least, {
  below: 0.15,
  because: 'enough layers solve the regression in the prompt',
  breaks: { prompt: 'of another prompt' },
});
const ratio = five.least / five.one;
check('SPD to least squares over that to one descent step', ratio, {
  below: 0.2,
  because: 'it does far more than a step of gradient descent',
  breaks: { model: 'one layer' },
});
check('SPD to the shortest solution with two examples', two.least, {
  below: 0.1,
  because: 'in directions it has not seen the weights stay at 0',
  breaks: { model: 'three, on noise' },
});
