import type * as tf from '@tensorflow/tfjs';
import { check, images, show, toArray } from 'lab';
import { ends } from './experiment';
import { written } from './training';
import { carry } from './reach';

// Chunks 1 to 4 of the net for task 1, three units each, written
// by the fourth and the fifth way: without numbers of a place.
const ofWay = (way: number) =>
  written.slice([way, 0, 0], [1, 1, 768]).reshape([4, 3, 64]);
const [carried, alone] = [ofWay(3), ofWay(4)];
const pictures = (x: tf.Tensor) =>
  x.slice([0, 0, 0], [-1, 2, -1]).reshape([8, 8, 8]);
const words = (share: number) => `${(100 * share).toFixed(0)} %`;
const rows = {
  [`alone: ${words(ends.alone)}`]: pictures(alone),
  [`carried: ${words(ends.carried)}`]: pictures(carried),
};
const [first, second] = Object.keys(rows);
show(
  'chain',
  await images(rows, {
    title:
      carry > 0
        ? 'Not told which chunk is due, only one that remembers can vary'
        : 'Not told which chunk is due, it writes one over and over',
    palette: 'diverging',
    columns: ['1', '', '2', '', '3', '', '4', ''],
    inks: { [first]: 'baseline', [second]: 'mechanism' },
  }),
);

/** Largest distance of two chunks, over their RMS norm. */
function variety(x: tf.Tensor) {
  const flat = x.reshape([4, 192]);
  const apart = flat.expandDims(0).sub(flat.expandDims(1));
  const norm = flat.square().sum(1).mean().sqrt();
  return apart.square().sum(2).max().sqrt().div(norm);
}
const [found] = await toArray<number[]>(
  variety(carried).reshape([1]),
);
check('largest distance of two chunks, of their norm', found, {
  above: 0.3,
  because: 'the state that is carried tells them apart',
  breaks: { carry: 0 },
});
