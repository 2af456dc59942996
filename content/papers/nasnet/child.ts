import * as tf from '@tensorflow/tfjs';
import { adam, baseline, batches, broken, chart, data } from 'lab';
import { parameters, random, slider, steps, toArray } from 'lab';
import { network, weights } from './network';
import { space } from './space';
import { proxy } from './table';
import { chosen } from './found';

const updates = slider('updates', {
  label: 'updates of the children',
  min: 5,
  max: 100,
  step: 5,
  value: 10,
});

// The first cell found, and the space at two of its quantiles.
const order = [...space.keys()].sort((a, b) => proxy[a] - proxy[b]);
const at = (share: number) =>
  space[order[Math.floor(share * space.length)]];
const cells = [chosen[0].cell, at(0.5), at(0.05)];

// The proxy of the table: digits of 8 × 8, one cell a stage.
const set = await data.mnist({ size: 8, train: 1000, test: 300 });
const size = { copies: 1, filters: 8 };
const net = parameters(weights(random, cells, 8, size));
const optimiser = adam(net, { rate: 0.015, beta2: 0.99 });
const batch = batches(set.train, 32);
const told = (x: tf.Tensor) =>
  network(x.squeeze([3]), cells, net.values(), 1);
const right = () =>
  toArray<number[]>(
    told(set.test.x).argMax(-1).equal(set.test.y).mean(1),
  );

const children = chart('children', {
  title: 'Three children, trained here from one start',
  over: 'update',
  x: { label: 'updates' },
  y: { label: 'test accuracy', percent: true },
  lines: {
    worst: broken('95th of 100'),
    half: baseline('50th of 100'),
    found: 'found',
  },
});
async function measure(update: number) {
  const [found, half, worst] = await right();
  children.add({ update, found, half, worst });
}
await measure(0);
for await (const step of steps(updates, 'children')) {
  optimiser.rate =
    0.0075 * (1 + Math.cos((Math.PI * step) / updates));
  const { x, y } = batch.next().value;
  const wanted = tf.oneHot(y.toInt(), 10, 1, 0, 'float32');
  await optimiser.step((w) => {
    const z = network(x.squeeze([3]), cells, w, 1);
    return z.logSumExp(-1).sub(z.mul(wanted).sum(-1)).mean();
  });
  if (step % 5 === 4) await measure(step + 1);
}
