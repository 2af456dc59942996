import * as tf from '@tensorflow/tfjs';
import { check, gradients, parameters, Plot } from 'lab';
import { show, steps, toArray } from 'lab';
import { fed, feeds, mnist, newBlocks } from './blocks';
import { numBlocks, oneHot } from './blocks';
import { losses } from './mechanism';

// How strongly does each loss pull on each block's weights?
const net = parameters(newBlocks());
const x = mnist.train.x.slice([0], [64]);
const label = oneHot(mnist.train.y.slice([0], [64]));

async function pulls(feed: typeof fed) {
  const rows: number[][] = [];
  for (let t = 0; t < numBlocks; t++) {
    const only = tf.oneHot([t], numBlocks).reshape([-1]);
    const { gradients: all } = gradients(net, (stack) =>
      losses(feed(x, label, stack), label, only).sum(),
    );
    const squares = Object.values(all).map((g) =>
      g.square().reshape([numBlocks, -1]).sum(1),
    );
    rows.push(await toArray(tf.addN(squares).sqrt()));
  }
  return rows;
}

// As a share of its own block's; none is no square.
const rows: { loss: number; block: number; pull: number }[][] = [];
for await (const feed of steps([fed, feeds['previous block']])) {
  const table = (await pulls(feed)).map((row, t) =>
    row.map((pull, s) => {
      return { loss: t + 1, block: s + 1, pull: pull / row[t] };
    }),
  );
  rows.push(table.flat());
}
const cells = (at: number, ways: string) =>
  rows[at]
    .filter(({ pull }) => pull > 0)
    .map((row) => ({ ...row, ways, power: Math.log10(row.pull) }));
const drawn = [
  ...cells(0, 'as trained here'),
  ...cells(1, 'through the chain'),
];
const place = { x: 'block', y: 'loss', fx: 'ways' };
show(
  'pulls',
  Plot.plot({
    title: 'Which loss pulls on the weights of which block',
    x: { label: 'block whose weights are pulled' },
    y: { label: 'loss that pulls, by block' },
    color: {
      label: 'log₁₀ of the pull',
      domain: [-5, 0],
      clamp: true,
    },
    marks: [Plot.cell(drawn, { ...place, fill: 'power' })],
  }),
);

const others = rows[0].filter(({ loss, block }) => loss !== block);
const reach = Math.max(...others.map(({ pull }) => pull));
check(
  "strongest pull of a loss on another block's weights",
  reach,
  {
    below: 1e-6,
    because: 'inputs drawn from the label carry no gradient',
    breaks: { trainOn: 'previous block', updates: 50 },
  },
);
