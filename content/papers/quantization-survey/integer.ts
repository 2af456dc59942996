import * as tf from '@tensorflow/tfjs';
import { check, curve, ink, nn, Plot, show, toArray } from 'lab';
import { toNumber, variant } from 'lab';
import * as q from './mechanism';
import { inputsOf, logits, net, test } from './network';

type T = tf.Tensor;
const without: typeof q.integerLinear = (x, _z, w) =>
  tf.matMul(x, w);
const linear = variant(
  'zeroPointTerm',
  { added: q.integerLinear, 'left out': without },
  { label: 'part of the zero point' },
);

// Eight bits: an affine grid a layer for inputs, a scale a channel.
// Int is to the nearest everywhere, and of a half to the even one.
const { w, b } = net;
const inputs = inputsOf(net).map((x) =>
  q.affine(tf.minimum(x.min(), 0), x.max(), 8),
);
const grids = w.map((w) => q.symmetric(w.abs().max(0, true), 8));
const units = grids.map((g, i) => g.scale.mul(inputs[i].scale));
const weights = w.map((w, i) => q.quantize(w, grids[i]));
const biases = b.map((b, i) => b.div(units[i]).round());

/** The sums of layer i: whole, below 2²⁴, so exact in float32. */
const sums = (codes: T, i: number, rule = linear) =>
  rule(codes, inputs[i].zeroPoint, weights[i]).add(biases[i]);

/** ReLU and formula (6), on the host: the codes of layer i + 1. */
async function next(sums: T, i: number) {
  const factor = units[i].div(inputs[i + 1].scale);
  const [factors] = await toArray<number[][]>(factor);
  const dyadics = factors.map(q.dyadic);
  const code = (sum: number, j: number) => {
    const { multiplier, shift } = dyadics[j];
    return q.int((multiplier * sum) / 2 ** shift);
  };
  const rows = await toArray<number[][]>(sums.relu());
  return tf.tensor2d(rows.map((row) => row.map(code))).minimum(255);
}

const digits = q.quantize(test.x, inputs[0]);
const first = sums(digits, 0);
const second = sums(await next(first, 0), 1);
const third = sums(await next(second, 1), 2).mul(units[2]);

// Three digits, 192 sums: in floats, in integers, and without Z.
const float = nn.dense(test.x, w[0], b[0]);
const whole = first.mul(units[0]);
const left = sums(digits, 0, without).mul(units[0]);
const all = tf.stack([float, whole, left], 2).slice([0], [3]);
const read = await toArray<number[][]>(all.reshape([192, 3]));
const dots = read.map(([x, whole, left]) => ({ x, whole, left }));
const ends = [-5, 5].map((x) => ({ x, y: x }));
const line = { x: 'x', y: 'y', ink: ink.theory, dashed: true };
const corner = { frameAnchor: 'top-left', text: 'text', dx: 8 };
const name = (text: string, dy: number, fill: string) =>
  Plot.text([{ text }], { ...corner, dy, fill });
show(
  'integers',
  Plot.plot({
    title: 'Sums of whole numbers are the sums of the float layer',
    x: { label: 'sum of layer 1, in floats' },
    y: { label: 'the same sum in integers' },
    marks: [
      curve(ends, line),
      Plot.dot(dots, {
        x: 'x',
        y: 'left',
        r: 2,
        fill: ink.baseline,
      }),
      Plot.dot(dots, {
        x: 'x',
        y: 'whole',
        r: 2,
        fill: ink.mechanism,
      }),
      name('with the zero point', 8, ink.mechanism),
      name('without', 24, ink.baseline),
    ],
  }),
);

const simulated = nn.dense(
  q.rounded(test.x, inputs[0]),
  q.rounded(w[0], grids[0]),
  biases[0].mul(units[0]),
);
const apart = whole.sub(simulated).abs().max();
const share = await toNumber(apart.div(simulated.abs().max()));
check('relative difference of whole and simulated sums', share, {
  below: 1e-5,
  because: 'formula (5) multiplies out what floats simulate',
  breaks: { zeroPointTerm: 'left out' },
});
const answers = logits(test.x, net).argMax(1);
const other = third.argMax(1).notEqual(answers).mean();
check(
  'share of digits answered otherwise than in floats',
  await toNumber(other),
  {
    below: 0.03,
    because:
      'formula (3): the noise of 8 bits is far below the signal',
    breaks: { zeroPointTerm: 'left out' },
  },
);
