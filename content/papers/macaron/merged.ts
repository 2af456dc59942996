import * as tf from '@tensorflow/tfjs';
import { check, median, show, toArray } from 'lab';
import { flow, macaron, middle, outer } from './experiment';
import { distance, lieStep, networks } from './mechanism';
import { exact, start } from './systems';

type T = tf.Tensor;

// Sixteen layers. Half an FFN goes before the first Transformer
// layer, and half an FFN is taken back after the last.
const half = tf.scalar(0.5 / 16);
const network = (layer: typeof macaron, x: T) => {
  const step = (x: T, tau: T) => layer(flow, middle, outer, x, tau);
  return networks(step, x, [16], 1);
};
const sandwich = network(macaron, start);
const plain = network(lieStep, start);
const begun = network(lieStep, flow(outer, start, half));
const moved = flow(outer, begun, half.neg());

const typical = async (found: T, from: T) =>
  median((await toArray<number[][]>(distance(found, from)))[0]);
const error = await typical(sandwich, exact);
show('half an FFN moved', [
  {
    network: '16 × (attention, FFN)',
    error: await typical(plain, exact),
  },
  {
    network: 'the same, half an FFN moved',
    error: await typical(moved, exact),
  },
  { network: '16 × (½ FFN, attention, ½ FFN)', error },
]);
const apart = (await typical(moved, sandwich)) / error;
check('distance of the last two, of their error', apart, {
  below: 0.1,
  because: 'two halves of a flow in a row are the whole flow',
  breaks: { flow: 'Euler' },
});
