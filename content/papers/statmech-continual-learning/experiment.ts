import * as tf from '@tensorflow/tfjs';
import { check, curve, ink, Plot, show, slider } from 'lab';
import { each, errors, inputs, N, rule } from './students';
import { students, taskOf, teacher1 } from './students';
import { teacher2, train } from './students';
import { predict } from './theory';

type T = tf.Tensor;

const size = { min: 0.1, max: 1.2, value: 0.8, step: 0.1 };
const alpha1 = slider('alpha1', {
  label: 'examples of task 1 per weight, α₁',
  ...size,
});
const alpha2 = slider('alpha2', {
  label: 'examples of task 2 per weight, α₂',
  ...size,
});
export const overlap = slider('overlap', {
  label: 'overlap of the teachers, r₀',
  min: 0,
  max: 1,
  value: 0.8,
  step: 0.1,
});
export const pull = slider('pull', {
  label: 'pull to the old fields, λ',
  min: 0,
  max: 3,
  value: 1,
  step: 0.1,
});

// Six students that will remember, and the same without memory.
const twice = (x: T) => tf.concat([x, x], 1);
const [w1, w2] = [twice(teacher1), twice(teacher2(overlap))];
const seen = [1, 2, 3, 4, 6, 8, 12, 16, 24, 36];
const path: { x: number[]; y: number[] }[] = [];
async function see(fields: T, step: number) {
  if (!seen.includes(step)) return;
  const x = await errors(fields, w1);
  path.push({ x, y: await errors(fields, w2) });
}

const none = tf.zeros([N, students]);
const task1 = taskOf(inputs(alpha1), w1);
const start = { prior: twice(none), pull: each([1, 1]) };
const first = await train(task1, start.prior, start, rule, see);
export const learnt = first.slice([0, 0], [N, students]);
const half = path.length - 1;

export const inputs2 = inputs(alpha2);
const task2 = taskOf(inputs2, w2);
const prior = tf.concat([learnt, none], 1);
const to = { prior, pull: each([pull, 1]) };
const second = await train(task2, first, to, rule, see);
export const [kept, lost] = tf.split(second, 2, 1);

export const sizes: [number, number] = [alpha1, alpha2];
const law = predict(...sizes, overlap);
const end = path.at(-1)!;
const of = (i: number) =>
  path.map(({ x, y }) => ({ x: x[i], y: y[i] }));
const [memory, without] = [of(0), of(1)];
const laws = [law.first, law.second].map(([x, y]) => ({ x, y }));
const at = { x: 'x', y: 'y' };
const word = (point: object, text: string, options: object) =>
  Plot.text([{ ...point, text }], {
    ...at,
    text: 'text',
    ...options,
  });
const [left, right] = [
  { textAnchor: 'end', dx: -9 },
  { textAnchor: 'start', dx: 9 },
];
const first1 = { ...at, ink: ink.series[0] };
const cross = { symbol: 'times', stroke: ink.theory, r: 6 };
show(
  'paths',
  Plot.plot({
    title: 'Task 1, then task 2: where both errors go',
    width: 440,
    height: 400,
    x: { label: 'error on task 1 (%)', percent: true },
    y: { label: 'error on task 2 (%)', percent: true },
    marks: [
      curve(memory.slice(0, half + 1), first1),
      word(memory[0], 'task 1', {
        ...left,
        dy: -4,
        fill: ink.series[0],
      }),
      curve(without.slice(half), { ...at, ink: ink.baseline }),
      word(without.at(-1)!, 'without memory', {
        ...right,
        fill: ink.baseline,
      }),
      curve(memory.slice(half), at),
      word(memory.at(-1)!, 'task 2 with memory', {
        ...right,
        fill: ink.mechanism,
      }),
      Plot.dot(laws, { ...at, ...cross }),
      word(laws[0], 'theory', { ...left, fill: ink.theory }),
    ],
  }),
);

const away = Math.max(
  Math.abs(end.x[0] - law.second[0]),
  Math.abs(end.y[0] - law.second[1]),
);
check('larger distance of the two errors from theory', away, {
  below: 0.04,
  because:
    'formulas (10) and (11) are those of the exact posterior',
  breaks: { pull: 0 },
});
check('error on task 1 that memory saves', end.x[1] - end.x[0], {
  above: 0.05,
  because: 'the pull holds the fields that task 1 made large',
  breaks: { pull: 0 },
});
check('error on task 2 that memory saves', end.y[1] - end.y[0], {
  above: 0.02,
  because: 'what both teachers share is known before task 2 begins',
  breaks: { overlap: 0.2 },
});
