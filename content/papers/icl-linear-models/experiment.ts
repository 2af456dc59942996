import * as tf from '@tensorflow/tfjs';
import { check, curve, ink, Plot, random, select } from 'lab';
import { show, toArray, weights } from 'lab';
import { netOf, predict, prompts, tokens } from './learner';
import { descentAnswers, nearestAnswers } from './references';
import { ridgeAnswers } from './references';

const model = select('model', {
  label: 'trained transformer',
  options: ['three', 'two', 'one', 'noisy'],
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
export const chosen = netOf(all, model);

/** (5) after 0, 1, … 7 examples. */
export const distances = (a: tf.Tensor, b: tf.Tensor) =>
  toArray(a.sub(b).square().mean(0));

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
const far = {
  'least squares': await distances(answers, least),
  'ten gradient steps': await toDescent(answers, 10),
  'one gradient step': await toDescent(answers, 1),
  'nearest neighbour': await distances(answers, neighbour),
};
const [toLeast, , toOne] = Object.values(far);
const inks = [
  ink.mechanism,
  ...ink.series.slice(0, 2),
  ink.baseline,
];
const lines = Object.entries(far).map(([label, spd], i) => {
  const rows = spd.slice(1).map((spd, n) => ({ n: n + 1, spd }));
  return curve(rows, { x: 'n', y: 'spd', label, ink: inks[i] });
});
show(
  'spd',
  Plot.plot({
    title: 'With more examples it answers as least squares does',
    x: { label: 'examples in the prompt' },
    y: {
      type: 'log',
      label: 'squared distance to the answers of …',
    },
    marks: lines,
  }),
);

check('SPD to least squares with five examples', toLeast[5], {
  below: 0.15,
  because: 'enough layers solve the regression in the prompt',
  breaks: { prompt: 'of another prompt' },
});
const ratio = toLeast[5] / toOne[5];
check('the same, against one gradient step', ratio, {
  below: 0.2,
  because: 'it does far more than a step of gradient descent',
  breaks: { model: 'one' },
});
check('SPD to the shortest solution, two examples', toLeast[2], {
  below: 0.1,
  because: 'in directions it has not seen the weights stay at 0',
  breaks: { model: 'noisy' },
});
