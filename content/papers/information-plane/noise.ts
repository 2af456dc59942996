import * as tf from '@tensorflow/tfjs';
import { baseline, chart, random, steps, toArray } from 'lab';
import { layersOf, signalToNoise } from './mechanism';
import { batch, bySet, f, inputs, masks } from './networks';
import { nets, sets, snapshots } from './networks';
import { labels, train, trained } from './task';

// Each snapshot eight times over, each with a batch of its own.
const batches = 8;
const copies = (x: tf.Tensor) =>
  tf.tile(x.expandDims(0), [batches, 1, 1]);
const snr = chart('snr', {
  title: 'How much of the gradient of layer 3 all batches share',
  over: 'step',
  x: { label: 'training step' },
  y: { type: 'log', label: 'signal to noise of the gradient' },
  bounds: [{ y: (batches - 1) ** -0.5, label: 'noise alone' }],
  lines: { slow: baseline(sets.slow), fast: sets.fast },
});
const half = Math.ceil(snapshots.length / 2);
for await (const i of steps(half, 'eight batches each')) {
  const { step, now } = snapshots.at(-1 - 2 * (half - 1 - i))!;
  const draw = random.integers([batches * batch], 0, trained);
  const which = train.gather(draw.toInt()).toInt();
  const size = [batches, batch, nets];
  const x = inputs.gather(which).reshape([batches, batch, -1]);
  const y = tf.oneHot(labels.gather(which).toInt(), 2);
  const truth = y.reshape([batches, batch, 1, 2]);
  const loss = (...all: tf.Tensor[]) => {
    const layers = Object.keys(masks).map((_, l) => ({
      w: all[2 * l],
      b: all[2 * l + 1],
    }));
    const out = layersOf(x, layers, f).at(-1)!;
    const log = tf.logSoftmax(out.reshape([...size, 2]));
    return log.mul(truth).sum().div(-batch);
  };
  const all = Object.values(now).map(copies);
  const gradient = tf.grads(loss)(all)[4].mul(masks.w2);
  const each = await toArray<number[]>(
    signalToNoise(gradient, nets),
  );
  snr.add({ step, ...bySet(each) });
}
