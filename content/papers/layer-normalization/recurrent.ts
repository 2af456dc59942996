import * as tf from '@tensorflow/tfjs';
import { check, curve, ink, Plot, random, show } from 'lab';
import { slider, toArray, variant } from 'lab';
import { recur, standardise } from './mechanism';

type T = tf.Tensor;

const kappa = slider('kappa', {
  label: 'size of the recurrent weights κ',
  min: 0.5,
  max: 3,
  value: 3,
  step: 0.1,
});
const none = (a: T) => a;
const kinds = {
  'layer norm': (a: T) => standardise(a, -1, 1e-5),
  'centre only': (a: T) => a.sub(a.mean(-1, true)),
  'scale only': (a: T) =>
    a.div(a.square().mean(-1, true).add(1e-5).sqrt()),
  none,
};
const norm = variant('recurrentNorm', kinds, {
  label: 'before the ReLU',
});

// 64 untrained neurons, 32 sequences of noise, four κ at once.
const kappas = [0.7, 1.4, 2, kappa];
const [width, length] = [64, 50];
const recurrent = random
  .normal([1, width, width], 0, 1 / Math.sqrt(width))
  .mul(tf.tensor(kappas, [4, 1, 1]));
const input = random.normal([8, width], 0, 0.1 / Math.sqrt(8));
const first = tf.matMul(random.normal([32, 8]), input);

// The norm of the state along the sequence, mean square of 32.
async function run(norm: (a: T) => T) {
  let state: T = tf.zeros([4, 32, width]);
  const norms: T[] = [];
  for (let t = 0; t < length; t++) {
    const drive = t === 0 ? first : tf.zerosLike(first);
    state = recur(state, drive, recurrent, norm);
    const largest = state.max([1, 2], true).add(1e-30);
    const scaled = state.div(largest).square().sum(-1).mean(1);
    norms.push(scaled.sqrt().mul(largest.reshape([4])));
  }
  return toArray<number[][]>(tf.stack(norms));
}
const normed = await run(norm);
const plain = await run(none);

const lines = (norms: number[][], ink: string, names: string[]) =>
  kappas.map((_, i) => {
    const rows = norms.map((row, t) => ({
      t: t + 1,
      norm: row[i],
    }));
    const look = { ink, dots: false, label: names[i] };
    return curve(rows, { x: 't', y: 'norm', ...look });
  });
const ticks = [-15, -10, -5, 0, 5, 10, 15].map((p) => 10 ** p);
const each = kappas.map((kappa) => `κ = ${kappa}`);
const [name] = Object.entries(kinds).find(([, f]) => f === norm)!;
const chosen = name === 'layer norm' ? ink.mechanism : ink.broken;
show(
  'recurrent',
  Plot.plot({
    title: 'How large the state is, for weights of four sizes',
    x: { label: 'time step' },
    y: { type: 'log', label: 'norm of the state', ticks },
    marks: [
      lines(plain, ink.baseline, each),
      lines(normed, chosen, [name]),
    ],
  }),
);

const last = length - 1;
const theory = Math.sqrt(width / 2);
check(
  'norm of the state at the end, with layer norm',
  normed[last][3],
  {
    near: theory,
    within: 0.5,
    because:
      'a standardised layer has length √H; ReLU halves its energy',
    breaks: { recurrentNorm: 'centre only' },
  },
);
const growth = (norms: number[][]) =>
  Math.log10(norms[last][3] / norms[0][3]);
const spared = growth(plain) - growth(normed);
check('powers of ten of growth that the norm prevents', spared, {
  above: 8,
  because: 'without a norm each step multiplies by about κ/√2',
  breaks: { recurrentNorm: 'centre only' },
});
