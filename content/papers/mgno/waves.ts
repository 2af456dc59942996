import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, random, select } from 'lab';
import { theory, toArray, toNumber, variant } from 'lab';
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

// A measure of the two trained operators and of the exact one.
const lines = {
  chain: baseline('convolutions'),
  cycle: 'V-cycle',
  exact: theory('exact'),
};
async function ofEach(
  measure: (x: tf.Tensor) => Promise<number[]>,
) {
  const chain = await measure(plain.matrix);
  const learned = await measure(cycle.matrix);
  const truth = await measure(exact);
  return truth.map((exact, i) => {
    return { chain: chain[i], cycle: learned[i], exact };
  });
}

const solutions = await ofEach((matrix) =>
  toArray(tf.matMul(f, matrix).reshape([n])),
);
chart('solution', {
  title: 'The answer to the source that was chosen',
  over: 'x',
  x: {
    label: 'x',
    ticks: [0, 0.2, 0.4, 0.6, 0.8],
    domain: [0, 1],
  },
  y: { label: 'solution u' },
  lines,
}).add(
  ...solutions.map((u, i) => ({ x: (i + 1) / (n + 1), ...u })),
);

// How much of sin(kπx) there is in the answer to sin(kπx).
const gains = await ofEach((matrix) => {
  const dot = tf.matMul(sines, matrix).mul(sines).sum(1);
  return toArray(dot.abs().mul(2 / (n + 1)));
});
chart('gain', {
  title: 'How much of each sine wave comes back in the answer',
  over: 'wave',
  x: { type: 'log', label: 'k, half waves across the domain' },
  y: {
    type: 'log',
    label: 'gain',
    domain: [0.005, 10],
    clamp: true,
  },
  lines,
}).add(...gains.map((gain, i) => ({ wave: i + 1, ...gain })));
const height = gains[0].cycle / gains[0].exact;
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
