import * as tf from '@tensorflow/tfjs';
import { adam, chart, parameters, select, slider } from 'lab';
import { steps, toNumber } from 'lab';
import { plain, residual } from './mechanism';
import { accuracies, batchAt, descent, forward } from './networks';
import { guideStart, initGain, losses, numSteps } from './networks';
import { test, train, withGains } from './networks';

type T = tf.Tensor;

const guideSteps = slider('guideSteps', {
  label: 'steps the trained guide has learnt',
  min: 0,
  max: 150,
  value: 150,
  step: 10,
});
const randomGuide = select('randomGuide', {
  label: 'layers of the random guide',
  options: ['residual', 'plain'],
});

const reading = chart('guide', {
  title: 'The residual network learns without help',
  over: 'step',
  x: { label: 'training step', domain: [0, numSteps] },
  y: { label: 'test accuracy, %', percent: true, domain: [0, 100] },
  lines: { guide: { label: 'guide', as: 'series 2' } },
});
const guide = parameters(guideStart);
const optimiser = adam(guide, descent);
for await (const step of steps(guideSteps + 1, 'the guide')) {
  if (step % 25 === 0 || step === guideSteps) {
    const { scores } = forward(test.x, guide.values(), residual);
    const share = await toNumber(accuracies(scores).sum());
    reading.add({ step, guide: share });
  }
  if (step === guideSteps) break;
  const { x, y } = batchAt(step);
  await optimiser.step((net) =>
    losses(forward(x, net, residual).scores, y).sum(),
  );
}

// A trained guide, a random one, and a random one of plain layers.
const shrunk = withGains(guideStart, [initGain]);
const skips = randomGuide === 'residual';
const trio = [
  { net: guide.values(), layer: residual },
  skips
    ? { net: guideStart, layer: residual }
    : { net: shrunk, layer: plain },
  { net: shrunk, layer: plain },
];
const answers = (x: T) =>
  tf.concat(
    trio.map(({ net, layer }) => forward(x, net, layer).acts),
    1,
  );
/** Their layers on all images, [L, 3, n, 24]: they stay frozen. */
export const [onTrain, onTest] = [
  answers(train.x),
  answers(test.x),
];
