import * as tf from '@tensorflow/tfjs';
import { data, images, random, show } from 'lab';

type T = tf.Tensor;

// Digits of 8 × 8 pixels; in task 2 the same, pixels shuffled.
export const count = 3000;
const { train, test } = await data.mnist({
  size: 8,
  train: count,
  test: 600,
  flat: true,
  normalise: { minus: 0.3, times: 2 },
});
const order = tf.tensor1d(random.permutation(64), 'int32');
const views = (x: T) => tf.stack([x, x.gather(order, 1)]);

/** Both tasks, [2, images, 64], and the labels of both. */
export const [seen, asked] = [views(train.x), views(test.x)];
export const [labels, answers] = [train.y.toInt(), test.y.toInt()];

const ten = seen.slice([0, 0], [2, 10]).reshape([2, 10, 8, 8]);
const [plain, shuffled] = ten.unstack();
const title = 'The same ten digits, as both tasks show them';
const rows = { 'task 1': plain, 'task 2': shuffled };
show('views', await images(rows, { title, range: [-0.6, 1.4] }));
