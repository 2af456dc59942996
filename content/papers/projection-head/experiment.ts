import * as tf from '@tensorflow/tfjs';
import { chart, linalg, parameters, random, select } from 'lab';
import { sgd, slider, steps, toArray, variant } from 'lab';
import { featureWeights, layerGradients, maps } from './mechanism';
import { oneView, twoViews } from './mechanism';
import { d, k, noise, strength } from './pages';

type T = tf.Tensor;

export const numLayers = select('numLayers', {
  label: 'layers',
  options: [2, 1, 3, 4],
});
const balance = slider('balance', {
  label: 'imbalance c at the start',
  min: 0.2,
  max: 5,
  value: 1,
  scale: 'log',
});
const choices = {
  'two augmentations': twoViews,
  'the same view twice': oneView,
};
const views = variant('views', choices);

// M and Σ exactly: tiles are independent and their codes white.
const expected = views(strength, noise);
const matrix = (row: T) =>
  tf.diag(tf.tile(row.reshape([10, 1]), [1, k]).flatten());
export const pairCov = matrix(expected.pairCov);
export const cov = matrix(expected.cov);

// Small orthogonal matrices: balanced at the start, if c is 1.
const size = [0.1, 0.1, 0.3, 0.4][numLayers - 1];
async function orthogonal(scale: number) {
  const square = random.normal([d, d]);
  const symmetric = square.add(square.transpose());
  const { vectors } = await linalg.eigh(symmetric);
  return tf.tensor2d(vectors).mul(scale);
}
const start: T[] = [];
while (start.length < numLayers) start.push(await orthogonal(size));
start[0] = start[0].mul(balance);
start.push(start.pop()!.div(balance));
const net = parameters({ layers: tf.stack(start) });
const optimiser = sgd(net, { rate: 0.04 });

const after = numLayers === 1 ? undefined : 'head';
const course = chart('course', {
  title: 'What training makes of three digits, layer by layer',
  over: 'step',
  x: { label: 'step of gradient descent' },
  y: { type: 'log', label: 'weight of a digit' },
  lines: {
    postNone: { label: after && 'head, lower', as: 'series 2' },
    postLast: { label: after && 'head, 5', as: 'series 2' },
    postFirst: { label: after && 'head, 1', as: 'series 2' },
    preNone: 'encoder, lower',
    preLast: 'encoder, 5',
    preFirst: 'encoder, 1',
  },
});

const moments = [0, 200, 260, 280, 300, 320, 360, 450];
export const past: { step: number; now: T[] }[] = [];
for await (const step of steps(451, 'training the layers')) {
  const layers = net.values().layers.unstack();
  const now = maps(layers);
  if (moments.includes(step))
    past.push({ step, now: now.map((map) => tf.keep(map)) });
  if (step % 10 === 0) {
    const read = (map: T) => toArray(featureWeights(map, k));
    const pre = await read(now[0]);
    const post = await read(now.at(-1)!);
    course.add({
      step,
      preFirst: pre[0],
      preLast: pre[4],
      preNone: pre[5],
      postFirst: post[0],
      postLast: post[4],
      postNone: post[5],
    });
  }
  const slopes = layerGradients(layers, pairCov, cov);
  optimiser.apply({ layers: tf.stack(slopes) });
}
export const trained = maps(net.values().layers.unstack());
