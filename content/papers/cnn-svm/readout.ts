import type * as tf from '@tensorflow/tfjs';
import { check, ink, mean, Plot, show, toArray } from 'lab';
import { variant } from 'lab';
import { scores } from './experiment';
import { firstPositive, largest } from './mechanism';
import { test } from './networks';

const rules = {
  'the largest score': largest,
  'the first positive score': firstPositive,
};
const readout = variant('readout', rules, {
  label: 'the answer is',
});

const right = (answer: tf.Tensor) =>
  toArray<number[]>(answer.equal(test.y).toFloat());
const byLargest = await right(largest(scores));
const bySign = await right(firstPositive(scores));
const positive = await toArray<number[]>(
  scores.greater(0).toFloat().sum(1),
);

// How many of its ten heads claim an image?
const groups = ['none', 'one', 'several'].flatMap((name, k) => {
  const here = (_: number, i: number) =>
    Math.min(positive[i], 2) === k;
  const largest = byLargest.filter(here);
  const first = bySign.filter(here);
  const claimed = `${name} (${first.length})`;
  if (first.length === 0) return [];
  return [
    { claimed, rule: 'first', share: mean(first) },
    { claimed, rule: 'largest', share: mean(largest) },
  ];
});
const by = (rule: string) => groups.filter((g) => g.rule === rule);
const bar = { fx: 'claimed', x: 'rule', y: 'share' };
show(
  'readout',
  Plot.plot({
    title:
      'Accuracy by the first positive and by the largest score',
    fx: {
      label: 'positive scores (images)',
      domain: groups.map((g) => g.claimed),
    },
    x: { label: null },
    y: {
      label: 'right, %',
      percent: true,
      domain: [0, 100],
    },
    marks: [
      Plot.barY(by('first'), { ...bar, fill: ink.baseline }),
      Plot.barY(by('largest'), { ...bar, fill: ink.mechanism }),
    ],
  }),
);

const chosen = await right(readout(scores));
const gain = mean(chosen) - mean(bySign);
check('test accuracy of the answer, less that by sign', gain, {
  above: 0.03,
  because:
    'no head or several may claim an image; one score is largest',
  breaks: { readout: 'the first positive score' },
});
