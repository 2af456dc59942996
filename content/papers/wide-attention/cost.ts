import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, ink, Plot, show } from 'lab';
import { tasks, theory, variant } from 'lab';
import { chain, headByHead, weightsOf } from './mechanism';
import { type Mix, readLists, shapes, sizes } from './networks';
import { together, trained } from './networks';

const orders = { together, 'one by one': headByHead };
const label = 'the heads of a layer run';
const mix = variant('order', orders, { label });

// Weights of the layers, formula (3).
const bars = shapes.flatMap(({ name, ...shape }) => {
  const parts = weightsOf(shape, sizes);
  return [
    { name, part: 'attention', weights: parts.attention },
    { name, part: 'feed-forward', weights: parts.feedForward },
  ];
});
const sums = shapes.map(({ name, ...shape }) => {
  const { attention, feedForward } = weightsOf(shape, sizes);
  return { name, weights: attention + feedForward };
});
show(
  'size',
  Plot.plot({
    title:
      'Attention weighs the same; each layer adds a feed-forward',
    height: 220,
    marginRight: 56,
    x: { label: 'weights in the layers', ticks: 5 },
    y: {
      label: 'layers × heads',
      domain: shapes.map(({ name }) => name),
    },
    color: {
      legend: true,
      domain: ['attention', 'feed-forward'],
      range: [ink.mechanism, ink.baseline],
    },
    marks: [
      Plot.barX(bars, { y: 'name', x: 'weights', fill: 'part' }),
      Plot.text(sums, {
        y: 'name',
        x: 'weights',
        text: 'weights',
        textAnchor: 'start',
        dx: 6,
      }),
    ],
  }),
);

// Operations that one list takes.
const { tokens } = tasks.pointer(1);
async function count(shape: (typeof shapes)[number], how: Mix) {
  const net = trained('one', shape.layers);
  const { kernels } = await tf.profile(() =>
    readLists(tokens, net, shape.heads, how),
  );
  return kernels.length;
}
const relative = async (how: Mix) => {
  const counts: number[] = [];
  for (const shape of shapes) counts.push(await count(shape, how));
  return counts.map((operations) => operations / counts[0]);
};
const run = await relative(mix);
const apart = await relative(headByHead);
const work = chart('work', {
  title: 'Operations for one answer, single layer = 1',
  over: 'layers',
  x: {
    label: 'layers, with eight heads in all',
    ticks: [1, 2, 4, 8],
  },
  y: { label: 'operations', domain: [0, 8] },
  lines: {
    products: theory('6 L products'),
    apart: baseline('heads one by one'),
    run: mix === together ? 'heads together' : 'as chosen',
  },
}).add(
  ...shapes.map(({ layers }, i) => ({
    layers,
    products: chain(layers) / chain(1),
    apart: apart[i],
    run: run[i],
  })),
);
check('operations of eight layers, one layer = 1', work.last.run, {
  above: 4,
  because: 'heads of a layer run at once, layers wait: formula (4)',
  breaks: { order: 'one by one' },
});
