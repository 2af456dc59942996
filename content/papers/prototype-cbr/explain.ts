import * as tf from '@tensorflow/tfjs';
import { images, ink, Plot, show, slider, toArray } from 'lab';
import { sortedBy, standsFor } from './experiment';
import { contributions } from './mechanism';
import { decode, encode, end, m, test } from './networks';
import { distances } from './reading';

const image = slider('image', {
  label: 'test image',
  min: 0,
  max: 999,
  value: 22,
  step: 1,
});
const x = test.x.gather([image]);
const apart = distances.gather(0).gather(image); // [m]
const terms = contributions(apart, end.classWeights.gather(0));

// The two best digits, and each prototype's part in the lead.
const total = await toArray<number[]>(terms.sum(0));
const [second, first] = sortedBy(total).slice(-2);
const w = await toArray<number[][]>(terms);
const digits = (await toArray<number[][]>(standsFor))[0];
const d = await toArray<number[]>(apart);
const order = sortedBy(d);

// The image; its code on the way to the nearest prototype.
const code = encode(x, end); // [3, 1, 12]
const goal = end.prototypes.gather([order[0]], 1);
const way = tf.linspace(0, 1, 6).expandDims(1);
const walk = decode(code.add(goal.sub(code).mul(way)), end);
const six = order.slice(0, 6);
const near = decode(end.prototypes, end).gather(0).gather(six);
const square = (x: tf.Tensor) => x.reshape([-1, 14, 14]);
const truth = (await toArray<number[]>(test.y.gather([image])))[0];
show(
  'neighbours',
  await images(
    {
      'the image': square(x),
      'redrawn, then moved': square(walk.gather(0)),
      'nearest prototypes': square(near),
    },
    {
      title: `A ${truth}, read as ${first}, and what is near it`,
      columns: six.map((j) => d[j].toFixed(1)),
      range: [0, 1],
      inks: { 'nearest prototypes': 'mechanism' },
    },
  ),
);

// From one bar to the next, up to the lead.
const names = [`a ${first}`, `a ${second}`, 'another'];
function kind(digit: number) {
  if (digit === first) return names[0];
  return digit === second ? names[1] : names[2];
}
let to = 0;
const bars = order.map((j, i) => {
  const from = to;
  to += w[j][first] - w[j][second];
  const [x, top] = [i + 1, Math.max(from, to)];
  const stands = kind(digits[j]);
  return {
    x,
    x1: x - 0.4,
    x2: x + 0.4,
    from,
    to,
    top,
    stands,
    digit: digits[j],
  };
});
const place = { x1: 'x1', x2: 'x2', y1: 'from', y2: 'to' };
show(
  'lead',
  Plot.plot({
    title: `How ${first} leads ${second}, prototype by prototype`,
    x: { label: 'prototypes, the nearest first', ticks: [1, m] },
    y: {
      label: `score of ${first}, less that of ${second}`,
      nice: true,
    },
    color: {
      legend: true,
      domain: names,
      range: [ink.mechanism, ink.series[1], ink.muted],
    },
    marks: [
      Plot.ruleY([0]),
      Plot.rect(bars, { ...place, fill: 'stands' }),
      Plot.text(bars, { x: 'x', y: 'top', text: 'digit', dy: -8 }),
    ],
  }),
);
