import * as tf from '@tensorflow/tfjs';
import { broken, chart, check, mean, toggle } from 'lab';
import { likelihood, reactive } from './mechanism';
import { each, errors, inputs, N, rule } from './students';
import { taskOf, teacher1, train } from './students';
import { predict } from './theory';

export const reaction = toggle('reaction', {
  label: 'second rule with the reaction term',
  value: true,
});

// Seven sizes of task 1 at once. All students see the same inputs,
// but only the first α N of them have a label.
const loads = [0.2, 0.4, 0.6, 0.8, 1.1, 1.4, 1.7];
export const teachers = teacher1.tile([1, loads.length]);
const all = taskOf(inputs(1.7), teachers);
const rank = tf.range(0, all.x.shape[0]).expandDims(1);
const known = rank.less(each(loads).mul(N).round());
const task = { ...all, labels: all.labels.mul(known) };
const prior = tf.zeros(teachers.shape);
const to = { prior, pull: each(loads.map(() => 1)) };
export const own = await train(task, prior, to);
const other = reaction ? reactive : rule;
export const second = await train(task, prior, to, other);

const plain = await errors(own, teachers);
const better = await errors(second, teachers);
const gap = Number.NaN;
const measured = loads.map((alpha, i) => {
  return { alpha, law: gap, plain: plain[i], better: better[i] };
});
const fine = Array.from({ length: 38 }, (_, i) => 0.2 + i / 25);
const law = fine.map((alpha) => {
  const [error] = predict(alpha).first;
  return { alpha, law: error, plain: gap, better: gap };
});
const named =
  rule === likelihood ? broken('no pull') : { label: 'the rule' };
chart('size', {
  title: 'The error on one task alone, by its examples',
  over: 'alpha',
  x: { label: 'examples per weight, α' },
  y: { label: 'error (%)', percent: true, domain: [0, 42] },
  lines: {
    law: { as: 'theory', label: 'theory', dots: false },
    better: {
      label: 'with reaction',
      as: 'series 1',
      dots: 'only',
    },
    plain: { ...named, dots: 'only' },
  },
}).add(...law, ...measured);

const apart = [3, 4, 5].map((i) => {
  return Math.abs(better[i] - predict(loads[i]).first[0]);
});
check(
  'distance from theory with reaction, α from 0.8 to 1.4',
  mean(apart),
  {
    below: 0.018,
    because: 'formula (8) restores what ties the weights together',
    breaks: { reaction: false },
  },
);
