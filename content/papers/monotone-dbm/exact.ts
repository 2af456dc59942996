import * as tf from '@tensorflow/tfjs';
import { check, curve, ink, Plot, random, select } from 'lab';
import { show, slider, steps, toArray, toNumber } from 'lab';
import { capped, couplings, damped, marginals } from './mechanism';
import { membership, softmax } from './mechanism';

const kept = select('kept', {
  label: 'couplings in the iteration',
  options: ['all', 'none', 'sign turned'],
});
const strength = slider('strength', {
  label: 'size of the evidence b',
  min: 0.1,
  max: 2,
  value: 1,
  step: 0.1,
});
const factor = { all: 1, none: 0, 'sign turned': -1 }[kept];

// Seven nodes of three states: all 3⁷ = 2,187 can be summed.
const [n, k, machines] = [7, 3, 12];
const seg = membership(Array(n).fill(k));
const index = Array.from({ length: k ** n }, (_, s) =>
  Array.from({ length: n }, (_, i) => Math.floor(s / k ** i) % k),
);
const states = tf
  .oneHot(
    tf.tensor2d(index, undefined, 'int32'),
    k,
    1,
    0,
    'float32',
  )
  .reshape([k ** n, n * k]);
const made = Array.from({ length: machines }, () => {
  const A = random.normal([6, n * k]);
  const phi = couplings(capped(A, seg, 0.1), seg);
  const bias = random.normal([1, n * k], 0, strength);
  return { phi, bias, exact: marginals(phi, bias, states) };
});
const phi = tf.stack(made.map((machine) => machine.phi));
const bias = tf.concat(made.map((machine) => machine.bias));
const exact = tf.concat(made.map((machine) => machine.exact));

// All machines at once, from what each node alone would say.
const alone = softmax(bias, seg);
const alpha = tf.scalar(0.3);
const q = tf.variable(alone);
for await (const _ of steps(25, 'iterating')) {
  const pull = tf.matMul(q.expandDims(1), phi).squeeze([1]);
  const field = pull.mul(factor).add(bias);
  q.assign(damped(q, field, alpha, seg, 4));
}

const error = (x: tf.Tensor) => toNumber(x.sub(exact).abs().mean());
const [rest, whole] = [await error(q), await error(alone)];
const rows = await toArray<number[][]>(
  tf.stack([exact.flatten(), alone.flatten(), q.flatten()], 1),
);
const points = rows.map(([truth, single, found]) => ({
  truth,
  single,
  found,
}));
const ends = [0, 1].map((truth) => ({ truth, same: truth }));
const ours = kept === 'none' ? ink.broken : ink.mechanism;
show(
  'exact',
  Plot.plot({
    title: 'Marginals by mean field and by summing every state',
    x: { label: 'exact marginal', domain: [0, 1] },
    y: { label: 'marginal found', domain: [0, 1] },
    marks: [
      curve(ends, {
        x: 'truth',
        y: 'same',
        ink: ink.theory,
        dashed: true,
      }),
      Plot.dot(points, {
        x: 'truth',
        y: 'single',
        stroke: ink.baseline,
        r: 2,
      }),
      Plot.dot(points, {
        x: 'truth',
        y: 'found',
        fill: ours,
        r: 2,
      }),
    ],
  }),
);
check(
  'error that mean field leaves of that of b alone',
  rest / whole,
  {
    below: 0.5,
    because: 'formula (2) puts the mean of the neighbours for them',
    breaks: { kept: 'none' },
  },
);
