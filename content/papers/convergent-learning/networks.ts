import * as tf from '@tensorflow/tfjs';
import { adam, baseline, chart, data, mean, nn } from 'lab';
import { parameters, random, select, show, slider } from 'lab';
import { steps, toArray } from 'lab';
import { crossCorr, matched, matching } from './mechanism';

type T = tf.Tensor;

const training = slider('training', {
  label: 'training steps',
  min: 0,
  max: 400,
  value: 400,
  step: 25,
});
const second = select('second', {
  label: 'net 2 has',
  options: ['its own seed', 'the start of net 1', 'the same seed'],
});
const oneStart = second !== 'its own seed';
const oneOrder = second === 'the same seed';

// Digits of 14 × 14 pixels. Both networks in one stack.
const sizes = { size: 14, train: 3000, test: 1000 } as const;
const normalise = { minus: 0.15, times: 2 };
const options = { ...sizes, normalise, flat: true };
const { train, test } = await data.mnist(options);
export const pixels = test.x;
export const numUnits = 32;
const pair = (x: T, same: boolean) =>
  same ? tf.stack([x.unstack()[0], x.unstack()[0]]) : x;
const drawn = (shape: number[]) =>
  pair(nn.he([2, ...shape]), oneStart);
const net = parameters({
  w1: drawn([196, numUnits]),
  b1: tf.zeros([2, 1, numUnits]),
  w2: drawn([numUnits, numUnits]),
  b2: tf.zeros([2, 1, numUnits]),
  w3: drawn([numUnits, 10]),
  b3: tf.zeros([2, 1, 10]),
});
type Net = ReturnType<typeof net.values>;

function forward(x: T, { w1, b1, w2, b2, w3, b3 }: Net) {
  const first = tf.relu(tf.matMul(x, w1).add(b1));
  const second = tf.relu(tf.matMul(first, w2).add(b2));
  return {
    layers: [first, second],
    out: tf.matMul(second, w3).add(b3),
  };
}
const twice = tf.stack([test.x, test.x]);
/** Both hidden layers on the test images: [2, 1000, 32] each. */
const layersNow = () => forward(twice, net.values()).layers;
export const untrained = layersNow();

const mixed = tf.tensor1d(random.permutation(1000), 'int32');
async function alignment(layer: T, order?: T) {
  const [acts1, acts2] = layer.unstack();
  const other = order ? acts2.gather(order.toInt()) : acts2;
  const C = await toArray<number[][]>(crossCorr(acts1, other));
  return mean(matched(C, matching(C)));
}
const course = chart('course', {
  title: 'How alike matched units are, as training goes on',
  over: 'step',
  x: { label: 'training step' },
  y: {
    label: 'mean correlation, matched one to one',
    domain: [0, 1],
  },
  lines: {
    second: { label: 'layer 2', as: 'series 1' },
    first: 'layer 1',
    mixed: baseline('images shuffled'),
  },
});

const rate = 3e-3;
const optimiser = adam(net, { rate });
const moments = [0, 12, 25, 50, 100, 200, 300, training];
export const kept: { step: number; layers: T[] }[] = [];
for await (const step of steps(training + 1, 'training both')) {
  if (moments.includes(step)) {
    const layers = layersNow().map((layer) => tf.keep(layer));
    kept.push({ step, layers });
    const [one, two] = layers;
    course.add({
      step,
      first: await alignment(one),
      second: await alignment(two),
      mixed: await alignment(one, mixed),
    });
  }
  if (step === training) break;
  const draw = random.integers([2, 128], 0, 3000);
  const batch = pair(draw, oneOrder).toInt();
  const x = train.x.gather(batch);
  const truth = tf.oneHot(train.y.gather(batch).toInt(), 10);
  await optimiser.step((now) =>
    tf.logSoftmax(forward(x, now).out).mul(truth).sum().div(-128),
  );
}

const end = forward(twice, net.values());
export const trained = end.layers;
const right = end.out.argMax(2).equal(test.y.toInt()).mean(1);
const shares = await toArray<number[]>(right);
const [one, two] = shares.map((share) => (100 * share).toFixed(1));
show(
  'accuracy',
  `Test digits read rightly: net 1 ${one} %, net 2 ${two} %.`,
);
