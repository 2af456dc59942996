import * as tf from '@tensorflow/tfjs';
import { check, images, show, toArray, toNumber } from 'lab';
import { penaltyC, ridge, whole, X } from './heads';
import { shortfall } from './mechanism';
import { signs, train } from './networks';
import { digit } from './pull';

// α, the weight of each image in each head: formula (8).
const scores = tf.matMul(X, whole);
const n = X.shape[0];
const lack = shortfall(scores, signs);
const alpha = lack.mul((2 * penaltyC) / (ridge * n));

// One head: its images by α, and beyond by the width of margin.
const of = (x: tf.Tensor) =>
  toArray<number[]>(x.gather([digit], 1).squeeze([1]));
const margin = await of(scores.mul(signs));
const isMember = (await of(signs)).map((y) => y > 0);
const order = margin
  .map((_, i) => i)
  .sort((i, j) => margin[i] - margin[j]);
const pick = (member: boolean, of: number[]) => {
  const rows = of
    .filter((i) => isMember[i] === member)
    .slice(0, 10);
  return train.x
    .gather(tf.tensor1d(rows, 'int32'))
    .reshape([-1, 14, 14]);
};
const backwards = [...order].reverse();
const [yes, no] = [`a ${digit}`, `not a ${digit}`];
show(
  'gallery',
  await images(
    {
      [`${yes}, most weight`]: pick(true, order),
      [`${no}, most weight`]: pick(false, order),
      [`${yes}, no weight`]: pick(true, backwards),
      [`${no}, no weight`]: pick(false, backwards),
    },
    {
      title: `Images in the head for ${digit}, and others`,
      range: [0, 1],
      inks: {
        [`${yes}, most weight`]: 'mechanism',
        [`${no}, most weight`]: 'mechanism',
      },
    },
  ),
);

// Do the weighted images add up to the heads? Biases left out.
const weights = (w: tf.Tensor) =>
  w.slice([0, 0], [X.shape[1]! - 1]);
const sum = weights(tf.matMul(X, alpha.mul(signs), true));
const heads = weights(whole);
const share = heads.mul(sum).sum().div(sum.square().sum());
check('heads, as a share of the sum (8)', await toNumber(share), {
  near: 1,
  within: 0.05,
  because: 'at the optimum the slope of (2) is zero',
  breaks: { exactLoss: 'squared error' },
});
