import * as tf from '@tensorflow/tfjs';
import { chart, random, slider, theory, toArray } from 'lab';
import { sphere } from './learner';
import { arcCosine, tokens } from './mechanism';

const draws = slider('draws', {
  label: 'random matrices',
  min: 3,
  max: 3000,
  value: 300,
  step: 1,
  scale: 'log',
});

// Sixty pairs of a query and a key, d = 4, each pair met by a
// nearer or a farther copy of itself; two scores a matrix.
const [pairs, d] = [60, 4];
const near = tf.linspace(0, 1, pairs).expandDims(1);
const other = (x: tf.Tensor) => {
  const mixed = x
    .mul(near)
    .add(sphere([pairs, d]).mul(tf.sub(1, near)));
  return mixed.div(mixed.norm('euclidean', 1, true));
};
const [query, key] = [sphere([pairs, d]), sphere([pairs, d])];
const both = [
  [query, key],
  [other(query), other(key)],
].map((pair) => pair.map(tokens));

// x̃₀ᵀ W x̃ is the product of W with the outer product of the two.
const outer = both.map(([x0, x]) =>
  x0.expandDims(2).mul(x.expandDims(1)).reshape([pairs, -1]),
);
const W = random.normal([(d + 1) ** 2, draws], 0, 1 / 2);
const [one, two] = outer.map((x) => tf.relu(tf.matMul(x, W)));
const rho = outer[0].mul(outer[1]).sum(1).div(4);
const table = tf.stack([rho, one.mul(two).mean(1), arcCosine(rho)]);
const [x, measured, law] = await toArray<number[][]>(table);
const rows = x.map((rho, i) => ({
  rho,
  measured: measured[i],
  law: law[i],
}));
chart('kernel', {
  title: 'What the ReLUs of two scores have in common',
  over: 'rho',
  x: { label: 'correlation ρ of the scores' },
  y: { label: 'mean product of their ReLUs' },
  lines: {
    law: { ...theory('formula (6)'), dots: false },
    measured: { label: 'sampled', dots: 'only' },
  },
}).add(...rows.sort((a, b) => a.rho - b.rho));
