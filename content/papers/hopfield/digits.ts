import * as tf from '@tensorflow/tfjs';
import { check, data, images, show, slider, toNumber } from 'lab';
import { weigh } from './experiment';

const beta = slider('beta', {
  label: 'inverse temperature β',
  min: 0.05,
  max: 64,
  value: 8,
  scale: 'log',
});
const stored = slider('stored', {
  label: 'digits stored',
  min: 10,
  max: 1000,
  value: 30,
  step: 1,
  scale: 'log',
});

const { train } = await data.mnist({
  size: 8,
  train: 1000,
  test: 0,
});
const all = train.x.reshape([1000, 64]).mul(2).sub(1);
const patterns = all.slice([0], [stored]);

// The upper half of each digit is kept, the lower half unknown.
const half = tf.concat([tf.ones([32]), tf.zeros([32])]);
const cues = patterns.mul(half);

const recall = (b: number) =>
  tf.matMul(weigh(cues, patterns, b), patterns);
const found = recall(beta);

const shown = (x: tf.Tensor) =>
  x.slice([0], [6]).reshape([6, 8, 8]);
const chosen = `one update, β = ${Number(beta.toPrecision(2))}`;
show(
  'digits',
  await images(
    {
      'the cue: lower half unknown': shown(cues),
      'one update, β = 0.01': shown(recall(0.01)),
      'one update, β = 0.3': shown(recall(0.3)),
      [chosen]: shown(found),
      'the stored pattern': shown(patterns),
    },
    {
      title: 'Half a digit is enough: one update recalls the rest',
      range: [-1, 1],
      inks: { [chosen]: 'mechanism' },
    },
  ),
);

// Which stored digit is the recalled one nearest to?
const distance = found
  .expandDims(1)
  .sub(patterns.expandDims(0))
  .square()
  .sum(2);
const own = tf.range(0, stored, 1, 'int32');
const right = distance.argMin(1).equal(own).mean();

check(
  'share of half digits completed to the right one',
  await toNumber(right),
  {
    above: 0.8,
    because: 'at large β the nearest pattern takes all the weight',
    breaks: { beta: 0.05 },
  },
);
