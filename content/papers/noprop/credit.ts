import * as tf from '@tensorflow/tfjs';
import { check, gradients, ink, parameters, Plot } from 'lab';
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

// As a share of its own block's; shaded by the logarithm.
const rows: { loss: number; block: number; pull: number }[][] = [];
for await (const feed of steps([fed, feeds['previous block']])) {
  const table = (await pulls(feed)).map((row, t) =>
    row.map((pull, s) => {
      return { loss: t + 1, block: s + 1, pull: pull / row[t] };
    }),
  );
  rows.push(table.flat());
}
const cells = (at: number, ways: string, fill: string) => {
  const drawn = rows[at].filter(({ pull }) => pull > 0);
  const data = drawn.map((row) => {
    const shade = Math.max(0.08, 1 + Math.log10(row.pull) / 4.5);
    return { ...row, ways, shade };
  });
  const place = { x: 'block', y: 'loss', fx: 'ways' };
  return Plot.cell(data, { ...place, fill, fillOpacity: 'shade' });
};
show(
  'pulls',
  Plot.plot({
    title: 'A loss moves its own block, and no other',
    x: { label: 'block whose weights are pulled' },
    y: { label: 'loss that pulls, by block' },
    opacity: { domain: [0, 1], range: [0, 1] },
    marks: [
      cells(0, 'as trained here', ink.mechanism),
      cells(1, 'through the chain', ink.baseline),
    ],
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
