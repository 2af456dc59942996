import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, random, slider, steps } from 'lab';
import { toArray } from 'lab';
import { trained } from './experiment';
import { d, test, tiles, train } from './pages';
import { each, lineOf } from './weights';

type T = tf.Tensor;

const shots = slider('shots', {
  label: 'labelled pages for each class',
  min: 2,
  max: 50,
  value: 20,
  step: 1,
});

// Ten trials; in each, every place shows every class equally often.
const [trials, known, asked] = [10, 10 * shots, 400];
const labels = await toArray(train.y);
const ofClass = Array.from({ length: 10 }, (_, c) =>
  [...labels.keys()].filter((i) => labels[i] === c),
);
const some = (c: number) =>
  ofClass[c][random.integer(0, ofClass[c].length)];
const drawnTiles = Array.from({ length: 10 * trials }, () =>
  random.permutation(known).map((i) => some(i % 10)),
);
const byPlace = tf.tensor(drawnTiles.flat(), [trials, 10, known]);
const knownTiles = byPlace.transpose([0, 2, 1]);
const askedTiles = random.integers([trials, asked, 10], 0, 1000);

// A page as it is met later: ten digits, none of them disturbed.
const pages = (x: T, drawn: T) =>
  x.gather(drawn.reshape([-1, 10]).toInt()).reshape([-1, d]);
const knownPages = pages(train.x, knownTiles);
const askedPages = pages(test.x, askedTiles);
const upper = (x: T) => x.slice([0, 0, 0], [-1, -1, 5]);
const label = (of: T, drawn: T) => of.gather(upper(drawn).toInt());
const classes = tf
  .oneHot(label(train.y, knownTiles).toInt(), 10)
  .transpose([0, 2, 3, 1]) // [trials, place, class, page]
  .reshape([trials, 50, known]);
const truth = label(test.y, askedTiles);

/** Share read rightly by the nearest class mean: [5]. */
async function accuracy(map?: T) {
  const represent = (x: T, n: number) => {
    const z = map ? tf.matMul(x, map, false, true) : x;
    return z.reshape([trials, n, d]);
  };
  const z = represent(knownPages, known);
  const means = tf.matMul(classes, z).div(shots);
  const asking = represent(askedPages, asked);
  const overlap = tf.matMul(asking, means, false, true);
  const half = means.square().sum(2).div(2).expandDims(1);
  const nearness = overlap.sub(half);
  const read = nearness.reshape([trials, asked, 5, 10]).argMax(3);
  return toArray(read.equal(truth.toInt()).mean([0, 1]));
}

const input = await accuracy();
const shares: number[][] = [];
for await (const map of steps(trained, 'reading digits'))
  shares.push(await accuracy(map));

chart('reading', {
  title: 'Digits read from few labels, layer by layer',
  over: 'tile',
  x: { label: 'digit, from the least disturbed', ticks: 5 },
  y: { label: 'read rightly', percent: true },
  bounds: [{ y: 0.1, label: 'chance' }],
  lines: {
    input: baseline('from the page'),
    ...each('layer', lineOf),
  },
}).add(
  ...tiles.map((i) => ({
    tile: i + 1,
    input: input[i],
    ...each('layer', (l) => shares[l - 1][i]),
  })),
);

const [before, after] = [shares[0], shares.at(-1)!];
check(
  'lead of the encoder in reading the last digit',
  before[4] - after[4],
  {
    above: 0.08,
    because: 'the head squares the digit’s disadvantage',
    breaks: { augNoise: 0.2 },
  },
);
check(
  'lead of the head in reading the first digit',
  after[0] - before[0],
  {
    above: 0.01,
    because: 'after the head the other digits disturb it less',
    breaks: { augNoise: 0.2 },
  },
);
