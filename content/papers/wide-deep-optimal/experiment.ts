import * as tf from '@tensorflow/tfjs';
import { check, images, select, show, slider, toNumber } from 'lab';
import { apart, bayes, side, wrong, y } from './islands';
import { logits, reader } from './kernel';
import { deepen, ntk, vote } from './mechanism';

type T = tf.Tensor;

const linear = slider('linear', {
  label: 'share c₁² of the linear term',
  min: 0.01,
  max: 0.9,
  step: 0.01,
  value: 0.5,
});
const n = slider('n', {
  label: 'training points n',
  min: 100,
  max: 2000,
  step: 100,
  value: 1000,
});
const nearest = select('nearest', {
  label: 'the activation with A = A′ = 0 has',
  options: ['no linear term', 'a linear term'],
});
const constant = select('constant', {
  label: 'the activation with A ≠ 0 has',
  options: ['a constant', 'no constant'],
});
const depth = select('depth', {
  label: 'layers of the network with A′ ≠ 0',
  options: ['∞', '10⁶', '10⁴', '150'],
});
/** Layers beyond the 150 that are run one by one. */
export const more = {
  '∞': Number.POSITIVE_INFINITY,
  '10⁶': 1e6,
  '10⁴': 1e4,
  '150': 0,
}[depth];

const some = apart.slice([0, 0], [side ** 2, n]);
const labels = y.slice([0], [n]).expandDims(1);
const read = reader(some);

// Three activations, for the three rows of the table (4).
const singular = [0, linear, 0, 1 - linear];
const mixed = [0, 0.5, 0, 0.5];
const square = nearest === 'no linear term' ? [0, 0, 1, 0] : mixed;
const shifted =
  constant === 'a constant' ? [0.2, 0.4, 0.2, 0.2] : mixed;
const two = ntk(logits, [square, shifted], 80);
const [byNearest, byMajority] = two.logNtk
  .unstack()
  .map((table) => vote(read(table), labels));
const limit = deepen(ntk(logits, [singular], 150), more);
export const logPsi = limit.gather(0);
const bySingular = vote(read(logPsi), labels);

const answers = [byNearest, bySingular, byMajority, bayes];
const pictures = tf
  .concat(answers, 1)
  .transpose()
  .reshape([4, side, side]);
show(
  'maps',
  await images(
    { vote: pictures, sign: tf.sign(pictures) },
    {
      title:
        'Three deep networks and the Bayes rule, on the square',
      columns: [
        'A = A′ = 0',
        'A = 0, A′ ≠ 0',
        'A ≠ 0',
        'Bayes rule',
      ],
      palette: 'diverging',
      range: [-1, 1],
    },
  ),
);

// Are the outer two what the taxonomy says?
const neighbour = y.gather(some.argMin(1).toInt()).expandDims(1);
const majority = tf.sign(labels.sum());
const apartFrom = (a: T, b: T) =>
  toNumber(a.mul(b).lessEqual(0).mean());
check(
  'share of the square where A = A′ = 0 is not the nearest label',
  await apartFrom(byNearest, neighbour),
  {
    below: 0.01,
    because: 'formula (4): its limit is 1-nearest neighbour',
    breaks: { nearest: 'a linear term' },
  },
);
check(
  'share of the square where A ≠ 0 is not the majority label',
  await apartFrom(byMajority, majority),
  {
    below: 0.02,
    because: 'formula (4): its limit is a majority vote',
    breaks: { constant: 'no constant' },
  },
);
const ours = await wrong(bySingular);
const theirs = await wrong(neighbour);
check(
  'error of the network, over that of 1-nearest neighbour',
  ours / theirs,
  {
    below: 0.7,
    because:
      'at α = d = 2 far labels vote too, and noise averages out',
    breaks: { depth: '150' },
  },
);
