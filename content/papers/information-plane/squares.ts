import * as tf from '@tensorflow/tfjs';
import { baseline, chart, images, select } from 'lab';
import { show, toArray } from 'lab';
import { hidden } from './measure';
import { binsOf } from './mechanism';
import { bySet, nets, sets, snapshots } from './networks';
import { labels } from './task';

const pictured = select('pictured', {
  label: 'which of the three nets',
  options: [1, 2, 3],
});

// The 30 × 30 bins of the layer of two units, and what is in each:
// the colour says which label prevails, its depth how many.
const ones = (bin: tf.Tensor) => tf.oneHot(bin, 30).toFloat();
const sign = labels.mul(2).sub(1).expandDims(1);
function square(t: tf.Tensor) {
  const bins = binsOf(t, 30, 1).toInt();
  const [rows, columns] = bins.unstack(1).map(ones);
  const all = tf.matMul(rows, columns, true);
  const both = tf.matMul(rows, columns.mul(sign), true);
  const depth = all.add(1).log().div(Math.log(2));
  return both.divNoNan(all).mul(depth);
}

const saturation = chart('saturation', {
  title: 'Activations of layer 3 that are beyond ±0.95',
  over: 'step',
  x: { label: 'training step' },
  y: { label: 'share beyond ±0.95', percent: true },
  lines: { slow: baseline(sets.slow), fast: sets.fast },
});
const drawn = [0, 150, 300, 600];
const fast: tf.Tensor[] = [];
const slow: tf.Tensor[] = [];
for (const { step, now } of snapshots) {
  const layers = hidden(now);
  const ends = layers[2].abs().greater(0.95).mean([0, 2]);
  saturation.add({ step, ...bySet(await toArray(ends)) });
  if (!drawn.includes(step)) continue;
  const last = layers[5].unstack(1);
  fast.push(square(last[pictured - 1]));
  slow.push(square(last[nets / 2 + pictured - 1]));
}

const rows = {
  [sets.slow]: tf.stack(slow),
  [sets.fast]: tf.stack(fast),
};
show(
  'squares',
  await images(rows, {
    title: 'All 4,096 patterns in the bins of a layer of two units',
    columns: drawn.slice(0, fast.length).map((n) => `step ${n}`),
    palette: 'diverging',
    range: [-4, 4],
  }),
);
