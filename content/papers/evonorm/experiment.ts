import * as tf from '@tensorflow/tfjs';
import { adam, baseline, broken, chart, nn, parameters } from 'lab';
import { select, steps, toArray } from 'lab';
import { everyLayer, layers } from './space';
import { digits, held, pairs } from './task';

type T = tf.Tensor;

const gateIs = select('gate', {
  label: 'v is',
  options: ['learnt', 'held at 0'],
});

// Sixty networks: twenty layers, each at three sizes of its input.
const numLayers = layers.length;
const N = 3 * numLayers;
const C = 8;
const sizes = tf.tensor([1, 1 / 30, 30]).tile([numLayers]);
const onAll = (w: T) => w.expandDims().tile([N, 1, 1]);
const channels = (value: number) => tf.fill([N, 1, 1, C], value);
const net = parameters({
  w1: onAll(nn.he([32, C])),
  w2: onAll(nn.he([C, C])),
  w3: onAll(nn.he([4 * C, 1])),
  bias: tf.zeros([N, 1, 1]),
  gate1: channels(1),
  gate2: channels(1),
  gain1: channels(1),
  gain2: channels(1),
  shift1: channels(0),
  shift2: channels(0),
});

function layer(x: T, gate: T, gain: T, shift: T) {
  const v = gateIs === 'learnt' ? gate : gate.mul(0);
  const four = x.reshape([N, -1, 4, C]);
  return everyLayer(four, { gate: v, gain, shift }, 1e-5);
}

/** Both layers, then one number for each pair: [N, B]. */
function forward(x: T, now: ReturnType<typeof net.values>) {
  const { w1, w2, w3, gate1, gain1, shift1, bias } = now;
  const { gate2, gain2, shift2 } = now;
  const quarters = onAll(x.reshape([-1, 32]));
  const input = quarters.mul(sizes.reshape([N, 1, 1]));
  const h1 = layer(tf.matMul(input, w1), gate1, gain1, shift1);
  const mixed = tf.matMul(h1.reshape([N, -1, C]), w2);
  const h2 = layer(mixed, gate2, gain2, shift2);
  const out = tf.matMul(h2.reshape([N, -1, 4 * C]), w3);
  return out.add(bias).squeeze([2]);
}

const course = chart('course', {
  title: 'Four of the twenty layers, from the same weights',
  over: 'step',
  x: { label: 'training step' },
  y: {
    label: 'right answers, %',
    percent: true,
    domain: [30, 100],
  },
  lines: {
    batch: { label: 'x / s_b', as: 'series 1' },
    pole: broken('x / (vx+s_i)'),
    bnRelu: baseline('BN-ReLU'),
    B0: 'B0, x / max',
  },
});
export const seen: { step: number; scores: number[][] }[] = [];
async function measure(step: number) {
  const right = forward(held.x, net.values()).mul(held.answer);
  const share = right.greater(0).mean(1).reshape([numLayers, 3]);
  const scores = await toArray<number[][]>(share);
  seen.push({ step, scores });
  const of = (name: string) =>
    scores[layers.findIndex(({ layer }) => layer === name)][0];
  course.add({
    step,
    batch: of('x / s_b'),
    pole: of('x / (vx+s_i)'),
    bnRelu: of('max(x − μ, 0) / s_b'),
    B0: of('x / max'),
  });
}

const optimiser = adam(net, { rate: 0.02 });
const batch = 32;
for await (const step of steps(40, 'sixty networks')) {
  if ([0, 4, 8, 16, 24].includes(step)) await measure(step);
  const { x, answer } = pairs(digits, batch);
  await optimiser.step((now) => {
    const margin = forward(x, now).mul(answer);
    return tf.softplus(margin.neg()).sum().div(batch);
  });
}
await measure(40);
