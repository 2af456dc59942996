import * as tf from '@tensorflow/tfjs';
import { adam, baseline, broken, chart, parameters } from 'lab';
import { random, select, slider, steps, toArray } from 'lab';
import { back, frames, labels, largest, margin } from './digits';
import { numExamples, pixels, scrambled, seen } from './digits';
import { seenInTest, testLabels, trainWaves } from './digits';
import { permutePixels, shifted } from './mechanism';
import { initial, logits, mistakes } from './networks';

type T = tf.Tensor;

const training = slider('steps', {
  label: 'training steps',
  min: 50,
  max: 500,
  value: 100,
  step: 50,
});
export const shift = slider('shift', {
  label: 'shifts of training, pixels',
  min: 0,
  max: 3,
  value: 2,
  step: 1,
});
const moves = select('moves', {
  label: 'what is moved',
  options: ['the image', 'its scrambled pixels'],
});
const more = select('more', {
  label: 'more digits are',
  options: ['new ones', 'copies of 125'],
});

// A batch as it is, and the same digits, each moved at random.
const batch = 100;
function views(which: T) {
  const draw = () =>
    random.integers(which.shape, -shift, shift + 1);
  const of = (images: T) =>
    shifted(images, margin, which, draw(), draw());
  const moved =
    moves === 'the image'
      ? of(frames)
      : permutePixels(of(scrambled), back);
  return tf.concat([pixels.gather(which), moved]);
}

export const course = chart('course', {
  title: 'Reading moved digits, as training goes on',
  over: 'step',
  x: { type: 'log', label: 'training steps' },
  y: { label: 'test error (%)', percent: true, domain: [0, 100] },
  lines: {
    plain: broken('never moved'),
    waves: baseline('waves'),
    moved: 'moved',
  },
});
const first = tf.range(0, 300, 1, 'int32');
const aside = () => random.integers([300], -2, 3);
const asked = seenInTest(first, aside(), aside());
const answers = testLabels.slice(0, 300);

export const net = parameters(initial);
type Values = ReturnType<typeof net.values>;
export const past: { step: number; values: Values }[] = [];
async function look(step: number) {
  const values = net.values();
  for (const value of Object.values(values)) tf.keep(value);
  past.push({ step, values });
  const errors = mistakes(asked, answers, values).mean(1);
  const error = await toArray<number[]>(errors);
  const { plain, moved, waves } = largest;
  course.add({
    step,
    plain: error[plain],
    moved: error[moved],
    waves: error[waves],
  });
}

const size = tf.tensor2d(numExamples, [4, 1]);
const rate = 0.012;
const optimiser = adam(net, { rate });
const parts = [0.03, 0.06, 0.12, 0.24, 0.48, 0.72];
const moments = parts.map((part) => Math.round(part * training));
for await (const step of steps(training, 'training')) {
  if (moments.includes(step)) await look(step);
  optimiser.rate = rate * (1 - step / training);
  const drawn = random.uniform([1, batch]).mul(size).toInt();
  const which =
    more === 'new ones' ? drawn : drawn.mod(125).toInt();
  const x = seen(views(which), trainWaves.gather(which));
  const truth = tf.oneHot(labels.gather(which), 10);
  const twin = truth.slice([largest.plain], [1]);
  const y = tf.concat([truth, truth, truth, twin]);
  await optimiser.step((values) =>
    tf.logSoftmax(logits(x, values)).mul(y).sum().div(-batch),
  );
}
await look(training);
