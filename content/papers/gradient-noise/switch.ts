import * as tf from '@tensorflow/tfjs';
import { batches, check, curve, ink, parameters, Plot } from 'lab';
import { random, sgd, show, steps, toArray, toggle } from 'lab';
import { ends } from './experiment';
import { layerGain, noisyGradient, sigma } from './mechanism';
import { accuracies, activations, batchSize } from './network';
import { clipNorm, gainAt, gradientOf, initStd } from './network';
import { noiseEta, noiseGamma, numSteps } from './network';
import { numWeights, rate, test, train, width } from './network';
import { goodStd } from './training';

const walkNoise = toggle('walkNoise', {
  label: 'noise while the gradient is held back',
  value: true,
});

// The noise stops after so many steps; then plain descent. Two
// networks for each: one descends from the first step on, the
// other is held back, and moved by noise alone, until then.
const stops = [10, 20, 40, 80, 160];
const start = random.normal([1, numWeights], 0, initStd);
const two = start.tile([2 * stops.length, 1]);
const stack = parameters({ weights: two });
const optimiser = sgd(stack, { rate });
const batch = batches(train, batchSize);
const column = (...values: number[]) =>
  tf.tensor2d(values, [values.length, 1]);
for await (const step of steps(numSteps, 'noise that stops')) {
  const before = stops.map((stop) => Number(step < stop));
  const after = before.map((on) => 1 - on);
  const free = stops.map(() => 1);
  const walks = before.map((on) => on * Number(walkNoise));
  const now = sigma(step, noiseEta, noiseGamma);
  const sigmas = column(...before, ...walks).mul(now);
  // After the last stop there is nothing left to draw.
  const drawn = step < Math.max(...stops) ? numWeights : 1;
  const normal = random.normal([1, drawn]);
  const g = gradientOf(stack, batch.next().value);
  const gated = g.mul(column(...free, ...after));
  const noisy = noisyGradient(gated, clipNorm, sigmas, normal);
  optimiser.apply({ weights: noisy });
}

const { weights } = stack.values();
const scores = activations(test.x, weights).at(-1)!;
const found = await toArray<number[]>(accuracies(scores, test.y));
const both = [
  { gain: gainAt(0), accuracy: ends.none, steps: '' },
  ...stops.map((stop, i) => ({
    gain: gainAt(stop),
    accuracy: found[i],
    steps: `${stop}`,
  })),
  { gain: gainAt(numSteps), accuracy: ends.noise, steps: '' },
];
const alone = stops.map((stop, i) => ({
  gain: gainAt(stop),
  accuracy: found[stops.length + i],
  label: stop === stops.at(-1) ? 'noise alone' : '',
}));
const good = {
  gain: layerGain(goodStd, width),
  accuracy: ends.good,
  label: 'good start, no noise',
};
const at = { x: 'gain', y: 'accuracy' };
const blind = { ...at, ink: ink.series[0] };
show(
  'switch',
  Plot.plot({
    title: `Noise that stops after ${stops.join(', ')} steps`,
    x: { label: 'gain ρ when the noise stops' },
    y: {
      label: 'test accuracy, %',
      percent: true,
      domain: [0, 100],
    },
    marks: [
      curve(both, { ...at, label: 'to the end' }),
      Plot.text(both, {
        ...at,
        text: 'steps',
        fill: ink.mechanism,
        textAnchor: 'end',
        dx: -6,
        dy: -10,
      }),
      curve(alone, { ...blind, dots: 'only', r: 5 }),
      Plot.text(alone, {
        ...at,
        text: 'label',
        fill: ink.series[0],
        textAnchor: 'middle',
        dy: 16,
      }),
      Plot.dot([good], { ...at, fill: ink.baseline, r: 4 }),
      Plot.text([good], {
        ...at,
        text: 'label',
        fill: ink.baseline,
        textAnchor: 'start',
        dx: 2,
        dy: -12,
      }),
    ],
  }),
);
check('accuracy after 160 steps of noise alone', found.at(-1)!, {
  above: 0.5,
  because: 'the walk makes a start that plain descent can use',
  breaks: { walkNoise: false },
});
