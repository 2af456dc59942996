import * as tf from '@tensorflow/tfjs';
import { data, nn, select } from 'lab';
import { featuresOf, type Net, patches } from './mechanism';
import { scoresOf } from './mechanism';

type T = tf.Tensor;

export const dataset = select('dataset', {
  label: 'images',
  options: ['digits', 'clothes'],
});
const load = dataset === 'digits' ? data.mnist : data.fashionMnist;
const size = { size: 14, train: 2000, test: 1000 } as const;
export const { train, test } = await load({ ...size, flat: true });

// y: +1 for the class of an image, −1 for the other nine.
const oneHot = tf.oneHot(train.y, 10).toFloat();
export const signs = oneHot.mul(2).sub(1);

// Two networks with the same weights: one for each head.
const twice = (x: T) => tf.stack([x, x]);
const filters = nn.he([25, 8]);
export const start: Net = {
  kernel: tf.concat([filters, filters], 1),
  kernelB: tf.zeros([16]),
  inner: twice(nn.he([200, 64])),
  innerB: tf.zeros([2, 1, 64]),
  headW: twice(nn.he([64, 10], 0.3)),
  headB: tf.zeros([2, 1, 10]),
};

export const trainPatches = patches(train.x, 5);
export const testPatches = patches(test.x, 5);

/** Scores of both networks: patches of N images → [2, N, 10]. */
export function forward(patches: T, net: Net) {
  return scoresOf(featuresOf(patches, net), net.headW, net.headB);
}
