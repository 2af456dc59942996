import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  alignment,
  contribution,
  mapError,
  moved,
  type Net,
  outputEffect,
  readOut,
  relativeSize,
  stream,
} from '../../content/papers/depth-efficiency/mechanism.ts';
import { closeTo, list } from './numbers.ts';

const number = async (x: tf.Tensor) => (await list(x))[0];
const close = closeTo(4);

// Two channels, one hidden unit, two layers: small enough for a calculator.
const net: Net = {
  embed: tf.tensor2d([
    [1, 0],
    [0, 1],
    [1, 1],
  ]),
  up: tf.tensor3d([
    [[2], [0]],
    [[0], [1]],
  ]),
  bias: tf.tensor2d([[0], [0.5]]),
  down: tf.tensor3d([[[1, 3]], [[-2, 1]]]),
  head: tf.tensor2d([
    [1, 0],
    [0, 2],
  ]),
};
const phi = (z: number) => 0.5 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)));

test('a contribution is GELU(LN(h) A + a) B', async () => {
  // LN of [5, 1] is [1, −1].
  const h = tf.tensor2d([[5, 1]]);
  const first = 2 * phi(2);
  close(await list(contribution(h, net, 0)), [first, 3 * first]);
  const second = -0.5 * phi(-0.5);
  close(await list(contribution(h, net, 1)), [-2 * second, second]);
});

test('the stream begins with the embedding and adds each contribution', async () => {
  const x = tf.tensor2d([
    [3, -1, 2],
    [0, 1, 0],
  ]);
  const { states, parts } = stream(x, net);
  expect(states).toHaveLength(3);
  expect(parts).toHaveLength(2);
  close(await list(states[0]), [5, 1, 0, 1]);
  close(await list(states[1]), await list(states[0].add(contribution(states[0], net, 0))));
  close(await list(states[2].sub(states[1])), await list(parts[1]));
});

test('a layer that is left out adds nothing, and the next reads the stream as it is', async () => {
  const x = tf.tensor2d([[3, -1, 2]]);
  const { states, parts } = stream(x, net, [0]);
  close(await list(states[1]), [5, 1]);
  close(await list(parts[1]), await list(contribution(tf.tensor2d([[5, 1]]), net, 1)));
  close(await list(stream(x, net, [0, 1]).states[2]), [5, 1]);
});

test('a state is read through the norm and the head', async () => {
  close(await list(readOut(tf.tensor2d([[5, 1]]), net)), [1, -2]);
});

test('size and direction of a contribution, by hand, are means over images', async () => {
  const c = tf.tensor2d([
    [3, 4],
    [0, -2],
  ]);
  const h = tf.tensor2d([
    [10, 0],
    [0, 4],
  ]);
  expect(await number(relativeSize(c, h))).toBeCloseTo((0.5 + 0.5) / 2, 6);
  expect(await number(alignment(c, h))).toBeCloseTo((0.6 - 1) / 2, 6);
  expect(await number(relativeSize(c.mul(3), h))).toBeCloseTo(1.5, 6);
  expect(await number(alignment(c.mul(3), h.mul(7)))).toBeCloseTo(-0.2, 6);
});

test('a change is measured against what it changes', async () => {
  const c = tf.tensor2d([
    [3, 4],
    [0, -2],
  ]);
  const changed = tf.tensor2d([
    [3, 0],
    [0, 1],
  ]);
  expect(await number(moved(changed, c))).toBeCloseTo((4 / 5 + 3 / 2) / 2, 6);
  expect(await number(moved(c, c))).toBe(0);
});

test('the effect on the output is the distance of the probabilities', async () => {
  const sure = tf.tensor2d([[50, -50]]);
  expect(await number(outputEffect(sure, sure.neg()))).toBeCloseTo(Math.SQRT2, 5);
  const even = tf.tensor2d([[0, 0]]);
  expect(await number(outputEffect(sure, even))).toBeCloseTo(Math.SQRT1_2, 5);
  expect(await number(outputEffect(even.add(3), even))).toBeCloseTo(0, 6);
});

test('the error of a map is 0 where it is exact, 1 for the mean, state by state', async () => {
  const exact = tf.tensor2d([
    [1, 5, 0, 2],
    [3, 1, 4, 2],
  ]);
  const found = tf.concat([exact.slice([0, 0], [2, 2]), exact.slice([0, 2]).mean(0, true).tile([2, 1])], 1);
  close(await list(mapError(found, exact, 2)), [0, 1]);
  const half = exact.add(
    tf.tensor2d([
      [1, 2, 0, 0],
      [-1, -2, 0, 0],
    ]),
  );
  // Squares of the error 2 · (1 + 4), of the spread 2 · (1 + 4).
  close(await list(mapError(half, exact, 2)), [1, 0]);
});
