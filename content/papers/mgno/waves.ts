import * as tf from '@tensorflow/tfjs';
import {
  check,
  curve,
  ink,
  Plot,
  random,
  select,
  show,
  toArray,
  toNumber,
  variant,
} from 'lab';
import { cycle, plain } from './experiment';
import { zero } from './mechanism';
import { cycleWith } from './models';
import { exact, n } from './task';

type T = tf.Tensor4D;

const source = select('source', {
  label: 'source',
  options: ['a point', 'white noise', 'one long wave'],
});

// The waves sin(kπx), one a row, and a source to look at.
const k = tf.range(1, n + 1).reshape([n, 1]);
const phase = k.matMul(k.transpose()).mul(Math.PI / (n + 1));
const sines = phase.sin();
const f = {
  'a point': tf.oneHot(tf.tensor1d([9], 'int32'), n),
  'white noise': random.normal([1, n]),
  'one long wave': sines.slice([0], [1]),
}[source];

const solve = async (matrix: tf.Tensor) => {
  const u = await toArray(tf.matMul(f, matrix).reshape([n]));
  return u.map((u, i) => ({ x: (i + 1) / (n + 1), u }));
};
const baseline = { ink: ink.baseline, label: 'convolutions' };
const theory = { ink: ink.theory, dashed: true, label: 'exact' };
const at = { x: 'x', y: 'u', dots: false };
show(
  'solution',
  Plot.plot({
    title: 'Convolutions alone do not carry a source to the ends',
    x: {
      label: 'x',
      ticks: [0, 0.2, 0.4, 0.6, 0.8],
      domain: [0, 1],
    },
    y: { label: 'solution u' },
    marks: [
      curve(await solve(plain.matrix), { ...at, ...baseline }),
      curve(await solve(cycle.matrix), { ...at, label: 'V-cycle' }),
      curve(await solve(exact), { ...at, ...theory }),
    ],
  }),
);

// How much of sin(kπx) there is in the answer to sin(kπx).
const gains = async (matrix: tf.Tensor) => {
  const dot = tf.matMul(sines, matrix).mul(sines).sum(1);
  const gain = await toArray(dot.abs().mul(2 / (n + 1)));
  return gain.map((gain, i) => ({ wave: i + 1, gain }));
};
const [learned, chained, truth] = [
  await gains(cycle.matrix),
  await gains(plain.matrix),
  await gains(exact),
];
const of = { x: 'wave', y: 'gain', dots: false };
show(
  'gain',
  Plot.plot({
    title: 'Only the V-cycle gives long waves their full height',
    x: { type: 'log', label: 'k, half waves across the domain' },
    y: {
      type: 'log',
      label: 'gain',
      domain: [0.005, 10],
      clamp: true,
    },
    marks: [
      curve(chained, { ...of, ...baseline }),
      curve(learned, { ...of, label: 'V-cycle' }),
      curve(truth, { ...of, ...theory }),
    ],
  }),
);
const height = learned[0].gain / truth[0].gain;
check('height of the longest wave, V-cycle over exact', height, {
  near: 1,
  within: 0.15,
  because: 'a wave as long as the domain is the coarsest grid’s',
  breaks: { levels: 2 },
});

// Formula (5) on the trained kernels, 2f − 3g for random f and g.
const rectified: typeof zero = (x, kernel) =>
  zero(tf.relu(x), kernel);
const inside = variant('cycle', { linear: zero, rectified });
const kernels = cycle.net.values();
const W = (x: tf.Tensor) =>
  cycleWith(inside)(kernels, x.reshape([8, 1, n, 1]) as T);
const [a, b] = [random.normal([8, n]), random.normal([8, n])];
const joint = W(a.mul(2).sub(b.mul(3)));
const apart = W(a).mul(2).sub(W(b).mul(3));
const off = joint.sub(apart).abs().max().div(joint.abs().max());
check(
  'departure of the cycle from linearity',
  await toNumber(off),
  {
    below: 1e-4,
    because: 'formulas (2) to (4) only convolve and add',
    breaks: { cycle: 'rectified' },
  },
);
