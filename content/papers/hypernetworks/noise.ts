import * as tf from '@tensorflow/tfjs';
import { adam, check, curve, ink, Plot, parameters } from 'lab';
import { random, select, show, steps, toArray, mean } from 'lab';
import { fanIn, hyperForward, hyperGradient } from './mechanism';
import { targetForward, targetGradient } from './mechanism';

type T = tf.Tensor;

const samples = select('samples', {
  label: 'noise z in training',
  options: ['fresh at each step', '6 fixed samples'],
});

// 24 noisy points on two stretches, with a gap between.
const side = random.signs([1, 24]);
const x = random.uniform([1, 24], 0.7, 2).mul(side);
const y = tf.sin(x.mul(2)).add(random.normal([1, 24], 0, 0.1));

// A target of 24 units. Raw weights of variance 1 are brought to
// scale here: slopes and biases 2, outputs 1.5/√24, the last 0.3.
const row = [
  ...Array(48).fill(2),
  ...Array(24).fill(1.5 / Math.sqrt(24)),
  0.3,
];
const scale = tf.tensor1d(row);
const W1 = random.normal([2, 48], 0, Math.sqrt(1 / 2));
const b1 = random.normal([1, 48], 0, 0.5);
const features = tf.tanh(
  tf.matMul(random.normal([256, 2]), W1).add(b1),
);
const V = random
  .normal([48, 73])
  .mul(fanIn(tf.tensor1d([2]), features).sqrt());
const start = { W1, b1, V, b: tf.zeros([1, 73]) as T };
const hyper = parameters(start);
const answer = (weights: T, x: T) =>
  targetForward(x, weights.mul(scale));

const [xs, ys] = [x, y].map((t) => tf.tile(t, [36, 1]));
const updates = 150;
const fixed = samples === '6 fixed samples';
const draws = fixed
  ? Array(updates).fill(tf.tile(random.normal([6, 2]), [6, 1]))
  : random.normal([updates, 36, 2]).unstack();
const optimiser = adam(hyper, { rate: 0.02, beta2: 0.99 });
for await (const step of steps(updates, 'training on noise')) {
  optimiser.rate =
    0.02 * (1 + Math.cos((Math.PI * step) / updates));
  const z = draws[step];
  const now = hyper.values();
  const { features, weights } = hyperForward(z, now);
  const anchor = hyperForward(z, start).weights;
  const pull = weights.sub(anchor).mul(2e-3);
  const g = targetGradient(xs, ys, weights.mul(scale));
  const all = g.mul(scale).add(pull);
  optimiser.apply(hyperGradient(z, features, now.V, all));
}

const stops = Array.from({ length: 81 }, (_, i) => i / 10 - 4);
const z = random.normal([64, 2]);
const { weights } = hyperForward(z, hyper.values());
const all = answer(weights, tf.tensor2d([stops]));
const centre = all.mean(0);
const spread = all.sub(centre).square().mean(0).sqrt();
const [middle, width] = await Promise.all(
  [centre, spread].map((t) => toArray<number[]>(t)),
);
const lines = await toArray<number[][]>(all);
const band = stops.map((x, i) => ({
  x,
  y1: middle[i] - 2 * width[i],
  y2: middle[i] + 2 * width[i],
}));
const [px, py] = await Promise.all(
  [x, y].map((t) => toArray<number[][]>(t)),
);
const dots = px[0].map((x, i) => ({ x, y: py[0][i] }));
show(
  'noise',
  Plot.plot({
    title:
      'One hypernet, many functions: they agree where there are data',
    x: { label: 'x' },
    y: { label: 'y', domain: [-2.5, 2.5] },
    marks: [
      Plot.areaY(band, {
        x: 'x',
        y1: 'y1',
        y2: 'y2',
        fill: ink.mechanism,
        fillOpacity: 0.15,
        clip: true,
      }),
      lines.slice(0, 8).map((line) =>
        curve(
          stops.map((x, i) => ({ x, y: line[i] })),
          {
            x: 'x',
            y: 'y',
            dots: false,
            strokeWidth: 0.7,
            clip: true,
          },
        ),
      ),
      Plot.dot(dots, { x: 'x', y: 'y', fill: ink.theory }),
    ],
  }),
);
const at = (inside: (x: number) => boolean) =>
  mean(width.filter((_, i) => inside(Math.abs(stops[i]))));
const near = at((x) => x >= 0.7 && x <= 2);
const gap = at((x) => x < 0.3);
check('spread in the gap, on the data = 1', gap / near, {
  above: 1.35,
  because: 'where nothing was seen, each z may write its own curve',
  breaks: { samples: '6 fixed samples' },
});
