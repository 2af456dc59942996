import * as tf from '@tensorflow/tfjs';
import { show, toNumber } from 'lab';
import { standsFor } from './experiment';
import { scores } from './mechanism';
import { end } from './networks';
import { distances } from './reading';

// Formula (6) for each test image: the digit read, the next best.
const ours = (stack: tf.Tensor) => stack.gather(0);
const weights = ours(end.classWeights);
const best = tf.topk(scores(ours(distances), weights), 2).indices;
const [first, second] = best.split(2, 1); // [n, 1] each
const of = (digit: tf.Tensor) =>
  weights.transpose().gather(digit.flatten().toInt());
const parts = of(first).sub(of(second)).mul(ours(distances));

/** What prototypes of that digit give to the lead, on average. */
const from = (digit: tf.Tensor) =>
  toNumber(parts.mul(ours(standsFor).equal(digit)).sum(1).mean());
const own = await from(first);
const rival = await from(second);
const lead = await toNumber(parts.sum(1).mean());
const row = (words: string, part: number) => ({
  'prototypes of': words,
  'give to the lead': part.toFixed(2),
});
show('the lead of the digit read over the next', [
  row('the digit read', own),
  row('the next best digit', rival),
  row('the eight others', lead - own - rival),
  row('all', lead),
]);
