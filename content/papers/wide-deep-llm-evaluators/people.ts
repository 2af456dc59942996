import * as tf from '@tensorflow/tfjs';
import { random, slider } from 'lab';

const roleQuality = slider('roleQuality', {
  label: 'roles that matter, share',
  min: 0,
  max: 1,
  value: 0.8,
  step: 0.1,
});

export const N = 12000;
export const K = 12;
export const most = 16;
const relevant = 4;

// By how much the first answer is better, in twelve aspects that
// go together to 0.3.
const own = random.normal([N, K], 0, Math.sqrt(0.7));
export const quality = own.add(
  random.normal([N, 1], 0, Math.sqrt(0.3)),
);
export const covariance = tf.eye(K).mul(0.7).add(0.3);

// What people weigh: four aspects, others for each comparison.
const matter = tf.topk(random.uniform([N, K]), relevant).indices;
export const weighed = tf
  .oneHot(matter, K)
  .sum(1)
  .toFloat()
  .div(relevant);
export const people = quality.mul(weighed).sum(1);

/** What up to sixteen reviewers look at, [N, 16, K]. A role knows one
 *  of the four aspects, or, if it was ill chosen, any. */
const turns = Array.from({ length: most }, (_, i) => i % relevant);
const meant = tf.gather(matter, turns, 1);
const any = random.integers([N, most], 0, K);
const well = random.uniform([N, most]).less(roleQuality);
const looksAt = tf.where(well, meant, any);
export const roles = {
  roles: tf.oneHot(looksAt, K).toFloat(),
  copies: tf.fill([1, 1, K], 1 / K).tile([N, most, 1]),
};
/** What they see of the answers, [N, 16]. */
export const seen = {
  roles: roles.roles.mul(quality.expandDims(1)).sum(2),
  copies: roles.copies.mul(quality.expandDims(1)).sum(2),
};
