import * as tf from '@tensorflow/tfjs';
import { images, show, slider, toArray } from 'lab';
import { isHinge, net, pulls } from './experiment';
import { patches } from './mechanism';
import { forward, train } from './networks';

type T = tf.Tensor;

export const digit = slider('digit', {
  label: 'class looked at',
  min: 0,
  max: 9,
  value: 4,
  step: 1,
});

/** The first images of a class, as numbers of rows. */
const labels = await toArray<number[]>(train.y);
const all = labels.map((_, i) => i);
const firstOf = (c: number, count: number) =>
  all.filter((i) => labels[i] === c).slice(0, count);

// 24 images of each class, one a row; ten scores, one a column.
// The shade is the power of ten of a pull; no pull is no shade.
const { svm, softmax } = pulls(net);
const shown = labels.slice(0, 10).map((_, c) => firstOf(c, 24));
const rows = tf.tensor2d(shown, [10, 24], 'int32');
function shade(pull: T) {
  const size = pull.abs().gather(rows);
  const tens = size.maximum(1e-7).log().div(Math.log(10));
  const some = tens.div(7).add(1).maximum(0.1);
  return some.mul(size.notEqual(0).toFloat());
}
const inks = {
  softmax: 'baseline',
  SVM: isHinge ? 'mechanism' : 'broken',
} as const;
show(
  'pull',
  await images(
    { softmax: shade(softmax), SVM: shade(svm) },
    {
      title:
        'Pull of 24 images a class (rows) on ten scores (columns)',
      columns: shown.map((_, c) => `${c}`),
      range: [0, 1],
      inks,
    },
  ),
);

// What the pull on one score asks of the pixels of ten images.
const pictures = train.x.slice([0], [10]);
const column = tf.oneHot(tf.scalar(digit, 'int32'), 10).toFloat();
function asks(pull: T, which: number) {
  const weights = pull.slice([0], [10]).mul(column);
  const score = (x: T) =>
    forward(patches(x, 5), net).unstack()[which].mul(weights).sum();
  const change = tf.grad(score)(pictures).neg();
  const strongest = change.abs().max(1, true).maximum(1e-20);
  return change.div(strongest).reshape([10, 14, 14]);
}
show(
  'fields',
  await images(
    {
      image: pictures.reshape([10, 14, 14]),
      softmax: asks(softmax, 1),
      SVM: asks(svm, 0),
    },
    {
      title: `Ink that score ${digit} asks to add or to take away`,
      range: [-1, 1],
      palette: 'diverging',
      inks,
    },
  ),
);
