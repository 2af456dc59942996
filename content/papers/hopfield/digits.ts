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

// Digits of 8 × 8 pixels in [−1, 1]; the cue keeps the upper half.
const { train } = await data.mnist({
  size: 8,
  train: stored,
  test: 0,
});
const patterns = train.x.reshape([stored, 64]).mul(2).sub(1);
const upper = tf.concat([tf.ones([32]), tf.zeros([32])]);
const cues = patterns.mul(upper);
const recall = (b: number) =>
  tf.matMul(weigh(cues, patterns, b), patterns);

const found = recall(beta);
const unknown = tf.sub(upper, 1); // drawn as blank paper
const six = (x: tf.Tensor) => x.slice([0], [6]).reshape([6, 8, 8]);
const chosen = `one update, β = ${Number(beta.toPrecision(2))}`;
const rows = {
  'the cue: lower half unknown': six(cues.add(unknown)),
  'one update, β = 0.01': six(recall(0.01)),
  'one update, β = 0.3': six(recall(0.3)),
  [chosen]: six(found),
  'the stored pattern': six(patterns),
};
const title = 'Half a digit, and what one update makes of it';
const inks = { [chosen]: 'mechanism' } as const;
show('digits', await images(rows, { title, range: [-1, 1], inks }));

// Which stored digit is the recalled one nearest to?
const similar = tf.matMul(found, patterns, false, true);
const distance = patterns.square().sum(1).sub(similar.mul(2));
const own = tf.range(0, stored, 1, 'int32');
const wrong = distance.argMin(1).notEqual(own).mean();

check(
  'half digits completed to a wrong one',
  await toNumber(wrong),
  {
    below: 0.2,
    because: 'at large β the nearest pattern takes all the weight',
    breaks: { beta: 0.05 },
  },
);
