import * as tf from '@tensorflow/tfjs';
import { images, random, select, show, weights } from 'lab';
import type { Graph } from './layer';

// Seven slots: the options of each, and the class it belongs to.
export const slots = [
  { of: 'width', options: ['2', '8'] },
  { of: 'attention', options: ['constant', 'gcn', 'gat'] },
  { of: 'attention', options: ['constant', 'gcn', 'gat'] },
  { of: 'aggregate', options: ['sum', 'mean', 'max'] },
  { of: 'aggregate', options: ['sum', 'mean', 'max'] },
  { of: 'combine', options: ['identity', 'MLP'] },
  {
    of: 'activation',
    options: ['sigmoid', 'tanh', 'relu', 'linear'],
  },
];
export const classes = [...new Set(slots.map(({ of }) => of))];
export const valid = tf.tensor2d(
  slots.map(({ options }) =>
    [0, 1, 2, 3].map((j) => Number(j < options.length)),
  ),
);
export const members = tf.tensor2d(
  slots.map(({ of }) => classes.map((c) => Number(c === of))),
);

// An architecture is a number of seven digits, 0 to 1,295; a digit
// counts for as much as there are numbers behind it.
const behind = (slot: number) =>
  slots.slice(slot + 1).reduce((n, s) => n * s.options.length, 1);
export const places = tf.tensor2d(
  slots.map((_, slot) => [0, 1, 2, 3].map((j) => j * behind(slot))),
);
export const optionsOf = (number: number) =>
  slots.map(
    ({ options }, slot) =>
      Math.floor(number / behind(slot)) % options.length,
  );

// Trained beforehand on two graphs; the seed picks one.
const stored = await weights('auto-gnn');
const which = random.integer(0, 2);
const part = (name: string) => stored[name].gather(which);
const order = select('table', { options: ['true', 'shuffled'] });
const shuffle = tf.tensor1d(random.permutation(1296), 'int32');
const found = part('validation').mean(0);
export const rewards =
  order === 'true' ? found : found.gather(shuffle);
export const test = part('test').mean(0);

// The graph: 160 nodes of four classes, at most 12 in a list.
export const x = part('x');
export const labels = part('labels');
const full = tf
  .range(0, 12)
  .less(part('places').expandDims(1))
  .cast('float32');
const near = part('near').toInt() as tf.Tensor1D;
const links = tf
  .oneHot(near, 160, 1, 0, 'float32')
  .reshape([160, 12, 160])
  .mul(full.expandDims(2))
  .sum(1);
const back = part('back').toInt();
const degree = full.sum(1, true);
export const graph: Graph = { near, back, full, links, degree };

// Down: width, aggregate of layer 2 and of 1, combine. Across:
// attention of layer 1 and of 2, activation.
const map = rewards
  .reshape([2, 9, 3, 3, 2, 4])
  .transpose([0, 3, 2, 4, 1, 5])
  .reshape([1, 36, 36]);
show(
  'map',
  await images(
    { 'validation accuracy': map },
    {
      title: 'The accuracy of all 1,296 architectures',
      range: [0.3, 0.9],
    },
  ),
);
