import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, mean, steps } from 'lab';
import { hidden, measure, numBins } from './measure';
import { layersOf } from './mechanism';
import { bySet, f, inputs, layersIn } from './networks';
import { nets, sets, snapshots } from './networks';

// No training at all: the first weights, times a factor.
const stretching = chart('stretching', {
  title: 'Weights that have learnt nothing, made larger',
  over: 'factor',
  x: {
    type: 'log',
    label: 'factor on the untrained weights',
    ticks: [0.5, 1, 2, 4, 8, 16],
  },
  y: { label: 'I(X;T) of layer 3, bits', domain: [0, 12.5] },
  lines: {
    relu: baseline('ReLU'),
    own: f === tf.relu ? 'ReLU' : 'tanh',
  },
});
const start = layersIn(snapshots[0].now).slice(0, 4);
const third = (unit: typeof f, factor: number) => {
  const larger = start.map(({ w, b }) => ({ w: w.mul(factor), b }));
  const layer = layersOf(inputs, larger, unit)[2];
  return layer.reshape([4096, nets, -1]);
};
for await (const factor of steps([0.5, 1, 2, 4, 8, 16])) {
  const bits = async (unit: typeof f) => {
    const layer = third(unit, factor);
    const each = await measure(layer, numBins, unit);
    return mean(each.map((net) => net.infoInput));
  };
  stretching.add({
    factor,
    own: await bits(f),
    relu: await bits(tf.relu),
  });
}
check(
  'bits lost when untrained weights grow 16-fold',
  stretching.at(1).own - stretching.at(16).own,
  {
    above: 3,
    because:
      'larger weights push tanh into its ends, where bins are few',
    breaks: { units: 'ReLU' },
  },
);

// The last activations under finer and finer bins.
const ruler = chart('ruler', {
  title: 'The same activations, counted with finer bins',
  over: 'bins',
  x: { type: 'log', label: 'bins for each unit' },
  y: { label: 'I(X;T) of layer 3, bits', domain: [0, 12.5] },
  bounds: [{ y: 12, label: 'all 4,096 patterns told apart' }],
  lines: { slow: baseline(sets.slow), fast: sets.fast },
});
const end = snapshots.at(-1)!.now;
const layer = hidden(end)[2];
for await (const bins of steps([
  2, 5, 15, 30, 120, 480, 1920, 7680,
])) {
  const each = await measure(layer, bins);
  ruler.add({ bins, ...bySet(each.map((net) => net.infoInput)) });
}
const coarse = await measure(layer, numBins);
const found =
  ruler.last.fast - bySet(coarse.map((net) => net.infoInput)).fast;
check('bits of layer 3 that finer bins find again', found, {
  above: 1,
  because:
    'the net is deterministic: nothing is lost but to the bins',
  breaks: { numBins: 7680 },
});
