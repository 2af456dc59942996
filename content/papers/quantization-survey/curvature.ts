import * as tf from '@tensorflow/tfjs';
import { nn, show, slider, toNumber } from 'lab';
import { fisherTrace } from './mechanism';
import { net, rescaled, train } from './network';

const times = slider('times', {
  label: 'layer 1 times, layer 2 divided by',
  min: 1,
  max: 8,
  value: 4,
  step: 1,
});

// The same function once more: one layer larger, the next smaller.
export const scaled = rescaled(net, 0, tf.fill([1, 64], times));
export const digits = train.x.slice([0], [1000]);

const { w, b } = scaled;
const first = tf.relu(nn.dense(digits, w[0], b[0]));
const second = tf.relu(nn.dense(first, w[1], b[1]));
const inputs = [digits, first, second];
const chance = tf.softmax(nn.dense(second, w[2], b[2]));

// δ for each class that might be drawn, from the last layer back.
let delta: tf.Tensor = chance
  .expandDims(0)
  .sub(tf.eye(10).expandDims(1));
export const traces = [0, 0, 0];
for (const i of [2, 1, 0]) {
  const trace = fisherTrace(delta, chance, inputs[i]);
  traces[i] = await toNumber(trace);
  const back = nn.dense(delta, w[i].transpose());
  delta = back.mul(inputs[i].greater(0).toFloat());
}

const rows = w.map(({ size }, i) => {
  const mean = traces[i] / size;
  return {
    layer: i + 1,
    weights: size,
    'Tr H': traces[i],
    h: mean,
  };
});
show('curvature of each layer', rows);
