import * as tf from '@tensorflow/tfjs';
import { baseline, broken, chart, check, random } from 'lab';
import { theory, toArray } from 'lab';
import { largest, numExamples, seenInTest } from './digits';
import { testLabels } from './digits';
import { net } from './experiment';
import { powerLaw } from './mechanism';
import { mistakes } from './networks';

// A thousand test digits, as they are, and each moved at random
// by up to two pixels.
const all = tf.range(0, 1000, 1, 'int32');
const still = tf.zerosLike(all);
const aside = () => random.integers([1000], -2, 3);
async function errors(dx: tf.Tensor, dy: tf.Tensor) {
  const x = seenInTest(all, dx, dy);
  const wrong = mistakes(x, testLabels, net.values());
  return toArray<number[]>(wrong.mean(1));
}
const clean = await errors(still, still);
const shiftedErrors = await errors(aside(), aside());

const rows = (error: number[]) =>
  numExamples.map((n, i) => ({
    numExamples: n,
    plain: error[i],
    moved: error[i + 4],
    waves: error[i + 8],
  }));
const fit = powerLaw(numExamples, clean.slice(0, 4));
const axes = {
  x: {
    type: 'log',
    label: 'training digits N',
    ticks: numExamples,
  },
  y: {
    type: 'log',
    label: 'test error (%)',
    percent: true,
    domain: [5, 100],
    ticks: [5, 10, 20, 50, 100],
  },
};
chart('law', {
  title: (rows) =>
    rows[3].plain < rows[0].plain / 2
      ? 'Digits as they are: errors fall with their number'
      : 'Errors on digits as they are',
  over: 'numExamples',
  ...axes,
  lines: {
    waves: baseline('waves'),
    moved: 'moved',
    law: theory('power law'),
    plain: { ...broken('never moved'), dots: 'only' },
  },
}).add(
  ...rows(clean).map((row) => ({
    ...row,
    law: fit.scale * row.numExamples ** -fit.exponent,
  })),
);
chart('flat', {
  title: 'Moved digits: data alone does not help',
  over: 'numExamples',
  ...axes,
  lines: {
    waves: baseline('waves'),
    moved: 'moved',
    plain: broken('never moved'),
  },
}).add(...rows(shiftedErrors));

check('exponent α of the test error', fit.exponent, {
  between: [0.18, 0.6],
  because: 'formula (6): ten times the digits divide it by 10^α',
  breaks: { more: 'copies of 125' },
});
const price =
  shiftedErrors[largest.moved] / shiftedErrors[largest.waves];
check('error on moved digits, in units of that with waves', price, {
  below: 2.8,
  because: 'what is not built in can be learnt, at a price',
  breaks: { shift: 0 },
});
