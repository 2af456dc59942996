import * as tf from '@tensorflow/tfjs';
import { check, curve, ink, mean, Plot, show } from 'lab';
import { inputs2, learnt, sizes } from './experiment';
import { each, errors, taskOf, teacher1 } from './students';
import { teacher2, train } from './students';
import { predict } from './theory';

// Six strengths of the pull at once, for each of two overlaps.
const pulls = [0, 0.1, 0.3, 1, 3, 10];
const overlaps = [0.4, 0.8];
const w1 = teacher1.tile([1, 12]);
const each2 = overlaps.map((r0) => teacher2(r0).tile([1, 6]));
const w2 = tf.concat(each2, 1);
const start = learnt.tile([1, 12]);
const fields = await train(taskOf(inputs2, w2), start, {
  prior: start,
  pull: each([...pulls, ...pulls]),
});
const on1 = await errors(fields, w1);
const on2 = await errors(fields, w2);
const fronts = overlaps.map((overlap, i) => {
  const [x, y] = predict(...sizes, overlap).second;
  const points = pulls.map((pull, j) => ({
    x: on1[6 * i + j],
    y: on2[6 * i + j],
    pull,
    text: `${pull}`,
  }));
  return { overlap, points, law: [{ x, y }] };
});

const at = { x: 'x', y: 'y' };
show(
  'trade',
  Plot.plot({
    title: 'Where both errors end, from no pull to a strong one',
    width: 440,
    height: 360,
    x: { label: 'error on task 1 (%)', percent: true },
    y: { label: 'error on task 2 (%)', percent: true },
    marks: fronts.map(({ overlap, points, law }) => [
      curve(points, { ...at, label: `10, r₀ = ${overlap}` }),
      Plot.text(points.slice(0, -1), {
        ...at,
        text: 'text',
        dx: 4,
        dy: -12,
        fill: ink.mechanism,
      }),
      Plot.dot(law, {
        ...at,
        symbol: 'times',
        stroke: ink.theory,
        r: 6,
      }),
    ]),
  }),
);

const sums = fronts.map(({ points }) => {
  const sum = (i: number) => points[i].x + points[i].y;
  return Math.min(sum(2), sum(4)) - sum(3);
});
check(
  'error of both tasks that λ = 1 saves over 0.3 and 3',
  mean(sums),
  {
    above: 0.006,
    because: 'with λ = 1 formula (2) is the rule of Bayes',
    breaks: { rule: 'likelihood alone' },
  },
);
