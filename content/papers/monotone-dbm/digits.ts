import * as tf from '@tensorflow/tfjs';
import { check, images, show, toArray, toNumber } from 'lab';
import { label, machine, marginal, on } from './completion';
import { read, seen } from './completion';

const [one, two] = marginal.unstack(1);
const spread = one.sub(two).abs().max(2);
const shares = read.equal(label).mean(2).mean(1);
const correct = await toArray<number[]>(shares);

// The eight digits on which the free machine's starts differ most.
const order = (await toArray<number[][]>(spread))[1]
  .map((value, i) => ({ value, i }))
  .sort((a, b) => b.value - a.value || a.i - b.i)
  .slice(0, 8);
const eight = tf.tensor1d(
  order.map(({ i }) => i),
  'int32',
);
const small = (x: tf.Tensor) => x.gather(eight).reshape([-1, 8, 8]);
const pictures = (x: tf.Tensor, m: number) => small(x.unstack()[m]);
const first = read.unstack()[0].unstack()[0].gather(eight);
const guesses = await toArray<number[]>(first);
const [start1, start2] = [
  `${machine}, start 1`,
  `${machine}, start 2`,
];
show(
  'digits',
  await images(
    {
      'what is seen': small(
        on.mul(seen).add(tf.sub(1, seen).mul(0.35)),
      ),
      [start1]: pictures(one, 0),
      [start2]: pictures(two, 0),
      'free, first start': pictures(one, 1),
      'free, other start': pictures(two, 1),
      'the digit': small(on),
    },
    {
      title: 'Digits completed twice, from two random starts',
      columns: guesses.map(String),
      range: [0, 1],
      inks: { [start1]: 'mechanism', [start2]: 'mechanism' },
    },
  ),
);
const missing = tf.sub(1, seen);
const hits = marginal.greater(0.5).toFloat().equal(on).mul(missing);
const pixels = await toArray<number[]>(
  hits.mean(1).sum(2).sum(1).div(missing.sum().maximum(1)),
);
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
show('found rightly', [
  {
    machine,
    labels: percent(correct[0]),
    'hidden pixels': percent(pixels[0]),
  },
  {
    machine: 'free',
    labels: percent(correct[1]),
    'hidden pixels': percent(pixels[1]),
  },
]);

const differing = spread.unstack()[0].greater(0.05).sum();
check(
  'digits of 100 whose completion depends on the start',
  await toNumber(differing),
  {
    below: 1,
    because: 'clamping nodes leaves I − Φ positive definite',
    breaks: { machine: 'free' },
  },
);
check('share of the digits read rightly', correct[0], {
  above: 0.3,
  because: 'one machine both completes and classifies',
  breaks: { machine: 'no couplings' },
});
