import * as tf from '@tensorflow/tfjs';
import { bound, check, curve, ink, Plot, random } from 'lab';
import { select, show, toArray, weights } from 'lab';
import { netOf, predict, prompts, tokens } from './learner';
import { ridgeAnswers } from './references';

const trainedOn = select('trainedOn', {
  label: 'the transformer was trained on',
  options: ['noisy labels', 'exact labels'],
});
const name = trainedOn === 'noisy labels' ? 'noisy' : 'three';

// 256 prompts with noise: σ = 0.7, τ = 1, so σ²/τ² = 0.49.
const { X, Y } = prompts(random.normal, [256, 8, 3], 0.7);
const net = netOf(await weights('icl-linear-models'), name);
const answers = predict(net, tokens(X, Y));

// Ridge regression of 17 strengths at once.
const lambdas = Array.from(
  { length: 17 },
  (_, i) => 0.49 * 10 ** ((i - 8) / 4),
);
const each = lambdas.flatMap((lambda) => Array(256).fill(lambda));
const ridges = ridgeAnswers(
  tf.tile(X, [17, 1, 1]),
  tf.tile(Y, [17, 1]),
  tf.tensor(each, [17 * 256, 1, 1]),
).reshape([17, 256, 8]);
const apart = ridges.sub(answers).square().mean(1);
const spd = await toArray<number[][]>(apart);
const rows = lambdas.map((lambda, i) => ({ lambda, spd: spd[i] }));
const at = (n: number) =>
  rows.map(({ lambda, spd }) => ({ lambda, spd: spd[n] }));
const line = (n: number, stroke: string) =>
  curve(at(n), {
    x: 'lambda',
    y: 'spd',
    label: `n = ${n}`,
    ink: stroke,
  });
show(
  'noise',
  Plot.plot({
    title: 'Trained on noise, it regularises as Bayes would',
    x: { type: 'log', label: 'λ of ridge regression' },
    y: { type: 'log', label: 'SPD of the transformer to it' },
    marks: [
      bound({ x: 0.49, label: 'σ²/τ²' }),
      line(2, ink.mechanism),
      line(3, ink.series[0]),
      line(5, ink.series[1]),
    ],
  }),
);

// Which ridge regression is nearest, after one to three examples?
const few = ({ spd }: { spd: number[] }) =>
  spd[1] + spd[2] + spd[3];
const nearest = rows.reduce((a, b) => (few(b) < few(a) ? b : a));
check('λ of the nearest ridge, 1 to 3 examples', nearest.lambda, {
  near: 0.49,
  within: 0.2,
  because: 'the error is least at λ = σ²/τ² = 0.7²',
  breaks: { trainedOn: 'exact labels' },
});
const distance = (other: tf.Tensor) =>
  answers.sub(other).square().mean(0);
const least = distance(ridgeAnswers(X, Y));
const bayes = distance(ridgeAnswers(X, Y, 0.49));
const ratio = (await toArray(bayes.div(least)))[5];
check('SPD to that of Bayes, against least squares, n = 5', ratio, {
  below: 0.3,
  because: 'least squares fits the noise, Bayes does not',
  breaks: { trainedOn: 'exact labels' },
});
