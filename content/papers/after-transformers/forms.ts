import * as tf from '@tensorflow/tfjs';
import { chart, check, random, toArray, toNumber } from 'lab';
import { variant } from 'lab';
import { convolve, convolveCircle, kernelOf } from './mechanism';
import { matrixOf, recurrent } from './mechanism';

const conv = variant(
  'convolution',
  { 'from nothing': convolve, 'on a circle': convolveCircle },
  { label: 'the convolution begins' },
);

// Sixteen decays from 0.6 to 0.99, a step, then noise, then nothing.
const length = 64;
const a = tf.exp(tf.exp(random.uniform([16], -4.6, -0.7)).neg());
const [b, c] = [random.normal([16]), random.normal([16])];
const input = tf.concat([
  tf.ones([16, 1]),
  random.normal([24, 1]),
  tf.zeros([24, 1]),
]);

const kernel = kernelOf(a, b, c, length);
const steps = recurrent(a, b, c, input);
const sweep = conv(kernel, input);
const product = tf.matMul(matrixOf(kernel), input);

const list = (x: tf.Tensor) => toArray(x.reshape([-1]));
const outputs = [await list(steps), await list(sweep)];
const [loop, wave] = outputs;
const matrix = await list(product);
const rows = loop.map((_, t) => ({
  t,
  loop: loop[t],
  wave: t % 4 === 0 ? wave[t] : Number.NaN,
  matrix: t % 4 === 2 ? matrix[t] : Number.NaN,
}));
chart(
  'forms',
  {
    title: 'One state space model, computed in three ways',
    over: 't',
    x: { label: 'token' },
    y: { label: 'output y' },
    lines: {
      loop: 'step by step',
      wave: { label: 'convolution', as: 'series 1', dots: 'only' },
      matrix: { label: 'matrix', as: 'series 2', dots: 'only' },
    },
  },
  rows,
);

const size = steps.abs().max();
const off = (x: tf.Tensor) =>
  x.sub(steps).abs().greater(size.div(1e3));
const apart = off(sweep).logicalOr(off(product)).sum();
check(
  'outputs of 64 on which the three forms differ',
  await toNumber(apart),
  {
    below: 1,
    because: 'formulas (6) and (7) are one sum, ordered otherwise',
    breaks: { convolution: 'on a circle' },
  },
);
