import * as tf from '@tensorflow/tfjs';
import { check, images, nn, show, slider } from 'lab';
import { toggle, toNumber, variant } from 'lab';
import { noted, trained } from './experiment';
import { allPairs, batchNorm, depthwise } from './mechanism';
import { keysFirst, repBN } from './mechanism';
import { embed, heads, learnt, unseen } from './networks';

type T = tf.Tensor;

const softmax = (q: T, k: T, v: T) => nn.attention(q, k, v);
const ways = { 'ReLU features': allPairs, softmax };
const weigh = variant('weigh', ways, { label: 'weights of pairs' });
const local = toggle('local', {
  label: 'depthwise convolution',
  value: true,
});
const digit = slider('digit', {
  label: 'test digit',
  min: 0,
  max: 99,
  value: 0,
  step: 1,
});

// Queries, keys and values of the trained SLAB for 100 digits.
const pictures = unseen.x.slice([0], [100]);
const tokens = embed(pictures, trained);
const own = learnt(trained, 0);
const normal = batchNorm(tokens, noted[0], own);
const input = repBN(normal, tokens, own.eta);
const [q, k, v] = [trained.q, trained.k, trained.v].map((map) =>
  nn.heads(nn.dense(input, map), heads),
);

// One order against the other.
const pairs = weigh(q, k, v);
const apart = keysFirst(q, k, v).sub(pairs).abs();
const unequal = apart.greater(pairs.abs().max().mul(1e-3)).sum();
check('outputs that depend on the order', await toNumber(unequal), {
  below: 1,
  because: 'a product of three matrices may begin at either end',
  breaks: { weigh: 'softmax' },
});

// Who hears whom? The outputs for one-hot values, [heads, 16, 16].
const hot = tf.eye(16).expandDims().tile([heads, 1, 1]);
const [asked, offered] = [q, k].map((all) =>
  all.slice([0, digit], [1, 1]).squeeze([0, 1]),
);
export const linear = weigh(asked, offered, hot);
export const sharp = softmax(asked, offered, hot);
// The kernel has eight channels; the first is taken.
const kernel = trained.kernel.slice([0, 0, 0, 0], [1, 3, 3, 1]);
const nearby = depthwise(
  tf.eye(16).expandDims().expandDims(),
  kernel.tile([1, 1, 1, 16]),
).squeeze([0]);
const convolution = nearby.mul(Number(local)).tile([heads, 1, 1]);
export const both = linear.add(convolution);

const patches = pictures.gather(digit).reshape([4, 4, 2, 2]);
const picture = patches.transpose([0, 2, 1, 3]).reshape([1, 8, 8]);
show(
  'maps',
  await images(
    {
      'the digit': picture.div(10),
      'linear attention': linear,
      convolution,
      'their sum': both,
    },
    {
      title: 'Which token hears which, in the four heads',
      palette: 'diverging',
      range: [-0.5, 0.5],
      inks: { 'their sum': 'mechanism' },
    },
  ),
);
