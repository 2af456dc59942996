import { chart, images, select, show, slider, toArray } from 'lab';
import { interpreter, votes } from './mechanism';
import { classifier, digits, unit } from './networks';

const digit = slider('digit', {
  label: 'digit shown',
  min: 0,
  max: 9,
  value: 4,
  step: 1,
});
const depth = select('depth', {
  label: 'convolutions',
  options: [2, 4, 8],
});

const x0 = digits.slice([digit], [1]);
const { F, r, y } = interpreter(classifier(depth), unit, x0);
const v = votes(F, x0);
const maps = v.reshape([10, 14, 14]);
show(
  'votes',
  await images(
    {
      'for 0 to 4': maps.slice([0], [5]),
      'for 5 to 9': maps.slice([5], [5]),
    },
    {
      title: `How each pixel of a ${digit} votes on the ten classes`,
      palette: 'diverging',
      range: [-2, 2],
    },
  ),
);

const [pixels] = await toArray<number[][]>(v.sum(2));
const [biases] = await toArray<number[][]>(r);
const [logits] = await toArray<number[][]>(y);
chart('sums', {
  title: `The votes on a ${digit} counted, and what the biases add`,
  over: 'c',
  x: { label: 'class c', ticks: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
  y: { label: 'logit' },
  bounds: [{ y: 0 }],
  lines: {
    biases: { label: 'bias r', as: 'series 1', dots: 'only' },
    pixels: { label: 'votes', dots: 'only' },
    logits: { label: 'both', as: 'theory' },
  },
}).add(
  ...pixels.map((sum, c) => ({
    c,
    pixels: sum,
    biases: biases[c],
    logits: logits[c],
  })),
);
