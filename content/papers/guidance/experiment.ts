import * as tf from '@tensorflow/tfjs';
import { adam, baseline, broken, chart, check } from 'lab';
import { parameters, slider, steps, toArray, variant } from 'lab';
import { onTrain } from './guides';
import { copying, linearCka, plain, unlike } from './mechanism';
import type { Net } from './networks';
import { accuracies, batchAt, descent, forward } from './networks';
import { initGain, losses, numSteps } from './networks';
import { targetStart, test, withGains } from './networks';

const alignWeight = slider('alignWeight', {
  label: 'weight α of the guide',
  min: 0,
  max: 3,
  value: 1,
  step: 0.25,
});
const guidedSteps = slider('guidedSteps', {
  label: 'steps Tₑ of the early guide',
  min: 0,
  max: 150,
  value: 50,
  step: 10,
});
const forms = { CKA: linearCka, copying };
export const similarity = variant('similarity', forms, {
  label: 'likeness to the guide',
});

// One plain network six times: four have a guide, two have none.
const guideOf = [0, 1, 2, 0];
const gains = [...Array<number>(5).fill(initGain), 1];
const stack = parameters(withGains(targetStart, gains));
const optimiser = adam(stack, descent);
const guides = onTrain.gather(guideOf, 1);
const weightAt = (step: number) => {
  const early = step < guidedSteps ? 1 : 0;
  return tf.tensor1d([1, 1, 1, early]).mul(alignWeight);
};

const learning = chart('learning', {
  title: 'A plain network with guides and without',
  over: 'step',
  x: { label: 'training step' },
  y: { label: 'test accuracy, %', percent: true, domain: [0, 100] },
  lines: {
    good: { label: 'good start', as: 'series 2' },
    none: baseline('no guide'),
    shrunk: broken('random plain'),
    early: { label: `${guidedSteps} steps`, as: 'series 1' },
    trained: { label: 'trained', as: 'series 3' },
    random: 'random residual',
  },
});
const moments = [0, 25, 50, 100, numSteps];
/** The weights of all six at these moments. */
export const kept: { step: number; net: Net }[] = [];
for await (const step of steps(numSteps + 1, 'six networks')) {
  if (step % 25 === 0) {
    const { scores } = forward(test.x, stack.values(), plain);
    const share = await toArray<number[]>(accuracies(scores));
    const [trained, random, shrunk, early, none, good] = share;
    const rest = { early, none, good };
    learning.add({ step, trained, random, shrunk, ...rest });
  }
  if (moments.includes(step)) {
    const net = stack.values();
    for (const part of Object.values(net)) tf.keep(part);
    kept.push({ step, net });
  }
  if (step === numSteps) break;
  const { index, x, y } = batchAt(step);
  const targets = guides.gather(index, 2);
  await optimiser.step((net) => {
    const { acts, scores } = forward(x, net, plain);
    const led = acts.slice([0, 0], [-1, guideOf.length]);
    const apart = unlike(led, targets, similarity);
    const pull = apart.mul(weightAt(step)).sum();
    return losses(scores, y).sum().add(pull);
  });
}

const { none, random, ...others } = learning.last;
check('accuracy that a random residual guide adds', random - none, {
  above: 0.05,
  because: 'the guide knows no digit, but has the residual prior',
  breaks: { alignWeight: 0 },
});
check(
  'lead of a residual over a plain random guide',
  random - others.shrunk,
  {
    above: 0.015,
    because: 'a plain guide has no better prior to pass on',
    breaks: { randomGuide: 'plain' },
  },
);
check('accuracy that a trained guide adds', others.trained - none, {
  above: 0.08,
  because: 'it passes on what it learnt, beside its prior',
  breaks: { alignWeight: 0 },
});
check('accuracy that the early guide adds', others.early - none, {
  above: 0.04,
  because: 'once the signal is through, the task is enough',
  breaks: { guidedSteps: 0 },
});
