import * as tf from '@tensorflow/tfjs';
import { check, ink, linalg, Plot, show } from 'lab';
import { errors, psnr, replayed, replays } from './experiment';
import { swapped, x0, y } from './experiment';
import { halve } from './mechanism';
import { enlarged, known } from './networks';

type T = tf.Tensor;

// One affine map for all images: least squares on 3,000 of them.
const rows = (x: T) =>
  tf.concat([x.reshape([-1, 49]), tf.ones([x.shape[0], 1])], 1);
const X = rows(halve(known));
const gram = tf.matMul(X, X, true).add(tf.eye(50));
const moments = tf.matMul(X, known.reshape([-1, 196]), true);
const solved = await linalg.solve(gram, moments);
export const best = tf.tensor2d(solved); // [49 + 1, 196]

const network = await psnr(errors(y).mean());
const linear = await psnr(errors(tf.matMul(rows(x0), best)).mean());
const plain = await psnr(errors(enlarged(x0)).mean());
const average = await psnr(errors(replays.mean(0)).mean());
const bars = [
  { map: 'its own', dB: replayed, fill: ink.mechanism },
  { map: 'best for all', dB: linear, fill: ink.baseline },
  { map: 'nearest pixel', dB: plain, fill: ink.baseline },
  { map: 'mean of 40', dB: average, fill: ink.broken },
  { map: 'another’s', dB: swapped, fill: ink.broken },
].map((bar) => ({ ...bar, words: bar.dB.toFixed(1) }));
const end = { x: 'dB', y: 'map', text: 'words', dx: 18 };
show(
  'psnr',
  Plot.plot({
    title: 'Affine maps by the pictures that they make',
    x: { label: 'PSNR (dB)' },
    y: { label: null, domain: bars.map(({ map }) => map) },
    marginLeft: 100,
    marginRight: 50,
    height: 220,
    marks: [
      Plot.barX(bars, { x: 'dB', y: 'map', fill: 'fill' }),
      Plot.text(bars, { ...end, fill: ink.theory }),
    ],
  }),
);

check(
  'dB of PSNR won over the best affine map for all',
  network - linear,
  {
    above: 0.5,
    because: 'a map for each image can do what one for all cannot',
    breaks: { unit: 'all open' },
  },
);
