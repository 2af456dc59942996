import * as tf from '@tensorflow/tfjs';
import { check, show, toArray } from 'lab';
import { names, standsFor } from './experiment';
import { scores, squaredDistances } from './mechanism';
import { encode, end, m, test } from './networks';

// A thousand test images, read by each of the three networks.
const codes = encode(test.x, end);
export const distances = squaredDistances(codes, end.prototypes);
export const digit = scores(distances, end.classWeights).argMax(-1);
const right = digit.equal(test.y.toInt()).mean(-1);

// Is the digit that the nearest prototype stands for the one read?
const isNearest = tf.oneHot(distances.argMin(-1).toInt(), m);
const told = isNearest
  .mul(standsFor.expandDims(1))
  .sum(-1)
  .equal(digit)
  .mean(-1);

// The terms of the score that won, and the nearest's part of them.
const isRead = tf.oneHot(digit.toInt(), 10).cast('float32');
const weights = tf.matMul(isRead, end.classWeights, false, true);
const size = weights.mul(distances).abs();
const part = size.mul(isNearest).sum(-1).div(size.sum(-1));
const even = part.mean(-1).mul(m);

const rights = await toArray<number[]>(right);
export const tolds = await toArray<number[]>(told);
const evens = await toArray<number[]>(even);
export const percent = (share: number) =>
  `${Math.round(100 * share)} %`;
show(
  'a thousand test images',
  names.map((network, i) => ({
    network,
    accuracy: `${(100 * rights[i]).toFixed(1)} %`,
    'nearest prototype tells': percent(tolds[i]),
  })),
);
check(
  'accuracy lost to the network of the class alone',
  rights[2] - rights[0],
  {
    below: 0.05,
    because: 'the explanation is the network, not a burden on it',
    breaks: { lambdaClass: 1 },
  },
);
check('predictions that the nearest prototype tells', tolds[0], {
  above: 0.5,
  because: 'a prototype amid examples of a digit stands for it',
  breaks: { lambda1: 0, lambda2: 0 },
});
check(
  'part of the nearest in the score, even parts = 1',
  evens[0],
  {
    below: 0.8,
    because: 'a term of formula (6) is small where the distance is',
    breaks: { lambda1: 0, lambda2: 0 },
  },
);
