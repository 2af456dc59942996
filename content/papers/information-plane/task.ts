import * as tf from '@tensorflow/tfjs';
import { random, select } from 'lab';

const rule = select('labels', {
  options: ['the rule', 'random'],
});

// X: all 4,096 ways to put signs on a ring of twelve places.
const ring = Array.from({ length: 12 }, (_, i) => i);
const numbers = Array.from({ length: 4096 }, (_, n) => n);
export const patterns = tf.tensor2d(
  numbers.map((n) => ring.map((i) => ((n >> i) & 1 ? 1 : -1))),
);

// Y: is a place like its neighbours? The nearest weigh most.
const turned = (by: number) =>
  patterns.gather(
    ring.map((i) => (i + by) % 12),
    1,
  );
const near = turned(1)
  .add(turned(2).mul(0.6))
  .add(turned(3).mul(0.3));
const alike = patterns.mul(near).sum(1).greater(-1.05).toInt();
const mixed = tf.tensor1d(random.permutation(4096), 'int32');
export const labels =
  rule === 'the rule' ? alike : alike.gather(mixed);

// Six patterns of seven are for training.
const order = tf.tensor1d(random.permutation(4096), 'int32');
export const trained = 3482;
export const train = order.slice(0, trained);
export const test = order.slice(trained);
