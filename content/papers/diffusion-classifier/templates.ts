import * as tf from '@tensorflow/tfjs';
import { images, random, show } from 'lab';
import { block, noiseStep } from './choice';
import { denoise, noisy, type Weights } from './mechanism';
import { chosen, codeOf, kept, test, train } from './networks';
import { untrained } from './networks';
import { labelled, learn } from './probe';

type T = tf.Tensor;

// 50 digits, ten times: once for each class that is asked for.
const noisyOf = (x: T) =>
  noisy(x, random.normal(x.shape), kept[noiseStep]);
const known = noisyOf(labelled);
const asked = noisyOf(test.x.slice([0], [50])).tile([10, 1]);
const asking = Array.from(Array(500), (_, i) => Math.floor(i / 50));
const mask = tf.oneHot(tf.tensor1d(asking, 'int32'), 10);
const spread = tf.moments(train.x, 0).variance.sqrt();

/**
 * The slope of each class's score, times how much a pixel varies,
 * divided by its largest entry: [10, 14, 14].
 */
async function template(features: (x: T) => T) {
  const read = await learn(features(known).expandDims(0));
  const score = (x: T) =>
    read(features(x).expandDims(0)).squeeze([0]).mul(mask).sum();
  const slope = tf
    .grad(score)(asked)
    .reshape([10, 50, 196])
    .mean(1);
  const visible = slope.mul(spread);
  const most = visible.abs().max(1, true);
  return visible.div(most).reshape([10, 14, 14]);
}
const of = (weights: Weights) => (x: T) =>
  denoise(x, codeOf([noiseStep]), weights).blocks[block - 1];
const name = `this network, block ${block}`;
const rows = {
  pixels: await template((x) => x),
  [`untrained, block ${block}`]: await template(of(untrained)),
  [name]: await template(of(chosen)),
};
show(
  'templates',
  await images(rows, {
    inks: { pixels: 'baseline', [name]: 'mechanism' },
    title:
      'Which pixels speak for a digit (blue) and against it (red)',
    palette: 'diverging',
    columns: [...'0123456789'],
  }),
);
