import * as tf from '@tensorflow/tfjs';
import { check, ink, Plot, show, steps, toArray } from 'lab';
import { training } from './experiment';
import { readOut, states } from './mechanism';
import { names, trained } from './networks';
import { digits, numBlocks, numUnits, pick, toAll } from './sizes';

type T = tf.Tensor;

// Each unit in turn is taken out of the whole networks, eight units
// at a time side by side in the batch.
const [count, together] = [200, 8];
const net = pick(trained, 0, names.length);
const truth = tf.oneHot(digits.test.y.slice(0, count), 10);
const x = digits.test.x.slice([0], [count]);

/** Mean loss of each network for each mask: [k, n] → [3, k]. */
function losses(masks: T) {
  const k = masks.shape[0];
  const many = toAll(x.tile([k, 1]), names.length);
  const rows = masks.expandDims(1).tile([1, count, 1]);
  const stages = toAll(rows.reshape([-1, numUnits]), names.length);
  const all = tf.stack(Array(numBlocks + 1).fill(stages));
  const z = readOut(states(many, net, all).at(-1)!, net);
  const told = z.mul(truth.toFloat().tile([k, 1])).sum(-1);
  const loss = tf.logSumExp(z, -1).sub(told);
  return loss.reshape([names.length, k, count]).mean(-1);
}

const none = losses(tf.ones([1, numUnits]));
const without = tf.sub(1, tf.eye(numUnits));
const rises: { unit: number; rise: number; name: string }[] = [];
for await (const i of steps(numUnits / together, 'deleting')) {
  const masks = without.slice([i * together], [together]);
  const rise = losses(masks).sub(none);
  const found = await toArray<number[][]>(rise);
  for (const [k, name] of names.entries())
    for (const [j, rise] of found[k].entries())
      rises.push({ unit: i * together + j + 1, rise, name });
}

const bars = { x: 'unit', y: 'rise', fy: 'name' };
const shown = ['sorted', 'cut'];
const of = (name: string) =>
  rises.filter((row) => row.name === name);
show(
  'order',
  Plot.plot({
    title: 'How much the loss rises when one unit is deleted',
    height: 300,
    x: { label: 'number of the unit', ticks: [1, 16, 32, 48, 64] },
    y: { label: 'rise of the test loss' },
    fy: { label: null, domain: shown },
    marks: [
      Plot.barY(of('sorted'), { ...bars, fill: ink.mechanism }),
      Plot.barY(of('cut'), { ...bars, fill: ink.broken }),
    ],
  }),
);

const total = (rows: typeof rises) =>
  rows.reduce((sum, { rise }) => sum + rise, 0);
const mine = of(training);
const first = mine.filter(({ unit }) => unit <= mine.length / 4);
check(
  'part of all rises in the first quarter of the units',
  total(first) / total(mine),
  {
    above: 0.4,
    because: 'the first units serve nearly every sub-model',
    breaks: { training: 'cut' },
  },
);
