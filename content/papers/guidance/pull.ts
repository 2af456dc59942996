import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, random, slope } from 'lab';
import { theory, toArray, toNumber } from 'lab';
import { similarity } from './experiment';
import { onTrain } from './guides';
import { plain, unlike } from './mechanism';
import { batchAt, depth, forward, losses } from './networks';
import { targetStart, width, withGains } from './networks';

type T = tf.Tensor;

// The plain network before training, from seven gains at once.
const gains = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const start = withGains(targetStart, gains);
const { index, x, y } = batchAt(0);
const guide = onTrain.slice([0, 1], [-1, 1]).gather(index, 2);
const guides = guide.tile([1, gains.length, 1, 1]);

/** Length of the gradient of each loss for all its layers: [R]. */
async function pull(
  lossOf: (run: ReturnType<typeof forward>) => T,
) {
  const gradient = tf.grad((hidden: T) =>
    lossOf(forward(x, { ...start, hidden }, plain)).sum(),
  )(start.hidden);
  const length = gradient.square().sum([0, 2, 3]).sqrt();
  return toArray<number[]>(length);
}
const task = await pull(({ scores }) => losses(scores, y));
const led = await pull(({ acts }) =>
  unlike(acts, guides, similarity),
);
const rows = gains.map((gain, i) => {
  const ratio = gain / gains[0];
  const taskLaw = task[0] * ratio ** (depth - 1);
  const guideLaw = led[0] / ratio;
  return { gain, task: task[i], guide: led[i], taskLaw, guideLaw };
});
chart('pull', {
  title: 'How hard the labels pull at the weights, and the guide',
  over: 'gain',
  x: { label: 'gain κ of the first weights' },
  y: {
    type: 'log',
    label: 'length of the gradient (dashed: formula 5)',
  },
  lines: {
    taskLaw: theory(''),
    guideLaw: theory(''),
    task: baseline('labels'),
    guide: 'guide',
  },
}).add(...rows);

const small = rows.filter(({ gain }) => gain <= 0.6);
const logs = (field: 'gain' | 'guide') =>
  small.map((row) => Math.log(row[field]));
check(
  'power of κ with which the guide pulls',
  slope(logs('gain'), logs('guide')),
  {
    near: -1,
    within: 0.2,
    because: 'CKA sees no scale, so its slope grows as 1/κ',
    breaks: { similarity: 'copying' },
  },
);

// H turned (a reflection), ten times as large, and shifted.
const H = guide.gather([depth - 1], 0);
const v = random.normal([width, 1]);
const mirror = tf
  .matMul(v, v, false, true)
  .mul(tf.scalar(-2).div(v.square().sum()))
  .add(tf.eye(width));
const turned = tf.matMul(H.reshape([-1, width]), mirror).mul(10);
const moved = turned.add(random.normal([1, width]));
const same = similarity(moved.reshape(H.shape), H);
check(
  'CKA of a layer with itself, turned',
  await toNumber(same.sum()),
  {
    near: 1,
    within: 0.01,
    because: 'only the pattern of likenesses counts, not its scale',
    breaks: { similarity: 'copying' },
  },
);
