import * as tf from '@tensorflow/tfjs';
import { images, Plot, show, slider, toArray, toNumber } from 'lab';
import { mnist, numBlocks, runChain } from './blocks';
import { trained } from './experiment';
import { feed } from './inference';
import { rule } from './perfect';

const digit = slider('digit', {
  label: 'test digit shown',
  min: 0,
  max: 99,
  value: 0,
  step: 1,
});

const x = mnist.test.x.slice([digit, 0], [1, 196]);
const truth = await toNumber(mnist.test.y.slice([digit], [1]));
const picture = x.reshape([1, 14, 14]).div(2).add(0.15);
const image = { [`x, a ${truth}`]: picture };
show('image', await images(image, { range: [0, 1] }));

const { states } = runChain(x, trained, rule, feed);
const values = await toArray<number[][]>(tf.concat(states));
const said = await toNumber(states[numBlocks].argMax(1));
const blocks = values.map((_, t) => (t === 0 ? 'noise' : `${t}`));
const cells = values.flatMap((row, t) =>
  row.map((z, label) => ({ block: blocks[t], label, z })),
);
show(
  'chain',
  Plot.plot({
    title: `From noise to a class: this ${truth} ends at ${said}`,
    x: { label: 'state after block', domain: blocks },
    y: { label: 'class' },
    color: {
      type: 'diverging',
      label: 'state z, cut at ±1',
      domain: [-1, 1],
      clamp: true,
    },
    marks: [
      Plot.cell(cells, { x: 'block', y: 'label', fill: 'z' }),
    ],
  }),
);
