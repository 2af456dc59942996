import * as tf from '@tensorflow/tfjs';
import { baseline, batches, chart, parameters, random } from 'lab';
import { sgd, slider, steps, toArray, toggle, variant } from 'lab';
import { noisyGradient, sigma, squared } from './mechanism';
import { accuracies, activations, batchSize } from './network';
import { clipNorm, gradientOf, initStd, layersOf } from './network';
import { losses, noiseEta, noiseGamma, numSteps } from './network';
import { numWeights, rate, test, train } from './network';

const forms = { 'deviation σ': sigma, 'variance σ²': squared };
const deviation = variant('noiseForm', forms, {
  label: 'noise is drawn with the',
});
const steadyGamma = slider('steadyGamma', {
  label: 'decay γ of steady noise',
  min: 0,
  max: 1,
  value: 0,
  step: 0.05,
});
export const goodStd = slider('goodStd', {
  label: 'deviation of a good start',
  min: 0.1,
  max: 0.3,
  value: 0.25,
  step: 0.01,
});
const zeroNoise = toggle('zeroNoise', {
  label: 'noise for a start from zeros',
  value: true,
});

// Five networks: the same draws, the same batches.
const [eta, gamma] = [noiseEta, noiseGamma];
const runs = [
  { std: initStd, eta: 0, gamma }, // no noise
  { std: initStd, eta, gamma }, // the paper's noise
  { std: 0, eta: zeroNoise ? eta : 0, gamma }, // from zeros
  { std: goodStd, eta: 0, gamma }, // good start, no noise
  { std: initStd, eta, gamma: steadyGamma }, // steady noise
];
const column = (values: number[]) => tf.tensor2d(values, [5, 1]);
const start = random.normal([1, numWeights]);
const stds = column(runs.map(({ std }) => std));
const stack = parameters({ weights: start.mul(stds) });
const optimiser = sgd(stack, { rate });
const batch = batches(train, batchSize);

const course = chart('loss', {
  title: 'The same start and the same batches, with noise added',
  over: 'step',
  x: { label: 'training step' },
  y: { label: 'loss on test digits', domain: [0, 2.6] },
  bounds: [{ y: Math.log(10), label: 'guessing: ln 10' }],
  lines: {
    none: { ...baseline('no noise'), dots: false },
    noise: { label: 'noise', dots: false },
  },
});
/** Of all five networks: deviation of the hidden weights, accuracy. */
export const history: {
  step: number;
  deviations: number[];
  shares: number[];
}[] = [];
async function measure(step: number, weights: tf.Tensor) {
  const read = (values: tf.Tensor) => toArray<number[]>(values);
  const scores = activations(test.x, weights).at(-1)!;
  const [none, noise] = await read(losses(scores, test.y));
  course.add({ step, none, noise });
  const hidden = tf.stack(layersOf(weights).slice(1, -1));
  const sizes = hidden.square().mean([0, 2, 3]).sqrt();
  const shares = await read(accuracies(scores, test.y));
  history.push({ step, deviations: await read(sizes), shares });
}

const moments = [0, 20, 50, 100, 200, 400, numSteps];
/** Weights of the first two networks at these moments: [2, P]. */
export const kept: { step: number; weights: tf.Tensor }[] = [];
for await (const step of steps(numSteps + 1, 'five networks')) {
  const { weights } = stack.values();
  if (moments.includes(step))
    kept.push({ step, weights: tf.keep(weights.slice(0, 2)) });
  if (step % 25 === 0) await measure(step, weights);
  if (step === numSteps) break;
  const sigmas = column(
    runs.map(({ eta, gamma }) => deviation(step, eta, gamma)),
  );
  const normal = random.normal([1, numWeights]);
  const g = gradientOf(stack, batch.next().value);
  const noisy = noisyGradient(g, clipNorm, sigmas, normal);
  optimiser.apply({ weights: noisy });
}
