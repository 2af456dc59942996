import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, mean, random, slider } from 'lab';
import { steps, toArray } from 'lab';
import { begin, draw } from './tasks';
import { grade, hire, learn, memory, messages } from './team';

const label = 'wrong reference answers';
const range = { min: 0, max: 0.6, value: 0.4, step: 0.05 };
const criticNoise = slider('criticNoise', { label, ...range });

const start = begin(random, 3);
const exam = draw(random, 400);
const shared = { messages, fixed: -1, choice: [0, 0, 0] };
const teams = [memory, 0].map((memory) => ({
  ...shared,
  memory,
  prompts: hire(start, 3),
}));

const scores = chart('noise', {
  title: `A critic wrong in ${Math.round(100 * criticNoise)} % of the tasks`,
  over: 'round',
  x: { label: 'rounds of critique' },
  y: {
    label: 'fresh tasks solved',
    percent: true,
    domain: [0, 100],
  },
  lines: {
    hasty: baseline('no memory'),
    steady: `μ = ${memory}`,
  },
});
const examine = async (round: number) => {
  const [[, , , steady], [, , , hasty]] = await Promise.all(
    teams.map((t) => toArray(grade(t, exam))),
  );
  scores.add({ round, steady, hasty });
};
await examine(0);
for await (const i of steps(12, 'rounds')) {
  const { asked, truth } = draw(random, 24);
  // A wrong reference is the answer of another task.
  const other = draw(random, 24).truth;
  const lie = random.uniform([24]).less(criticNoise);
  const told = {
    v: tf.where(lie, other.v, truth.v),
    format: tf.where(lie, other.format, truth.format),
  };
  const attention = random.uniform([3, 24]);
  for (const t of teams) await learn(t, asked, told, attention);
  await examine(i + 1);
}

const late = scores.rows.slice(-6); // rounds 7 to 12
const steady = mean(late.map((row) => row.steady));
const hasty = mean(late.map((row) => row.hasty));
const failed = 1 - steady;
check(
  'share of tasks failed, rounds 7 to 12, noisy critic',
  failed,
  {
    below: 0.25,
    because: 'false critiques scatter, so their sum is right',
    breaks: { memory: 0 },
  },
);
const gain = steady - hasty;
check('share of tasks won by memory, noisy critic', gain, {
  above: 0.15,
  because: 'without it a line follows the last critique heard',
  breaks: { memory: 0 },
});
