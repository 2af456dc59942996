import * as tf from '@tensorflow/tfjs';
import { random, select, toArray, weights } from 'lab';
import { indexOf, sorted, space } from './space';

const reward = select('reward', {
  label: 'accuracies in the table',
  options: ['as trained', 'shuffled'],
});

// 945 networks, each trained once on the proxy; 80 on the target.
const files = await weights('nasnet');
export const proxy = await toArray<number[]>(files.proxy);
export const known = await toArray<number[]>(files.cells);
export const target = await toArray<number[]>(files.target);

// What the controller is paid: a place for each of 3⁸ sequences,
// of which those that point at a later block are left empty.
const order = random.permutation(space.length);
const paid = (i: number) =>
  proxy[reward === 'shuffled' ? order[i] : i];
const digits = (code: number) =>
  [...code.toString(3).padStart(8, '0')].map(Number);
export const cellOf = Array.from({ length: 3 ** 8 }, (_, code) => {
  const genome = digits(code);
  return indexOf.get(sorted(genome).join('')) ?? -1;
});
export const sequences = cellOf.filter((i) => i >= 0).length;
export const rewards = tf.tensor1d(
  cellOf.map((i) => (i < 0 ? 0 : paid(i))),
);
