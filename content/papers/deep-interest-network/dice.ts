import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, slider, toArray } from 'lab';
import { toNumber } from 'lab';
import { dice } from './mechanism';

const sigma = slider('diceSigma', {
  label: 'σ of the inputs',
  min: 0.001,
  max: 1,
  value: 0.5,
  scale: 'log',
});
const centre = slider('diceMean', {
  label: 'mean of the inputs',
  min: -1,
  max: 1,
  value: 0,
});

// Slope 0.25, inputs from −3 to 3, three distributions of a batch.
const points = Array.from({ length: 121 }, (_, i) => (i - 60) / 20);
const s = tf.tensor1d(points);
const bent = (s: tf.Tensor, mean: number, sigma: number) =>
  dice(s, 0.25, tf.scalar(mean), tf.scalar(sigma ** 2), 1e-8);
const panels = [
  { name: 'E = 0, σ = 1', mean: 0, deviation: 1 },
  { name: 'as chosen', mean: centre, deviation: sigma },
  { name: 'E = 1, σ = 0.3', mean: 1, deviation: 0.3 },
];
const prelu = await toArray(tf.leakyRelu(s, 0.25));
const rows = [];
for (const { name, mean, deviation } of panels) {
  const f = await toArray(bent(s, mean, deviation));
  for (const [i, s] of points.entries())
    rows.push({ s, dice: f[i], prelu: prelu[i], name });
}
const names = panels.map(({ name }) => name);
const panel = { fx: 'name', z: 'name', dots: false };
chart('dice', {
  title: 'Dice bends where the data lie; PReLU always at zero',
  over: 's',
  x: { label: 's', ticks: [-2, 0, 2] },
  y: { label: 'f(s)' },
  fx: { label: null, domain: names },
  lines: {
    prelu: { ...baseline('PReLU'), ...panel },
    dice: { label: 'Dice', ...panel },
  },
}).add(...rows);

// In a narrow batch, looked at within a few σ of zero.
const near = tf.concat([s, s.mul(0.002)]);
const apart = bent(near, centre, 0.001)
  .sub(tf.leakyRelu(near, 0.25))
  .abs()
  .max();
check(
  'largest distance of Dice from PReLU, σ = 0.001',
  await toNumber(apart),
  {
    below: 1e-3,
    because:
      'for mean 0 and σ → 0 the gate of (5) is a step at zero',
    breaks: { diceMean: 1 },
  },
);
