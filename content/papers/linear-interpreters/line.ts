import * as tf from '@tensorflow/tfjs';
import { chart, slider, theory, toArray, toNumber } from 'lab';
import { firstFlip, halve, pass } from './mechanism';
import { digits, superRes, unit } from './networks';
import { image } from './reading';

const far = slider('far', {
  label: 'share of the way to the next image',
  min: 0.001,
  max: 1,
  value: 0.2,
  scale: 'log',
});

// From the chosen image towards the next: x₀ + t d.
const pictures = halve(digits.gather([image, (image + 1) % 40]));
const [x0, next] = tf.split(pictures, 2);
const d = next.sub(x0);
const layers = pass(superRes, unit, [x0, d], 0);
const [y, slope] = layers.at(-1)!; // slope is F d
const first = await toNumber(firstFlip(layers).squeeze([0]));

const share = [...Array(25).keys()].map((i) => (far * i) / 24);
const t = tf.tensor4d(share, [25, 1, 1, 1]);
const x = x0.add(d.mul(t));
const [there] = pass(superRes, unit, [x, x], 1).at(-1)!;
const tangent = y.add(slope.mul(t));

// Drawn is the output pixel that F moves most.
const pixel = await toNumber(slope.flatten().abs().argMax());
const bright = (x: tf.Tensor) =>
  toArray<number[]>(x.reshape([25, 196]).gather(pixel, 1));
const network = await bright(there);
const replay = await bright(tangent);
chart('line', {
  title: 'One output pixel on the way to the next image',
  over: 't',
  x: { label: 'share t of the way', domain: [0, far] },
  y: { label: 'brightness' },
  bounds: first < far ? [{ x: first, label: 't*' }] : [],
  lines: {
    replay: theory('F x + r'),
    network: { label: 'the network', dots: 'only' },
  },
}).add(
  ...share.map((t, i) => ({
    t,
    network: network[i],
    replay: replay[i],
  })),
);
