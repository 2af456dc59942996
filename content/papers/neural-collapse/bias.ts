import * as tf from '@tensorflow/tfjs';
import { baseline, broken, chart, check, mean } from 'lab';
import { parameters, random, sgd, steps, toArray } from 'lab';
import { toggle } from 'lab';
import { classMeans, cosines, gradients } from './mechanism';
import { labelsOf, start } from './mechanism';

const lastBias = toggle('lastBias', {
  label: 'a last bias, without decay',
  value: true,
});

// Four classes of ten: one problem with the bias, one without.
const labels = labelsOf([10, 10, 10, 10]);
const bias = tf.tensor([lastBias ? 1 : 0, 0], [2, 1, 1]);
const twice = (shape: number[]) =>
  tf.tile(random.normal([1, ...shape], 0, 0.3), [2, 1, 1]);
const net = parameters(start(twice, [16, 4, 40, 2]));
const optimiser = sgd(net, { rate: 0.3, momentum: 0.9 });

/** Cosines of the six pairs of class means, in both problems. */
const pairs = async () => {
  const both = net
    .values()
    .features.unstack()
    .map((H) => {
      const means = classMeans(H, labels);
      return cosines(means, means);
    });
  const found = await toArray<number[][][]>(tf.stack(both));
  return found.map((c) =>
    [1, 2, 3].flatMap((k) => c[k].slice(0, k)),
  );
};
const angles = chart('bias', {
  title: 'Angles between class means, with a bias and without',
  over: 'step',
  x: { label: 'steps' },
  y: {
    label: 'mean angle between class means (degrees)',
    domain: [80, 115],
  },
  bounds: [
    { y: 90, label: 'orthogonal: 90°' },
    { y: 109.47, label: 'simplex: 109.5°' },
  ],
  lines: {
    plain: baseline('no bias'),
    angle: lastBias ? 'bias' : broken('bias left out'),
  },
});
const degrees = (cosines: number[]) =>
  mean(cosines.map((c) => (Math.acos(c) * 180) / Math.PI));
for await (const step of steps(400, 'gradient descent')) {
  if (step % 10 === 0) {
    const [angle, plain] = (await pairs()).map(degrees);
    angles.add({ step, angle, plain });
  }
  const slopes = gradients(
    net.values(),
    labels,
    tf.scalar(0.005),
    bias,
  );
  optimiser.apply(slopes);
}

const [withBias] = await pairs();
const off = Math.max(...withBias.map((c) => Math.abs(c + 1 / 3)));
check('largest distance of two means’ cosine from −1/3', off, {
  below: 0.01,
  because: 'four equal angles in three dimensions: a simplex frame',
  breaks: { lastBias: false },
});
