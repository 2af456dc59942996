import * as tf from '@tensorflow/tfjs';
import { data, images, random, show, toArray } from 'lab';

// 40 concepts: number 4d + r is digit d, turned r times by 90°.
export const concepts = Array.from({ length: 40 }, (_, i) => i);
const size = { size: 14, train: 5000, test: 0 } as const;
const { train } = await data.mnist(size);
const turns = [train.x.reshape([5000, 14, 14])];
for (const r of [0, 1, 2])
  turns.push(turns[r].transpose([0, 2, 1]).reverse(1));
export const pixels = tf.concat(turns).reshape([-1, 196]);

// Each purpose has its own part of the digits; the first 400 are
// the probes. `truth` is what accuracies are measured on.
export type Digits = number[][];
const digits = await toArray(train.y);
const part = (from: number, to: number): Digits =>
  Array.from({ length: 10 }, (_, digit) => {
    const some = [...digits.keys()].slice(from, to);
    return some.filter((i) => digits[i] === digit);
  });
export const trainDigits = {
  models: part(400, 1600),
  users: part(1600, 2200),
  truth: part(2200, 3000),
};
export const testDigits = {
  models: part(3000, 3800),
  users: part(3800, 4400),
  truth: part(4400, 5000),
};

/** `count` images of each concept wanted: [all of them, 196]. */
export function draw(wanted: number[], count: number, of: Digits) {
  const rows = wanted.flatMap((concept) =>
    random
      .choice(of[Math.floor(concept / 4)], count)
      .map((i) => 5000 * (concept % 4) + i),
  );
  return pixels.gather(tf.tensor1d(rows, 'int32'));
}

const one = draw(concepts, 1, trainDigits.models);
const rows = one.reshape([10, 4, 14, 14]).unstack(1);
const [upright, quarter, half, most] = rows;
const turned = {
  upright,
  '90°': quarter,
  '180°': half,
  '270°': most,
};
const title = 'Forty concepts, of which a task has four';
show('concepts', await images(turned, { title }));
