import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, slider, steps, theory } from 'lab';
import { toNumber } from 'lab';
import { attend, correct, crowding, read } from './mechanism';
import { write } from './mechanism';
import { d, decay, errorOf, fill, pairs } from './memories';

const sharpness = slider('sharpness', {
  label: 'sharpness τ of the softmax',
  min: 1,
  max: 64,
  value: 32,
  scale: 'log',
});

const drawn = pairs(4, 256);

/** The share of keys whose answer is nearest to their own value. */
function found(answers: tf.Tensor, values: tf.Tensor) {
  const nearest = tf.matMul(answers, values, false, true).argMax(2);
  const own = tf.range(0, values.shape[1]!, 1, 'int32');
  return toNumber(nearest.equal(own).mean());
}

const recall = chart('recall', {
  title: 'How much each memory gives back, as it fills',
  over: 'n',
  x: {
    type: 'log',
    label: 'pairs written, n',
    ticks: [8, 64, 256],
  },
  y: { label: 'values found', percent: true, domain: [0, 100] },
  bounds: [{ x: d, label: 'n = d' }],
  lines: {
    softmax: baseline('softmax'),
    linear: { label: 'linear', as: 'series 1' },
    delta: 'delta rule',
    retention: { label: 'retention', as: 'series 2' },
  },
});
const crowd = chart('error', {
  title: 'A sum of pairs errs as its crowd, formula (4)',
  over: 'n',
  x: {
    type: 'log',
    label: 'pairs written, n',
    ticks: [8, 64, 256],
  },
  y: {
    type: 'log',
    label: 'relative error',
    ticks: [0.5, 1, 2],
    domain: [0.3, 2.2],
  },
  lines: {
    law: theory('√((n − 1)/d)'),
    error: { label: 'linear', dots: 'only', as: 'series 1' },
  },
});
for await (const n of steps([8, 16, 32, 64, 128, 256], 'pairs')) {
  const keys = drawn.keys.slice([0, 0], [-1, n]);
  const values = drawn.values.slice([0, 0], [-1, n]);
  const all = { keys, values };
  const sum = fill(all, n, (s, k, v) => write(s, k, v, 1, 1));
  const fading = fill(all, n, (s, k, v) =>
    write(s, k, v, decay, 1),
  );
  const righted = fill(all, n, (s, k, v) => correct(s, k, v, 1));
  const linear = read(sum, keys);
  recall.add({
    n,
    softmax: await found(
      attend(keys, keys, values, sharpness),
      values,
    ),
    linear: await found(linear, values),
    delta: await found(read(righted, keys), values),
    retention: await found(read(fading, keys), values),
  });
  const error = await toNumber(errorOf(linear, values));
  crowd.add({ n, error, law: crowding(n, d) });
}

const { error, law } = crowd.last!;
check(
  'error of a sum of 256 pairs, over formula (4)',
  error / law,
  {
    near: 1,
    within: 0.1,
    because: 'keys of length one overlap by 1/d in the mean square',
    breaks: { unitKeys: false },
  },
);
const { softmax, linear } = recall.last!;
check(
  'lead of softmax over the sum at 256 pairs',
  softmax - linear,
  {
    above: 0.1,
    because: 'a softmax sharp enough answers with one value',
    breaks: { sharpness: 2 },
  },
);
