import type * as tf from '@tensorflow/tfjs';
import { chart, check, ink, mean, Plot, toArray } from 'lab';
import { own, second, teachers } from './load';
import { students } from './students';

// After 0.8 N examples: what a weight says of its sign, and how
// often it is right. Ten groups, from the least sure to the surest.
async function honesty(fields: tf.Tensor) {
  const [from, N] = [3 * students, fields.shape[0]];
  const part = (x: tf.Tensor) => x.slice([0, from], [N, students]);
  const right = part(fields).mul(part(teachers)).flatten();
  const sorted = (await toArray<number[]>(right)).sort(
    (a, b) => Math.abs(a) - Math.abs(b),
  );
  const tenth = sorted.length / 10;
  return Array.from({ length: 10 }, (_, i) => {
    const group = sorted.slice(i * tenth, (i + 1) * tenth);
    const says = group.map((f) => (1 + Math.tanh(Math.abs(f))) / 2);
    const share = mean(group.map((f) => (f > 0 ? 1 : 0)));
    return { says: mean(says), share };
  });
}
const plain = await honesty(own);
const better = await honesty(second);
const gap = Number.NaN;
const lines = [
  ...[0.5, 1].map((says) => {
    return { says, law: says, plain: gap, better: gap };
  }),
  ...plain.map(({ says, share }) => {
    return { says, law: gap, plain: share, better: gap };
  }),
  ...better.map(({ says, share }) => {
    return { says, law: gap, plain: gap, better: share };
  }),
];
chart('certainty', {
  title: 'How sure a weight is, and how often it is right',
  over: 'says',
  x: {
    label: 'chance of its sign, (1 + |m|)/2 (%)',
    percent: true,
  },
  y: { label: 'signs that are right (%)', percent: true },
  also: () =>
    Plot.text([{ says: 0.72, share: 0.92, text: 'the rule' }], {
      x: 'says',
      y: 'share',
      text: 'text',
      textAnchor: 'end',
      fill: ink.mechanism,
    }),
  lines: {
    law: { as: 'theory', label: 'as promised', dots: false },
    better: {
      label: 'with reaction',
      as: 'series 1',
      dots: 'only',
    },
    plain: { dots: 'only' },
  },
}).add(...lines);

const off = better.map(({ says, share }) => Math.abs(says - share));
check(
  'mean distance of signs right from signs promised',
  mean(off),
  {
    below: 0.035,
    because:
      'in the exact posterior 1 + m is twice the chance of +1',
    breaks: { reaction: false },
  },
);
