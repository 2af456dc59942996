import * as tf from '@tensorflow/tfjs';
import { chart, check, linalg, random, slider } from 'lab';
import { steps, toArray, toNumber, variant } from 'lab';
import { prompts } from './learner';
import { gradientStep, ridge } from './mechanism';
import { shermanMorrison, withoutOne } from './mechanism';

const updates = {
  'Sherman–Morrison': shermanMorrison,
  'without the 1': withoutOne,
};
const label = 'update of the inverse';
const update = variant('update', updates, { label });
const gdSteps = slider('gdSteps', {
  label: 'gradient steps',
  min: 1,
  max: 1000,
  value: 1000,
  step: 1,
  scale: 'log',
});
const rate = slider('rate', {
  label: 'learning rate α',
  min: 0.005,
  max: 0.1,
  value: 0.04,
  step: 0.005,
});

// 64 prompts of seven noisy examples; λ = σ²/τ² = 0.49.
const lambda = 0.49;
const { X, Y } = prompts(random.normal, [64, 7, 3], 0.7);
const online = ridge(X, Y, lambda, update);

// Ridge is least squares with d more examples: √λ eⱼ, labelled 0.
const points = await toArray<number[][][]>(X);
const labels = await toArray<number[][]>(Y);
const extra = [
  [0.7, 0, 0],
  [0, 0.7, 0],
  [0, 0, 0.7],
];
async function direct(n: number) {
  const found = points.map(async (x, b) => {
    const rows = [...x.slice(0, n), ...extra];
    const y = [...labels[b].slice(0, n), 0, 0, 0];
    const w = await linalg.solve(
      rows,
      y.map((value) => [value]),
    );
    return w.flat();
  });
  return tf.tensor2d(await Promise.all(found));
}
const errors: number[] = [];
for (let n = 1; n <= 7; n++) {
  const apart = online[n]
    .sub(await direct(n))
    .abs()
    .max();
  errors.push(await toNumber(apart));
}

// Gradient descent on the same objective, from w = 0.
const w = tf.variable(tf.zeros([64, 3]));
const target = await direct(7);
const distance = () => toNumber(w.sub(target).abs().max());
const path = [{ step: 0, distance: await distance() }];
for await (const i of steps(gdSteps, 'gradient descent')) {
  w.assign(gradientStep(w, X, Y, rate, lambda));
  if (i + 1 < 1.4 * path.at(-1)!.step) continue;
  path.push({ step: i + 1, distance: await distance() });
}

chart('descent', {
  title: 'Gradient descent on its way to ridge regression',
  over: 'step',
  x: { type: 'log', label: 'gradient steps' },
  y: { type: 'log', label: 'largest distance of w from ridge' },
  lines: { distance: {} },
}).add(...path.slice(1));

check('distance of the updates from ridge', Math.max(...errors), {
  below: 1e-4,
  because: 'formula (4) is an identity: n updates invert A',
  breaks: { update: 'without the 1' },
});
check('distance of gradient descent from ridge', await distance(), {
  below: 1e-3,
  because: 'each step leaves at most 1 − αλ of it, for small α',
  breaks: { gdSteps: 25 },
});
