import * as tf from '@tensorflow/tfjs';
import { chart, check, random, select, toArray } from 'lab';
import { weights } from 'lab';
import { netOf, predict, prompts, tokens } from './learner';
import { spd } from './mechanism';
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
const after = await toArray<number[][]>(apart);
const rows = lambdas.map((lambda, i) => {
  const [, one, two, three, , five] = after[i];
  return { lambda, one, two, three, five };
});
chart('noise', {
  title: `Trained on ${trainedOn}, asked with noisy ones`,
  over: 'lambda',
  x: { type: 'log', label: 'λ of ridge regression' },
  y: { type: 'log', label: 'SPD to ridge of strength λ' },
  bounds: [{ x: 0.49, label: 'σ²/τ²' }],
  lines: {
    two: 'n = 2',
    three: { label: 'n = 3', as: 'series 1' },
    five: { label: 'n = 5', as: 'series 2' },
  },
}).add(...rows);

// Which ridge regression is nearest, after one to three examples?
const few = ({ one, two, three }: (typeof rows)[0]) =>
  one + two + three;
const nearest = rows.reduce((a, b) => (few(b) < few(a) ? b : a));
check('λ of the nearest ridge, 1 to 3 examples', nearest.lambda, {
  near: 0.49,
  within: 0.2,
  because: 'the error is least at λ = σ²/τ² = 0.7²',
  breaks: { trainedOn: 'exact labels' },
});
const least = spd(answers, ridgeAnswers(X, Y));
const bayes = spd(answers, ridgeAnswers(X, Y, 0.49));
const ratio = (await toArray(bayes.div(least)))[5];
check('SPD to Bayes over that to least squares, n = 5', ratio, {
  below: 0.3,
  because: 'least squares fits the noise, Bayes does not',
  breaks: { trainedOn: 'exact labels' },
});
