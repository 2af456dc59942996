import * as tf from '@tensorflow/tfjs';
import { adam, batches, bound, check, curve, ink, nn } from 'lab';
import { Plot, parameters, show, steps, toNumber } from 'lab';
import { variant } from 'lab';
import * as q from './mechanism';
import { accuracy, inputsOf, logits, net, train } from './network';

type T = tf.Tensor;
const through = variant('derivative', {
  'straight-through': q.straightThrough,
  true: q.rounded,
});

// Weights of 2 bits, so −S, 0 and S; inputs of 4 bits.
const inputs = inputsOf(net).map((x) =>
  q.affine(tf.minimum(x.min(), 0), x.max(), 4),
);
const grids = net.w.map((w) => leastError(w, 2));

/** Of 33 ranges for each channel, the one of least square error. */
function leastError(w: T, bits: number) {
  const parts = Array.from({ length: 33 }, (_, i) => (8 + i) / 40);
  const shares = tf.tensor3d(parts, [33, 1, 1]);
  const most = w.abs().max(0, true);
  const all = q.symmetric(most.mul(shares), bits);
  const error = q.rounded(w, all).sub(w).square().sum(1);
  const best = shares.flatten().gather(error.argMin(0).toInt());
  return q.symmetric(most.mul(best), bits);
}

const float = await accuracy(net);
type Curve = { step: number; right: number }[];
const curves: { [name: string]: Curve } = {};
const [w1, w2, w3] = net.w;
const [b1, b2, b3] = net.b;
const start = { w1, w2, w3, b1, b2, b3 };

/** 60 updates: floats underneath, rounded in the network. */
async function trained(name: string, through: typeof q.rounded) {
  const low = ({ w1, w2, w3, b1, b2, b3 }: typeof start) => ({
    w: [w1, w2, w3].map((w, i) => through(w, grids[i])),
    b: [b1, b2, b3],
  });
  const state = parameters(start);
  const input = (x: T, layer: number) => through(x, inputs[layer]);
  const measure = () => accuracy(low(state.values()), input);
  const optimiser = adam(state, { rate: 2e-3 });
  const batch = batches(train, 128);
  const points: Curve = [{ step: 0, right: await measure() }];
  curves[name] = points;
  for await (const step of steps(60, name)) {
    optimiser.rate = 1e-3 * (1 + Math.cos((Math.PI * step) / 60));
    const { x, y } = batch.next().value;
    await optimiser.step((values) =>
      nn.crossEntropy(logits(x, low(values), input), y),
    );
    if (step % 10 < 9) continue;
    points.push({ step: step + 1, right: await measure() });
    show('training', figure());
  }
  return state.values();
}

await trained('true', q.rounded);
const found = await trained('chosen', through);

function figure() {
  const at = { x: 'step', y: 'right' };
  const grey = { ink: ink.baseline, label: 'true derivative' };
  const same = through === q.rounded;
  const label = same ? 'the same' : 'straight-through';
  const [none, some] = Object.values(curves);
  return Plot.plot({
    title: 'Training a network of two-bit weights',
    x: { label: 'updates' },
    y: { label: 'test accuracy', percent: true },
    marks: [
      bound({ y: float, label: 'float weights' }),
      curve(none, { ...at, ...grey }),
      some ? curve(some, { ...at, label }) : [],
    ],
  });
}

const [before, after] = [curves.chosen[0], curves.chosen.at(-1)!];
check(
  'accuracy won by training the rounded network',
  after.right - before.right,
  {
    above: 0.1,
    because: 'formula (7) lets a gradient through the staircase',
    breaks: { derivative: 'true' },
  },
);
const codes = (w: T) => q.quantize(w, grids[0]);
const moved = codes(found.w1).notEqual(codes(w1)).mean();
check(
  'share of the codes of layer 1 that training changed',
  await toNumber(moved),
  {
    above: 0.01,
    because: 'the true derivative of a staircase is zero',
    breaks: { derivative: 'true' },
  },
);
