import { images, show } from 'lab';
import type * as tf from '@tensorflow/tfjs';
import { activations, after } from './experiment';
import { crossCorr } from './mechanism';
import { pixels, trained } from './networks';

// What a unit answers to: formula (1) of its answers and each pixel.
const { acts1, acts2 } = activations(trained);
const answers = (acts: tf.Tensor, units: number[]) =>
  crossCorr(acts, pixels).gather(units).reshape([-1, 14, 14]);

// A unit that never answers correlates by 0 and is left out.
const pairs = after.pairs.filter(({ value }) => value !== 0);
const six = [...pairs.slice(0, 3), ...pairs.slice(-3)];
const rows = {
  'net 1': answers(
    acts1,
    six.map(({ i }) => i),
  ),
  'net 2': answers(
    acts2,
    six.map(({ j }) => j),
  ),
};
show(
  'pairs',
  await images(rows, {
    title: 'What the three best and three worst pairs answer to',
    columns: six.map(({ value }) => value.toFixed(2)),
    palette: 'diverging',
    range: [-0.7, 0.7],
  }),
);
