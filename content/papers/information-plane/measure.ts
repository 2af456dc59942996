import * as tf from '@tensorflow/tfjs';
import { select, steps, toArray } from 'lab';
import { binsOf, codesOf, informationOf } from './mechanism';
import { layersOf } from './mechanism';
import { bySet, f, inputs, layersIn, nets } from './networks';
import { sets, snapshots, type Weights } from './networks';
import { labels } from './task';

export const numBins = select('numBins', {
  label: 'bins for each unit',
  options: [5, 30, 480, 7680],
  value: 30,
});

/** The hidden layers on all patterns: six of [4096, nets, w]. */
export const hidden = (now: Weights) =>
  layersOf(inputs, layersIn(now), f)
    .slice(0, 6)
    .map((t) => t.reshape([4096, nets, -1]));

/** I(X;T) and I(T;Y) of a layer [4096, nets, w], for each net. */
const ys = await toArray<number[]>(labels);
export async function measure(
  t: tf.Tensor,
  numBins: number,
  unit = f,
) {
  // ReLU has no end, so its bins reach as far as it does.
  const reach = t.abs().max([0, 2], true).add(1e-9);
  const range = unit === tf.tanh ? 1 : reach;
  const bins = binsOf(t, numBins, range).transpose([1, 0, 2]);
  const values = await toArray<number[]>(bins.reshape([-1]));
  const size = values.length / nets;
  return Array.from({ length: nets }, (_, net) => {
    const own = values.slice(net * size, (net + 1) * size);
    return informationOf(codesOf(own, size / 4096), ys);
  });
}

// Every layer at every moment: means of either three nets.
export type Name = keyof typeof sets;
export type Point = {
  name: Name;
  set: string;
  step: number;
  layer: number;
  infoInput: number;
  infoLabel: number;
};
export const points: Point[] = [];
for await (const i of steps(snapshots.length, 'measuring')) {
  const { step, now } = snapshots[i];
  for (const [l, t] of hidden(now).entries()) {
    const each = await measure(t, numBins);
    const input = bySet(each.map(({ infoInput }) => infoInput));
    const label = bySet(each.map(({ infoLabel }) => infoLabel));
    for (const name of ['slow', 'fast'] as const) {
      points.push({
        name,
        set: sets[name],
        step,
        layer: l + 1,
        infoInput: input[name],
        infoLabel: label[name],
      });
    }
  }
}
