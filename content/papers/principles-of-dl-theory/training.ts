import * as tf from '@tensorflow/tfjs';
import { broken, chart, check, data, parameters } from 'lab';
import { random, sgd, show, slider, steps, toArray } from 'lab';
import { act, activation, gain } from './experiment';
import { chiPerp, criticalCw, kernelFlow } from './mechanism';

type T = tf.Tensor;

const depth = slider('depth', {
  label: 'hidden layers L',
  min: 2,
  max: 20,
  value: 12,
  step: 1,
});

// Digits of 8 × 8 pixels, each scaled to mean square 1.
const sizes = { size: 8, train: 1000, test: 200 } as const;
const { train, test } = await data.mnist({ ...sizes, flat: true });
const pixels = (x: T) =>
  x
    .div(x.square().mean(1, true).sqrt())
    .tile([3, 1])
    .reshape([3, -1, 64]);

// Three networks in a stack, which differ in C_W alone.
const gains = [0.5, gain, 1.5];
const cw = tf.tensor1d(gains).mul(criticalCw(act));
const std = cw.div(64).sqrt().reshape([3, 1, 1]);
const net = parameters({
  hidden: random.normal([depth, 3, 64, 64]).mul(std),
  out: random.normal([3, 64, 10]).mul(std),
});
const turned = (x: T) => x.transpose([0, 2, 1]);

/** z of every layer, then scores: [3, B, 64], …, [3, B, 10]. */
function forward(x: T) {
  const { hidden, out } = net.values();
  const weights = [...hidden.unstack(), out];
  const zs: T[] = [];
  for (const W of weights)
    zs.push(tf.matMul(zs.length ? act(zs.at(-1)!) : x, W));
  return { weights, zs };
}

/** From the slopes of the scores back to the pixels. */
function backward(x: T, { weights, zs }: Pass, slopes: T) {
  const grads: T[] = [];
  let delta = slopes;
  for (let l = depth; l >= 0; l--) {
    const seen = l > 0 ? act(zs[l - 1]) : x;
    grads.unshift(tf.matMul(turned(seen), delta));
    const back = tf.matMul(delta, turned(weights[l]));
    const bend = l > 0 ? tf.grad(act)(zs[l - 1]) : tf.scalar(1);
    delta = back.mul(bend);
  }
  const hidden = tf.stack(grads.slice(0, depth));
  return { delta, grads: { hidden, out: grads[depth] } };
}
type Pass = ReturnType<typeof forward>;

// Before training: how large is a gradient at the pixels?
const images = pixels(test.x);
const r = random.normal([3, 200, 10]);
const { delta } = backward(images, forward(images), r);
const size = await toArray(delta.square().mean([1, 2]));
const init = { act, cb: 0, cw };
const kernels = tf.stack(kernelFlow(cw, init, depth));
const factor = chiPerp(kernels, init).prod(0).mul(cw);
const law = await toArray(factor.mul(10 / 64)); // 10 scores

const short = (x: number) => Number(x.toPrecision(2));
show(
  'squared gradient at the pixels, before training',
  gains.map((times, i) => ({
    'C_W ×': times,
    measured: short(size[i]),
    'by χ⊥, formula (4)': short(law[i]),
  })),
);

const digits = (y: T) => tf.oneHot(y.toInt(), 10, 1, 0, 'float32');
async function losses() {
  const z = forward(images).zs[depth];
  const right = z.mul(digits(test.y)).sum(2);
  const all = tf.logSumExp(z, 2).sub(right).mean(1);
  // A network that diverged, to NaN too, counts as 10.
  const values = await toArray(all);
  return values.map((x) =>
    Number.isNaN(x) ? 10 : Math.min(x, 10),
  );
}
const course = chart('training', {
  title: `${depth} layers of ${activation}, trained from three inits`,
  over: 'step',
  x: { label: 'training step' },
  y: { label: 'test loss', domain: [0, 4] },
  bounds: [{ y: Math.LN10, label: 'chance, ln 10' }],
  lines: {
    half: broken('C_W × 0.5'),
    high: broken('C_W × 1.5'),
    own: `C_W × ${gain}`,
  },
});
const rate = activation === 'ReLU' ? 0.03 : 0.05;
const optimiser = sgd(net, { rate });
for await (const step of steps(101, 'training')) {
  if (step % 10 === 0) {
    const [half, own, high] = await losses();
    const cut = Math.min(high, 4);
    course.add({ step, half, own: Math.min(own, 4), high: cut });
  }
  const batch = random.integers([32], 0, 1000);
  const x = pixels(train.x.gather(batch));
  const pass = forward(x);
  const p = tf.softmax(pass.zs[depth]);
  const slopes = p.sub(digits(train.y.gather(batch))).div(32);
  optimiser.apply(backward(x, pass, slopes).grads);
}

const [half, own] = await losses();
check('test loss after training', own, {
  below: 2,
  because: 'signal and gradient keep their size at criticality',
  breaks: { gain: 0.5 },
});
check('what training takes from ln 10, at half', Math.LN10 - half, {
  below: 0.05,
  because: 'formula (4): each layer halves the squared gradient',
  breaks: { depth: 2 },
});
