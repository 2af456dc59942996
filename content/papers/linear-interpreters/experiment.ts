import * as tf from '@tensorflow/tfjs';
import { check, images, show, toNumber } from 'lab';
import { halve, linearScope, pass } from './mechanism';
import { digits, enlarged, superRes, unit } from './networks';

type T = tf.Tensor;

// The pixels of image j under the decisions of image i, all pairs.
const n = 40;
export const target = digits.slice([0], [n]);
export const x0 = halve(target);
const signals = tf.tile(x0, [n, 1, 1, 1]);
const last = pass(superRes, unit, [x0, signals], 1).at(-1)!;
export const y = last[0];
export const replays = last[1].reshape([n, n, 14, 14]);

const few = [0, 1, 2, 3, 4];
const first = (x: T) => x.gather(few).squeeze([3]);
const under = few.map((i) => [
  `decisions of the ${i}`,
  replays.gather(i).gather(few),
]);
const rows = {
  'pixels in': first(enlarged(x0)),
  ...Object.fromEntries(under),
  'the network': first(y),
};
const title =
  unit === linearScope
    ? 'A picture comes out under its own decisions alone'
    : 'Five digits, and the decisions of each';
show(
  'grid',
  await images(rows, {
    title,
    columns: few.map((i) => `the ${i}`),
    range: [0, 1],
  }),
);

/** Squared error for each image, in rows of n: [rows, n]. */
export function errors(found: T) {
  const all = found.reshape([-1, n, 14, 14]);
  const asked = target.reshape([1, n, 14, 14]);
  return all.sub(asked).square().mean([2, 3]);
}
/** PSNR in decibels of a mean squared error, for a peak of 1. */
export async function psnr(error: T) {
  return -10 * Math.log10(await toNumber(error));
}
const all = errors(replays);
const own = all.mul(tf.eye(n)).sum();
const others = all.sum().sub(own);
export const replayed = await psnr(own.div(n));
export const swapped = await psnr(others.div(n * (n - 1)));

check(
  'dB of PSNR lost under the decisions of another image',
  replayed - swapped,
  {
    above: 8,
    because: 'formula (1): F and r belong to one image',
    breaks: { unit: 'all open' },
  },
);
