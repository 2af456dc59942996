import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, random, select } from 'lab';
import { toArray, toNumber } from 'lab';
import { cutTo, readOut, states, subModel } from './mechanism';
import { digits, numBlocks, numUnits, start } from './sizes';

const mask = select('mask', {
  label: 'units are masked in',
  options: ['every stage', 'the stem only'],
});

// A sub-model as it is trained, masked in the whole, and as it is
// used, cut out of it; in a network of random weights.
const net = start(1);
const x = digits.test.x.slice([0], [100]).expandDims(0);
const order = tf.range(0, numUnits).expandDims(0).expandDims(0);
const every = tf.scalar(numUnits).reshape([1, 1]);

async function difference(width: number, depth: number) {
  const at = (n: number) => tf.fill([1, 1], n);
  const nested = subModel(order, at(width), at(depth), numBlocks);
  const wide = subModel(order, every, at(depth), numBlocks);
  const stem = tf.concat([nested.slice([0], [1]), wide.slice([1])]);
  const masks = mask === 'every stage' ? nested : stem;
  const tiled = masks.tile([1, 1, 100, 1]);
  const masked = readOut(states(x, net, tiled).at(-1)!, net);
  const small = cutTo(net, width);
  const cut = readOut(states(x, small)[depth], small);
  const most = masked.sub(cut).abs().max().div(cut.abs().max());
  return toNumber(most);
}

let differ = 0;
for (const [width, depth] of [
  [2, 1],
  [10, 1],
  [10, 4],
  [24, 2],
  [24, 4],
  [50, 2],
])
  differ += (await difference(width, depth)) > 1e-4 ? 1 : 0;
check('sub-models of 6 that change when they are cut out', differ, {
  below: 1,
  because: 'with (4), masked units give nothing to any stage',
  breaks: { mask: 'the stem only' },
});

// How often an update trains each unit, in 2,000 draws.
const draws = 2000;
const width = random.integers([draws], 1, 33).mul(2).toFloat();
const depth = random.integers([draws], 0, numBlocks + 1).toFloat();
const line = tf.range(0, numUnits).expandDims(0);
const sorted = subModel(line, width, depth, numBlocks).mean(1);
const mixed = Array.from({ length: 200 }, () =>
  random.permutation(numUnits),
);
const some = (t: tf.Tensor) => t.slice([0], [200]);
const unsorted = subModel(
  tf.tensor2d(mixed),
  some(width),
  some(depth),
  numBlocks,
).mean(1);
const [s, u] = [
  await toArray<number[][]>(sorted),
  await toArray<number[][]>(unsorted),
];
chart('practice', {
  title: 'How often an update trains a unit of the stem',
  over: 'unit',
  x: { label: 'number of the unit', ticks: [1, 16, 32, 48, 64] },
  y: { label: 'updates that train it', percent: true },
  lines: {
    unsorted: { ...baseline('unsorted'), dots: false },
    sorted: { label: 'sorted', dots: false },
  },
}).add(
  ...s[0].map((sorted, j) => ({
    unit: j + 1,
    sorted,
    unsorted: u[0][j],
  })),
);
