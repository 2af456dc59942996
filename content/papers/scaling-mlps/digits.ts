import * as tf from '@tensorflow/tfjs';
import { data, random } from 'lab';
import { framed, permutePixels, shifted, waves } from './mechanism';

type T = tf.Tensor;

// Digits of 14 × 14 pixels, in a margin that they can move in.
export const [side, margin] = [14, 4];
const sizes = { size: 14, train: 4000, test: 1000 } as const;
const { train, test } = await data.mnist({ ...sizes, flat: true });
const frame = (x: T) => framed(x.reshape([-1, side, side]), margin);
export const frames = frame(train.x);
export const pixels = train.x;
export const labels = train.y;
export const testFrames = frame(test.x);
export const testLabels = test.y;

// An order of the pixels, Π, and the way back.
const mixed = random.permutation(side * side);
const inverse = mixed.map((_, i) => mixed.indexOf(i));
export const order = tf.tensor1d(mixed, 'int32');
export const back = tf.tensor1d(inverse, 'int32');
export const scrambled = frame(permutePixels(train.x, order));

// The waves of (5), less their mean, by twice their deviation.
const strengths = waves(train.x, side);
export const centre = strengths.mean(0);
const variance = strengths.sub(centre).square().mean(0);
export const spread = variance.sqrt().mul(2);
export const wavesOf = (pixels: T) =>
  waves(pixels, side).sub(centre).div(spread);
export const trainWaves = wavesOf(train.x);

// Thirteen networks, one stack: by the number of training digits,
// four that see them as they are, four that see them moved, four
// that see their waves; and a twin of the last of the first four.
export const numExamples = [125, 400, 1250, 4000];
export const largest = { plain: 3, moved: 7, waves: 11, twin: 12 };
export const count = 13;

/** Pixels [8, B, 196], waves [4, B, 196] → what all see. */
export function seen(pixels: T, ofWaves: T) {
  const x = pixels.sub(0.15).mul(2);
  const twin = x.slice([largest.plain], [1]);
  return tf.concat([x, ofWaves, permutePixels(twin, order)]);
}

/** Test digits, moved, as all see them: [13, B, 196]. */
export function seenInTest(which: T, dx: T, dy: T) {
  const x = shifted(testFrames, margin, which, dx, dy);
  const each = (x: T, n: number) =>
    tf.stack(Array.from({ length: n }, () => x));
  return seen(each(x, 8), each(wavesOf(x), 4));
}
