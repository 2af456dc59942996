import * as tf from '@tensorflow/tfjs';
import { data, images, linalg, random, show, slider } from 'lab';
import { view } from './mechanism';

const augNoise = slider('augNoise', {
  label: 'noise on the last digit σ₅',
  min: 0.2,
  max: 3,
  step: 0.1,
  value: 1.8,
});

// A digit is k = 8 numbers, its principal components, whitened.
export const k = 8;
export const d = 10 * k; // numbers that describe a page
const options = { size: 14, train: 2000, test: 1000 } as const;
const digits = await data.mnist({ ...options, flat: true });
const pixels = digits.train.x;
const moments = tf.matMul(pixels, pixels, true).div(2000);
const { values, vectors } = await linalg.eigh(moments);
const axes = tf.tensor2d(vectors.map((row) => row.slice(0, k)));
const scale = tf.tensor1d(values.slice(0, k)).sqrt();
const code = (x: tf.Tensor) => tf.matMul(x, axes.div(scale));
export const train = { ...digits.train, x: code(pixels) };
export const test = { ...digits.test, x: code(digits.test.x) };
export const decoder = axes.mul(scale).transpose(); // [k, 196]

// A page is five tiles above five. All views of an example share
// the upper digits; the lower ones are drawn afresh for each.
export const tiles = [0, 1, 2, 3, 4];
const ones = tf.ones([5]);
const levels = tiles.map((i) => 0.2 + ((augNoise - 0.2) * i) / 4);
export const strength = tf.concat([ones, tf.zeros([5])]); // φ
export const noise = tf.concat([tf.tensor1d(levels), ones]); // σ

/** A digit for each tile of n pages, as it is: [n, 10, k]. */
export function draw(n: number, x = train.x) {
  const places = random.integers([n, 10], 0, x.shape[0]!);
  return x.gather(places.toInt());
}
/** Half of the tiles in negative, so that the mean is blank. */
export const drawEvenly = (n: number) =>
  draw(n).mul(random.signs([n, 10, 1]));

/** A page [1, 10, k] as five pictures, one digit above another. */
export function picture(page: tf.Tensor) {
  const tile = tf.matMul(page.reshape([10, k]), decoder);
  const columns = tile.reshape([2, 5, 14, 14]);
  return columns.transpose([1, 0, 2, 3]).reshape([5, 28, 14]);
}

const fresh = [drawEvenly(1), drawEvenly(1)];
export const page = draw(1, test.x);
const [one, another] = fresh.map((digits) =>
  picture(view(page, digits, strength, noise)),
);
export const columns = levels.map((s) => `σ = ${s.toFixed(1)}`);
const rows = {
  'one view': one,
  'another view': another,
  'the page': picture(page),
};
show(
  'views',
  await images(rows, {
    title: 'Two views of a page, and the page undisturbed',
    columns,
    palette: 'diverging',
    range: [-1, 1],
    inks: { 'the page': 'baseline' },
  }),
);
