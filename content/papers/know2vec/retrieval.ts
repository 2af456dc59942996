import * as tf from '@tensorflow/tfjs';
import { select, toArray } from 'lab';
import { draw, testDigits } from './concepts';
import { accuracies, modelVector, queryVector } from './mechanism';
import { score } from './mechanism';
import { A, B, b, classMeans, newOwn, replace } from './towers';
import { newRates, newZoo } from './zoo';

const order = select('order', {
  label: 'class order',
  options: ['agreed', 'permuted'],
});
const images = select('images', {
  label: 'images a class',
  options: [1, 2, 5, 10],
  value: 5,
});
const places = order === 'agreed' ? [0, 1, 2, 3] : [1, 2, 3, 0];

// Vectors of 90 new models, trained and with identities for A, B.
const identity = tf.eye(48).expandDims(0).tile([3, 1, 1]);
const none = tf.zerosLike(b);
const u = modelVector(newOwn, A);
const plain = modelVector(newOwn, identity);

/** What new users show, how 90 new models score, and do. */
async function retrieve(tasks: number[][]) {
  const x = draw(tasks.flat(), images, testDigits.users);
  const c = classMeans(x, tasks.length);
  const given = c.gather(tf.tensor1d(places, 'int32'), 2);
  const trained = score(u, queryVector(given, B, b));
  const raw = score(plain, queryVector(given, identity, none));
  const scores = tf.concat([trained, raw.slice([0], [1])]);
  const [probes, few, weights, untrained] =
    await toArray<number[][][]>(scores);
  const y = await toArray<number[][]>(accuracies(newRates, tasks));
  return { x, probes, few, weights, untrained, y };
}

// 60 users whose task is one of the zoo's, and 100 with a concept
// replaced, so that no model was built for what they want.
export const exact = await retrieve([
  ...newZoo.tasks,
  ...newZoo.tasks,
]);
export const tasks = Array.from({ length: 100 }, (_, q) =>
  replace(newZoo.tasks[q % 30], 1),
);
export const found = await retrieve(tasks);
export const { x } = found;
