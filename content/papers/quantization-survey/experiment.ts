import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, random, slider, steps } from 'lab';
import { equaliser, rounded, symmetric } from './mechanism';
import { accuracy, net, rescaled, withWeights } from './network';

const spread = slider('spread', {
  label: 'channels scaled by up to',
  min: 1,
  max: 16,
  value: 16,
  scale: 'log',
});

// The same function, its channels uneven. Powers of two are exact.
const power = () => (2 * random.number() - 1) * Math.log2(spread);
const scaled = () => 2 ** Math.round(power());
const s = Array.from({ length: 64 }, scaled);
const uneven = rescaled(net, 0, tf.tensor2d([s]));

// The same function again, its channels made even.
let even = uneven;
for (let sweep = 0; sweep < 8; sweep++) {
  for (const layer of [0, 1]) {
    const s = equaliser(even.w[layer], even.w[layer + 1]);
    even = rescaled(even, layer, s);
  }
}

type Scales = (w: tf.Tensor, bits: number) => tf.Tensor;
const perLayer: Scales = (w, bits) =>
  rounded(w, symmetric(w.abs().max(), bits));
const perChannel: Scales = (w, bits) =>
  rounded(w, symmetric(w.abs().max(0, true), bits));
const all = (net: typeof uneven, scales: Scales, bits: number) =>
  accuracy(withWeights(net, (w) => scales(w, bits)));

const float = await accuracy(uneven);
const curves = chart('accuracy', {
  title: 'One function, its weights rounded in three ways',
  over: 'bits',
  x: { label: 'bits a weight', reverse: true },
  y: {
    label: 'test accuracy',
    percent: true,
    domain: [0, 100],
  },
  bounds: [{ y: float, label: 'float weights' }],
  lines: {
    layer: baseline('a scale a layer'),
    channel: { label: 'a scale a channel', as: 'series 2' },
    equalised: 'equalised',
  },
});
for await (const bits of steps([8, 7, 6, 5, 4, 3, 2], 'bits')) {
  const layer = await all(uneven, perLayer, bits);
  const channel = await all(uneven, perChannel, bits);
  const equalised = await all(even, perLayer, bits);
  curves.add({ bits, layer, channel, equalised });
}

const first = (scales: Scales) =>
  accuracy(withWeights(uneven, (w, i) => (i ? w : scales(w, 4))));
const gain = (await first(perChannel)) - (await first(perLayer));
check(
  'accuracy won by a scale a channel, layer 1 at 4 bits',
  gain,
  {
    above: 0.2,
    because: 'a channel’s own scale follows its range',
    breaks: { spread: 1 },
  },
);
const { equalised, layer } = curves.at(4);
check(
  'accuracy won by equalising, all layers at 4 bits',
  equalised - layer,
  {
    above: 0.6,
    because: 'formula (4) changes ranges, not the function',
    breaks: { spread: 1 },
  },
);
