import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check } from 'lab';
import { inputs2, learnt, pull, sizes } from './experiment';
import { each, errors, taskOf, teacher1 } from './students';
import { teacher2, train } from './students';
import { predict } from './theory';

// Six overlaps at once, with memory and without.
const overlaps = [0, 0.2, 0.4, 0.6, 0.8, 1];
const half = tf.concat(overlaps.map(teacher2), 1);
const w1 = teacher1.tile([1, 12]);
const w2 = half.tile([1, 2]);
const start = learnt.tile([1, 12]);
const isKept = overlaps.map(() => 1);
const isLost = overlaps.map(() => 0);
const memory = each([...isKept, ...isLost]);
const fields = await train(taskOf(inputs2, w2), start, {
  prior: start.mul(memory),
  pull: memory.mul(pull - 1).add(1),
});

const ends = [await errors(fields, w1), await errors(fields, w2)];
const rows = overlaps.flatMap((overlap, i) => {
  const law = predict(...sizes, overlap).second;
  return ends.map((error, task) => ({
    task: `task ${task + 1}`,
    overlap,
    law: law[task],
    kept: error[i],
    lost: error[i + 6],
  }));
});
const panel = { fx: 'task', z: 'task' };
chart(
  'overlaps',
  {
    title: 'Both errors at the end, by how far the teachers agree',
    over: 'overlap',
    x: { label: 'overlap of the teachers, r₀', ticks: [0, 0.5, 1] },
    y: { label: 'error (%)', percent: true },
    fx: { label: null, padding: 0.25 },
    lines: {
      lost: { ...baseline('without'), ...panel },
      law: { as: 'theory', label: 'theory', ...panel },
      kept: { label: 'memory', dots: 'only', ...panel },
    },
  },
  rows,
);

const once = (await errors(learnt, teacher1))[0];
const again = once - ends[0][5];
check('error that the same task saves, a second time', again, {
  above: 0.05,
  because: 'a prior that holds all of task 1 makes one larger task',
  breaks: { pull: 0 },
});
