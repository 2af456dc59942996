import type * as tf from '@tensorflow/tfjs';
import { chart, check, images, random, show, steps } from 'lab';
import { toNumber } from 'lab';
import { cleaned, denoise, denoisingLoss } from './mechanism';
import { noisy } from './mechanism';
import { chosen, codeOf, kept, keptOf, test } from './networks';
import { times } from './networks';

// Eight digits that it never saw, under three amounts of noise.
const eight = test.x.slice([0], [8]);
const levels = [90, 200, 400];
const t = levels.flatMap((t) => Array(8).fill(t));
const noise = random.normal([24, 196]);
const x = noisy(eight.tile([3, 1]), noise, keptOf(t));
const found = denoise(x, codeOf(t), chosen).noise;
const guess = cleaned(x, found, keptOf(t));
const at = (all: tf.Tensor, i: number) =>
  all.slice([8 * i], [8]).reshape([8, 14, 14]);
const pairs = levels.flatMap((t, i) => [
  [`noise of step ${t}`, at(x, i)],
  [`step ${t}, noise removed`, at(guess, i)],
]);
show(
  'cleaned',
  await images(Object.fromEntries(pairs), {
    title:
      'What pre-training asks for: find the noise, without labels',
    range: [-1, 1],
  }),
);

// The loss (2) on a thousand unseen digits, step by step.
const errors = chart('error', {
  title: 'How much of the noise is not found',
  over: 't',
  x: { type: 'log', label: 'noise step t', ticks: times },
  y: { label: 'error of the predicted noise', domain: [0, 1.3] },
  bounds: [{ y: 1, label: 'predicting none' }],
  lines: { error: { label: 'ε_θ', dots: true } },
});
for await (const t of steps(times, 'noise steps')) {
  const noise = random.normal([1000, 196]);
  const x = noisy(test.x, noise, kept[t]);
  const found = denoise(x, codeOf([t]), chosen).noise;
  const error = await toNumber(denoisingLoss(found, noise));
  errors.add({ t, error });
}
check(
  'share of the noise not found at t = 400',
  errors.at(400).error,
  {
    below: 0.1,
    because: 'the loss (2) asks for it; to predict none leaves 1',
    breaks: { network: 'untrained' },
  },
);
