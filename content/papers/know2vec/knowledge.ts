import * as tf from '@tensorflow/tfjs';
import { images, linalg, random, select, show } from 'lab';
import { pixels } from './concepts';
import { boundary, representatives } from './mechanism';
import { ask, newZoo, type Zoo, zoo } from './zoo';

type T = tf.Tensor;
const count = select('probes', {
  label: 'probe images',
  options: [15, 50, 100, 400],
  value: 400,
});
const access = select('access', {
  label: 'models tell',
  options: ['probabilities', 'labels', 'boundaries'],
});

// P: digits that no model has learnt from, turned at random.
const rows = Array.from(
  { length: 400 },
  (_, i) => 5000 * random.integer(0, 4) + i,
);
const drawn = pixels.gather(tf.tensor1d(rows, 'int32'));
export const probes = drawn.expandDims(0);

// e: the 48 directions in which probes differ most.
export const centre = drawn.mean(0);
const away = drawn.sub(centre);
const covariance = tf.matMul(away, away, true).div(400);
const { values, vectors } = await linalg.eigh(covariance);
const directions = tf.tensor2d(vectors).slice([0, 0], [196, 48]);
export const axes = directions.mul(3 / Math.sqrt(values[0]));
export const extract = (x: T) =>
  tf.matMul(x.reshape([-1, 196]).sub(centre), axes);

// The six pairs of classes, each with the class that it begins
// and ends with; ±1 in `signs` makes pᵢ − pⱼ of the answers.
const begin = tf.tensor1d([0, 0, 0, 1, 1, 2], 'int32');
const end = tf.tensor1d([1, 2, 3, 2, 3, 3], 'int32');
const hot = (x: tf.Tensor1D) => tf.oneHot(x, 4, 1, 0, 'float32');
export const signs = hot(begin).sub(hot(end));
export const ends = [begin, end];

/** From the firmest probe of one class to that of another. */
export function segments(zoo: Zoo, x: T) {
  const firm = ask(zoo, x).argMax(1);
  const anchors = x.squeeze([0]).gather(firm);
  const [xi, xj] = ends.map((side) => anchors.gather(side, 1));
  const lead = (x: T) => ask(zoo, x).mul(signs).sum(2, true);
  return { xi, xj, lead };
}

/** What is learnt of each class of each model: [M, 4, 48]. */
function interrogate(zoo: Zoo, count: number) {
  const x = probes.slice([0, 0], [1, count]);
  const p = ask(zoo, x);
  if (access === 'probabilities')
    return representatives(p, extract(x));
  if (access === 'labels') {
    const said = p.equal(p.max(2, true)).toFloat().add(1e-3);
    return representatives(said, extract(x));
  }
  // The three boundary points of a class, less the mean of all.
  const { xi, xj, lead } = segments(zoo, x);
  const points = extract(boundary(xi, xj, lead, 8));
  const six = points.reshape([-1, 6, 48]).transpose([0, 2, 1]);
  const own = tf.matMul(six.reshape([-1, 6]), signs.abs());
  const nodes = own.reshape([-1, 48, 4]).transpose([0, 2, 1]);
  return nodes.sub(nodes.mean(1, true)).div(3);
}
export const nodes = interrogate(zoo, count);
export const newNodes = interrogate(newZoo, count);
export const fewNodes = interrogate(zoo, 15);
export const newFewNodes = interrogate(newZoo, 15);

// Formula (1) with pixels in place of features, to look at.
const asked = probes.slice([0, 0], [1, count]);
const answers = ask(newZoo, asked);
const means = representatives(answers, asked.squeeze([0]));
const portraits = means.slice([0], [3]).reshape([3, 4, 14, 14]);
const [clean, some, most] = portraits.unstack();
const rowsOf = {
  'true labels': clean,
  '40 % at random': some,
  '70 % at random': most,
};
const columns = ['class 1', 'class 2', 'class 3', 'class 4'];
const title = 'What three models of one task know';
const options = { title, columns };
show('portraits', await images(rowsOf, options));

/** The probe that each model puts most surely in each class. */
export const surest = drawn
  .gather(answers.argMax(1))
  .reshape([-1, 4, 14, 14]);
