import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { loss } from '../../content/papers/convergent-learning/mechanism.ts';

test('formula (1) is zero for the true slope and grows as its square', async () => {
  const x = tf.tensor1d([1, -2, 3]);
  const at = async (slope: number) => (await loss(tf.scalar(slope), x, x.mul(2)).data())[0];
  expect(await at(2)).toBe(0);
  expect(await at(4)).toBeCloseTo(4 * (await at(3)), 5);
});
