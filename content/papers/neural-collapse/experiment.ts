import * as tf from '@tensorflow/tfjs';
import { check, images, parameters, random, scrub } from 'lab';
import { select, sgd, slider, steps, toNumber } from 'lab';
import { classMeans, cosines, gradients } from './mechanism';
import { labelsOf, start, withinVariance } from './mechanism';

const classSizes = select('classSizes', {
  label: 'samples in the four classes',
  options: ['24, 10, 6, 2', '10, 10, 10, 10', '24, 10, 6, 1'],
});
export const depth = select('depth', {
  label: 'linear layers M',
  options: [3, 2, 1],
});
export const weightDecay = slider('weightDecay', {
  label: 'weight decay λ',
  min: 0,
  max: 0.035,
  value: 0.005,
  step: 0.0005,
});

// Two problems, the same start: one decays by λ, one does not.
export const sizes = classSizes.split(', ').map(Number);
export const labels = labelsOf(sizes);
const decay = tf.tensor([weightDecay, 0], [2, 1, 1]);
const twice = (shape: number[]) =>
  tf.tile(random.normal([1, ...shape], 0, 0.3), [2, 1, 1]);
const shape = [16, 4, labels.shape[1]!, depth];
const net = parameters(start(twice, shape));
const optimiser = sgd(net, { rate: 0.3, momentum: 0.9 });

const moments = [0, 30, 60, 90, 120, 200, 300, 500];
const frames: Parameters<typeof scrub>[1] = [];
let begun: tf.Tensor | undefined;
for await (const step of steps(501, 'gradient descent')) {
  const now = net.values();
  if (moments.includes(step)) {
    const samples = now.features.transpose([0, 2, 1]);
    const seen = cosines(samples, samples);
    begun ??= tf.keep(seen.clone());
    const output = await figure(begun, seen, step);
    frames.push({ at: step, output });
    scrub('features', frames, 'training step');
  }
  optimiser.apply(gradients(now, labels, decay, tf.scalar(0)));
}

/** Each problem at the start and now. */
function figure(begun: tf.Tensor, now: tf.Tensor, step: number) {
  const [mine, none] = tf.stack([begun, now], 1).unstack();
  const chosen = `λ = ${weightDecay}`;
  const rows = { [chosen]: mine, 'no decay': none };
  return images(rows, {
    title: `Cosines of ${shape[2]} features, class by class`,
    columns: ['step 0', `step ${step}`],
    range: [-1, 1],
    palette: 'diverging',
    inks: { [chosen]: 'mechanism', 'no decay': 'baseline' },
  });
}

// The first problem: H [d, N], its class means, W₁ … W_M.
const [features, ...layerPair] = Object.values(net.values());
const first = (x: tf.Tensor) => x.unstack()[0];
export const layers = layerPair.map(first);
const H = first(features);
export const means = classMeans(H, labels);

const variance = await toNumber(withinVariance(H, labels));
const others = tf.sub(1, tf.eye(sizes.length));
const alike = cosines(means, means).mul(others).abs().max();
const largest = await toNumber(alike);
check('NC1: variance within classes', variance, {
  below: 1e-4,
  because: 'at the optimum a class has one feature vector',
  breaks: { weightDecay: 0 },
});
check('NC2: largest cosine of two class means', largest, {
  below: 1e-3,
  because: 'without a bias the means are an orthogonal frame',
  breaks: { weightDecay: 0 },
});
