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

const errorOf = async (x: T) =>
  median((await toArray<number[][]>(distance(x, exact)))[0]);
const error = {
  plain: await errorOf(plain),
  moved: await errorOf(moved),
  sandwich: await errorOf(sandwich),
};
show('half an FFN moved, 16 layers', [
  { network: 'attention, FFN', error: error.plain },
  { network: 'the same, half an FFN moved', error: error.moved },
  { network: '½ FFN, attention, ½ FFN', error: error.sandwich },
]);
const left = error.moved / error.plain;
check('error after half an FFN is moved, before = 1', left, {
  below: 0.1,
  because: 'two halves of a flow in a row are the whole flow',
  breaks: { flow: 'Euler' },
});
