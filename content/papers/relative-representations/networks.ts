import * as tf from '@tensorflow/tfjs';
import { adam, chart, nn, parameters, random, select } from 'lab';
import { slider, steps, toNumber, variant } from 'lab';
import { anchors, k, runs, test, train } from './digits';
import { centred, dotProduct, relative } from './mechanism';

type T = tf.Tensor;

const rules = {
  cosine: relative,
  'dot product': dotProduct,
  'centred cosine': centred,
};
export const represent = variant('similarity', rules);
const seeds = select('seeds', {
  label: 'the runs have',
  options: ['their own seeds', 'the same seed'],
});
export const flow = select('flow', {
  label: 'gradient at the anchors',
  options: ['stopped', 'let through'],
});
export const training = slider('training', {
  label: 'training steps',
  min: 0,
  max: 400,
  value: 70,
  step: 10,
});
export const d = 32;

// Three runs with absolute codes and, from the same starts, three
// with relative ones: six networks in one stack.
const both = (x: T) => tf.concat([x, x]);
const perRun = (x: T) => {
  const first = x.slice([0], [1]);
  const alike = seeds === 'the same seed';
  return alike ? tf.concat([first, first, first]) : x;
};
const start = (shape: number[]) => perRun(nn.he([runs, ...shape]));
const net = parameters({
  w1: both(start([64, 64])),
  b1: tf.zeros([2 * runs, 1, 64]),
  w2: both(start([64, d])),
  w3: start([d, 64]), // the heads of absolute codes
  w3r: start([k, 64]), // and of relative ones
  w4: both(start([64, 10])),
});
type Encoder = { w1: T; b1: T; w2: T };
export const encode = (x: T, { w1, b1, w2 }: Encoder) =>
  tf.matMul(tf.relu(tf.matMul(x, w1).add(b1)), w2);
type Head = { w3: T; w4: T };
export const read = (r: T, { w3, w4 }: Head) =>
  tf.matMul(tf.relu(tf.matMul(r, w3)), w4);

export const targets = tf.oneHot(train.y, 10).toFloat();
const everywhere = both(anchors);
const optimiser = adam(net, { rate: 0.01 });
const course = chart('loss', {
  title: 'The loss, a mean over the six networks',
  over: 'step',
  x: { label: 'training step' },
  y: { label: 'cross-entropy', domain: [0, 2.5] },
  bounds: [{ y: Math.log(10), label: 'guessing' }],
  lines: { loss: { as: 'muted' } },
});
for await (const step of steps(training, 'training six networks')) {
  const batch = perRun(random.integers([runs, 128], 0, 3000));
  const rows = both(batch).toInt();
  const truth = targets.gather(rows);
  const still = encode(everywhere, net.values());
  const loss = await optimiser.step((now) => {
    const moving = flow === 'let through';
    const held = moving ? encode(everywhere, now) : still;
    const codes = encode(train.x.gather(rows), now);
    const [absolute, own] = tf.split(codes, 2);
    const r = represent(own, tf.split(held, 2)[1]);
    const first = tf.concat([
      tf.matMul(absolute, now.w3),
      tf.matMul(r, now.w3r),
    ]);
    const out = tf.matMul(tf.relu(first), now.w4);
    return tf.logSoftmax(out).mul(truth).sum().div(-128);
  });
  if (step % 10 === 9)
    course.add({
      step: step + 1,
      loss: (await toNumber(loss)) / 6,
    });
}

// What the runs make of the test digits and of the anchors.
const end = net.values();
const perKind = (x: T) => tf.split(x, 2).map((y) => y.unstack());
const digits = tf.tile(test.x.expandDims(0), [2 * runs, 1, 1]);
const codes = perKind(encode(digits, end));
const anchorCodes = perKind(encode(everywhere, end));
const w4 = perKind(end.w4);
const networks = (kind: number, heads: T) =>
  heads.unstack().map((w3, run) => ({
    codes: codes[kind][run],
    anchorCodes: anchorCodes[kind][run],
    w3,
    w4: w4[kind][run],
  }));
export const absolutes = networks(0, end.w3);
export const relatives = networks(1, end.w3r);
