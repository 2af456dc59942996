import * as tf from '@tensorflow/tfjs';
import { linalg, random, select, steps, toArray } from 'lab';
import { concepts, type Digits, draw } from './concepts';
import { testDigits, trainDigits } from './concepts';

type T = tf.Tensor;
const hidden = select('hidden', {
  label: 'hidden layers',
  options: ['each its own', 'one shared'],
});
const layer = (models: number) => ({
  w: random.normal([models, 196, 48], 0, 1 / 4),
  b: random.normal([models, 1, 48], 0, 0.3),
});
const shared = layer(1);

// Three models for each task. The second and the third learn from
// labels of which 40 and 70 % are drawn at random.
const noises = [0, 0.4, 0.7];
async function build(count: number, of: Digits) {
  const tasks = Array.from({ length: count }, () =>
    random.choice(concepts, 4).sort((a, b) => a - b),
  );
  const M = 3 * count;
  const wanted = tasks.flatMap((task) => [
    ...task,
    ...task,
    ...task,
  ]);
  const x = draw(wanted, 40, of).reshape([M, 160, 196]);
  const labels = Array.from({ length: M * 160 }, (_, i) => {
    const noise = noises[Math.floor(i / 160) % 3];
    const right = Math.floor(i / 40) % 4;
    return random.number() < noise ? random.integer(0, 4) : right;
  });
  const said = tf.tensor1d(labels, 'int32');
  const y = tf.oneHot(said, 4, 1, 0, 'float32').sub(1 / 4);

  // A random hidden layer, then a readout by ridge regression.
  const own = hidden === 'each its own';
  const { w, b } = own ? layer(M) : shared;
  const h = tf.relu(tf.matMul(x, w).add(b));
  const left = tf.matMul(h, h, true).add(tf.eye(48));
  const right = tf.matMul(h, y.reshape([M, 160, 4]), true);
  const sides = await toArray<number[][][]>(right);
  const readout: number[][][] = [];
  for (const matrix of await toArray<number[][][]>(left)) {
    const side = sides[readout.length];
    readout.push(await linalg.solve(matrix, side));
  }
  return { tasks, w, b, readout: tf.tensor3d(readout) };
}
export type Zoo = Awaited<ReturnType<typeof build>>;
const zoos: Zoo[] = [];
for await (const digits of steps(
  [trainDigits, testDigits],
  'zoos',
)) {
  const count = digits === trainDigits ? 60 : 30;
  const built = await build(count, digits.models);
  for (const kept of [built.w, built.b, built.readout])
    tf.keep(kept);
  zoos.push(built);
}
export const [zoo, newZoo] = zoos;

/** p, what M models answer to x, [1 or M, N, 196]: [M, N, 4]. */
export function ask({ w, b, readout }: Zoo, x: T) {
  const h = tf.relu(tf.matMul(x, w).add(b));
  return tf.softmax(tf.matMul(h, readout).mul(6));
}

/** r, for formula (6), from 20 images a concept: [40, 4, M]. */
function ratesOf(zoo: Zoo, of: Digits) {
  const x = draw(concepts, 20, of).expandDims(0);
  const said = ask(zoo, x).argMax<tf.Tensor1D>(2);
  const counts = tf.oneHot(said, 4, 1, 0, 'float32');
  const shares = counts.reshape([-1, 40, 20, 4]).mean(2);
  return shares.transpose([1, 2, 0]);
}
export const rates = ratesOf(zoo, trainDigits.truth);
export const newRates = ratesOf(newZoo, testDigits.truth);
