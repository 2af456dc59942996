import * as tf from '@tensorflow/tfjs';
import { data, random, show, toArray, variant, weights } from 'lab';
import { allOpen, conv, dense, halve } from './mechanism';
import { linearScope, ownDecisions, shuffle } from './mechanism';
import type { Affine } from './mechanism';

const units = {
  'decided by the image': linearScope,
  'decided by each signal': ownDecisions,
  'all open': allOpen,
};
export const unit = variant('unit', units, { label: 'units' });

// Four trainings of each network are stored; the seed picks one.
const stored = await weights('linear-interpreters');
const which = random.integer(0, 4);
show('training', `These networks are of training ${which + 1}.`);
const picked = Object.keys(stored).map((name) => {
  return [name, stored[name].gather(which)] as const;
});
export const net = Object.fromEntries(picked);
const layer = (kind: string, i: number) =>
  conv(net[`${kind}/w${i}`], net[`${kind}/b${i}`]);

/** 7 × 7 → 14 × 14 pixels: four affine maps, three ReLUs between. */
export const superRes: Affine[] = [
  layer('sr', 1),
  layer('sr', 2),
  layer('sr', 3),
  (x, bias) => shuffle(layer('sr', 4)(x, bias)),
];

/** 14 × 14 pixels → ten logits; halved after the first of `depth`. */
export function classifier(depth: number): Affine[] {
  const kind = `c${depth}`;
  const [first, second, ...rest] = [...Array(depth).keys()].map(
    (i) => layer(kind, i + 1),
  );
  const halved: Affine = (x, bias) => second(halve(x), bias);
  const last = dense(net[`${kind}/w`], net[`${kind}/b`]);
  return [first, halved, ...rest, last];
}

/** Each pixel four times: [n, h, w, 1] → [n, 2h, 2w, 1]. */
export function enlarged(x: tf.Tensor) {
  const [, h, w] = x.shape;
  const size: [number, number] = [2 * h!, 2 * w!];
  return tf.image.resizeNearestNeighbor(x as tf.Tensor4D, size);
}

// Test digits in an order of the seed, but 0 to 9 come first.
const sizes = { size: 14, train: 3000, test: 1000 } as const;
const { train, test } = await data.mnist(sizes);
export const known = train.x;
const labels = await toArray<number[]>(test.y);
const drawn = random.permutation(1000);
const ten = [...Array(10).keys()].map(
  (digit) => drawn.find((i) => labels[i] === digit)!,
);
const others = drawn.filter((i) => !ten.includes(i));
export const digits = test.x.gather([...ten, ...others]);
export const classes = test.y.gather([...ten, ...others]);
