import * as tf from '@tensorflow/tfjs';
import { data, random, select } from 'lab';

type T = tf.Tensor;

const question = select('question', {
  label: 'what is asked of a pair',
  options: ['are they the same?', 'is the first a 1?'],
});

// Zeros and ones, cut into four quarters of 4 × 4 pixels.
const { train, test } = await data.mnist({
  size: 8,
  train: 800,
  test: 200,
  classes: [0, 1],
  normalise: { minus: 0.15, times: 2 },
});
function quarters(x: T) {
  const halves = x.reshape([-1, 2, 4, 2, 4]);
  return halves.transpose([0, 1, 3, 2, 4]).reshape([-1, 4, 16]);
}
export const digits = { x: quarters(train.x), y: train.y };
const unseen = { x: quarters(test.x), y: test.y };

/** Two digits on two channels: x [B, 4, 32], answers +1 and −1. */
export function pairs({ x, y }: { x: T; y: T }, count: number) {
  const draw = () => random.integers([count], 0, y.size);
  const [one, two] = [draw(), draw()];
  const other = question === 'are they the same?' ? two : null;
  const target = other ? y.gather(other) : tf.onesLike(one);
  const yes = y.gather(one).equal(target).toFloat();
  return {
    x: tf.concat([x.gather(one), x.gather(two)], 2),
    answer: yes.mul(2).sub(1),
  };
}
export const held = pairs(unseen, 384);
