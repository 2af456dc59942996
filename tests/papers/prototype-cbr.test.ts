import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  classError,
  contributions,
  dataToPrototypes,
  knownToScores,
  objective,
  prototypesToData,
  reconstructionError,
  scores,
  spread,
  squaredDistances,
} from '../../content/papers/prototype-cbr/mechanism.ts';
import { closeTo } from './numbers.ts';

const read = async (x: tf.Tensor) => [...(await x.data())];
const close = closeTo(5);
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

// Three codes and two prototypes in the plane: small enough for a calculator.
const codes = tf.tensor2d([
  [0, 0],
  [3, 4],
  [1, 1],
]);
const prototypes = tf.tensor2d([
  [0, 1],
  [3, 0],
]);
const byHand = [1, 9, 18, 16, 1, 5];

test('distances are those of formula (1), images in rows, prototypes in columns', async () => {
  const found = squaredDistances(codes, prototypes);
  expect(found.shape).toEqual([3, 2]);
  close(await read(found), byHand);
});

test('the product of formula (1) is the sum of squares, in each network of a stack', async () => {
  const [z, p] = [normal([2, 7, 12], 1), normal([2, 5, 12], 2)];
  const explicit = z.expandDims(2).sub(p.expandDims(1)).square().sum(-1);
  const found = squaredDistances(z, p);
  expect(found.shape).toEqual([2, 7, 5]);
  close(await read(found), await read(explicit), 3);
});

test('no distance is below zero, however large the codes', async () => {
  const z = normal([50, 12], 3).mul(300);
  for (const value of await read(squaredDistances(z, z))) expect(value).toBeGreaterThanOrEqual(0);
});

test('scores are distances times weights, and nothing besides', async () => {
  const weights = tf.tensor2d([
    [-1, 0, 2],
    [0.5, -2, 0],
  ]);
  const found = scores(tf.tensor2d([[2, 4]]), weights);
  close(await read(found), [0, -8, 4]);
  close(await read(scores(tf.zeros([1, 2]), weights)), [0, 0, 0]);
});

test('a negative weight makes nearness speak for the class', async () => {
  const weights = tf.tensor2d([[-1, 0]]);
  const at = async (distance: number) =>
    (await read(tf.softmax(scores(tf.tensor2d([[distance]]), weights))))[0];
  expect(await at(0.5)).toBeGreaterThan(await at(2));
});

test('the class error is the mean of −log softmax at the truth', async () => {
  const truth = tf.tensor2d([
    [1, 0],
    [0, 1],
  ]);
  const given = tf.tensor3d([
    [
      [0, 0],
      [0, 0],
    ],
    [
      [1, 0],
      [1, 0],
    ],
  ]);
  const one = Math.log(1 + Math.exp(-1));
  const other = Math.log(1 + Math.exp(1));
  close(await read(classError(given, truth)), [Math.log(2), (one + other) / 2]);
});

test('the reconstruction error adds over pixels and averages over images', async () => {
  const image = tf.tensor2d([
    [1, 2],
    [0, 0],
  ]);
  const drawn = tf.tensor3d([
    [
      [0, 0],
      [0, 3],
    ],
    [
      [1, 2],
      [0, 1],
    ],
  ]);
  close(await read(reconstructionError(drawn, image)), [(1 + 4 + 9) / 2, 0.5]);
});

test('R₁ asks each prototype for its nearest image, R₂ each image for its nearest prototype', async () => {
  const distances = tf.tensor3d([
    [
      [1, 9],
      [18, 16],
      [1, 5],
    ],
    [
      [2, 9],
      [4, 3],
      [6, 5],
    ],
  ]);
  close(await read(prototypesToData(distances)), [(1 + 5) / 2, (2 + 3) / 2]);
  close(await read(dataToPrototypes(distances)), [(1 + 16 + 1) / 3, (2 + 3 + 5) / 3]);
});

test('R₁ pulls a prototype towards its nearest image and no other', async () => {
  const pull = tf.grad((p: tf.Tensor) => prototypesToData(squaredDistances(codes, p)))(
    tf.tensor2d([[0.2, 0.4]]),
  );
  close(await read(pull), [2 * 0.2, 2 * 0.4]);
});

test('the objective weighs each term of each network, and adds', async () => {
  const terms = [tf.tensor1d([1, 2]), tf.tensor1d([3, 4]), tf.tensor1d([5, 6])];
  const lambdas = [tf.tensor1d([20, 1]), tf.tensor1d([1, 0]), tf.tensor1d([2, 0.5])];
  close(await read(objective(terms, lambdas)), [20 + 2 + 3 + 0 + 10 + 3]);
});

test('the contributions of formula (6) add up to the scores', async () => {
  const weights = normal([2, 4], 5);
  const found = contributions(tf.tensor1d(byHand.slice(2, 4)), weights);
  expect(found.shape).toEqual([2, 4]);
  close(await read(found.sum(0)), await read(scores(tf.tensor2d([byHand.slice(2, 4)]), weights)), 4);
  close(
    await read(
      contributions(
        tf.tensor1d([2, 3]),
        tf.tensor2d([
          [1, -1],
          [4, 0],
        ]),
      ),
    ),
    [2, -2, 12, 0],
  );
});

test('the spread is the mean squared distance over all pairs', async () => {
  const z = tf.stack([codes, codes.mul(2).add(5)]);
  close(await read(spread(z)), await read(squaredDistances(z, z).mean([1, 2])), 4);
});

test('formula (7): three sums over prototypes are all that the scores know of them', async () => {
  const [z, p, w] = [normal([6, 3], 7), normal([8, 3], 8), normal([8, 4], 9)];
  const known = knownToScores(p);
  expect(known.shape).toEqual([5, 8]);
  const sums = tf.matMul(known, w);
  const squares = z.square().sum(1, true);
  const seen = tf.concat([squares, z.mul(-2), tf.onesLike(squares)], 1);
  close(await read(tf.matMul(seen, sums)), await read(scores(squaredDistances(z, p), w)), 3);
});

test('a stack of networks gives what each network gives alone', async () => {
  const [one, two] = [normal([4, 3], 11), normal([4, 3], 12)];
  const truth = tf.oneHot(tf.tensor1d([0, 2, 1, 0], 'int32'), 3).cast('float32');
  const image = normal([4, 3], 13);
  const errors = [
    (x: tf.Tensor) => classError(x, truth),
    (x: tf.Tensor) => reconstructionError(x, image),
    prototypesToData,
    dataToPrototypes,
    spread,
  ];
  for (const error of errors) {
    const alone = [...(await read(error(one))), ...(await read(error(two)))];
    close(await read(error(tf.stack([one, two]))), alone);
  }
});
