import * as tf from '@tensorflow/tfjs';
import { data, linalg, random, select, toArray } from 'lab';
import { address, begin, follow, keysOf } from './mechanism';
import { project, snap } from './mechanism';

type T = tf.Tensor;

const keyData = select('keyData', {
  label: 'keys are placed on',
  options: ['digits', 'matched noise', 'wide noise'],
});

// 1,000 digits without labels, 100 of each class with, 1,000 tests.
const mnist = await data.mnist({ size: 14, flat: true });
const order = random.permutation(5000);
const answers = await toArray<number[]>(mnist.train.y);
const pick = (from: T, which: number[]) =>
  tf.gather(from, tf.tensor1d(which, 'int32'));
const seen = pick(mnist.train.x, order.slice(0, 1000));
const chosen: number[] = [];
for (let digit = 0; digit < 10; digit++) {
  const all = order.slice(1000).filter((i) => answers[i] === digit);
  chosen.push(...all.slice(0, 100));
}
const tested = random.permutation(4000).slice(0, 1000);

// The frozen encoder: 32 principal directions of the unlabelled.
export const centre = seen.mean(0, true);
const centred = seen.sub(centre);
const spread = tf.matMul(centred, centred, true).div(1000);
const { vectors } = await linalg.eigh(spread);
export const basis = tf.tensor2d(vectors).slice([0, 0], [-1, 32]);
const encode = (x: T) => tf.matMul(x.sub(centre), basis);

/** Embedded digits, class after class [1000, 32], and their class. */
export const train = {
  z: encode(pick(mnist.train.x, chosen)),
  labels: chosen.map((i) => answers[i]),
};
export const test = {
  z: encode(pick(mnist.test.x, tested)),
  y: pick(mnist.test.y, tested).toInt(),
};
const embedded = encode(seen);
const scale = embedded.square().mean(0, true).sqrt();
const width = keyData === 'wide noise' ? 10 : 1;
export const pool =
  keyData === 'digits'
    ? embedded
    : random.normal([1000, 32]).mul(scale).mul(width);

/** Frozen keys, and who reads which row of the table. */
export function makeReader(codebooks: number, pairs: number) {
  const raw = random.normal([codebooks, 32, 8]);
  const along = raw.div(raw.norm('euclidean', 1, true));
  const heads = (count: number) => {
    const drawn = random.permutation(1000).slice(0, count);
    return project(pick(pool, drawn), along);
  };
  let books = begin(heads(pairs), 200 / pairs);
  for (let batch = 0; batch < 8; batch++) {
    const fresh = heads(pairs);
    books = tf.tidy(() => follow(books, heads(200), fresh, 0.9));
  }
  const keys = keysOf(books);
  return (z: T) =>
    tf.tidy(() => address(snap(project(z, along), keys), pairs));
}
