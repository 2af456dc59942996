import type * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, ink, nn, Plot, select } from 'lab';
import { show, slider, toNumber } from 'lab';
import { readOut, stream } from './mechanism';
import { deep, images, labels, shallow } from './networks';

const half = select('half', {
  label: 'left out is the',
  options: ['second half', 'first half'],
});
const first = slider('first', {
  label: 'left out by hand, from layer',
  min: 1,
  max: 12,
  value: 10,
  step: 1,
});
const count = slider('count', {
  label: 'and so many layers',
  min: 0,
  max: 12,
  value: 3,
  step: 1,
});

const right = (h: tf.Tensor, net: typeof deep) =>
  toNumber(nn.accuracy(readOut(h, net), labels));
const { states } = stream(images, deep);
const low = stream(images, shallow).states;
const kept = chart('kept', {
  title: 'Accuracy with the first layers only',
  over: 'share',
  x: { label: 'layers kept, share of the depth', percent: true },
  y: { label: 'test accuracy', percent: true, domain: [0, 100] },
  lines: { shallow: baseline('4 layers'), deep: '12 layers' },
});
for (const [k, h] of states.entries())
  kept.add({
    share: k / 12,
    deep: await right(h, deep),
    shallow:
      k % 3 === 0 ? await right(low[k / 3], shallow) : Number.NaN,
  });

const without = (from: number, count: number) => {
  const skip = Array.from({ length: count }, (_, i) => from + i);
  return right(stream(images, deep, skip).states.at(-1)!, deep);
};
const whole = kept.last!.deep;
const [early, late] = [await without(0, 6), await without(6, 6)];
const byHand = await without(first - 1, count);
const left = [
  { left: 'nothing', right: whole },
  { left: 'layers 1 to 6', right: early },
  { left: 'layers 7 to 12', right: late },
  { left: 'by hand', right: byHand },
];
show(
  'halves',
  Plot.plot({
    title: 'Accuracy with layers left out, and no retraining',
    height: 170,
    marginLeft: 96,
    x: { label: 'test accuracy', percent: true, domain: [0, 100] },
    y: { label: null, domain: left.map((row) => row.left) },
    marks: [
      Plot.barX(left, {
        x: 'right',
        y: 'left',
        fill: ink.mechanism,
      }),
    ],
  }),
);
const lost = whole - (half === 'second half' ? late : early);
check('digits lost with the chosen half', lost, {
  below: 0.1,
  because: 'the second half refines, and six layers had sufficed',
  breaks: { half: 'first half' },
});
const four = await right(low.at(-1)!, shallow);
check(
  'distance of twelve layers from four in accuracy',
  Math.abs(whole - four),
  {
    below: 0.05,
    because: 'three times the depth finds no more to do',
    breaks: { network: 'random' },
  },
);
