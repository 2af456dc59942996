import * as tf from '@tensorflow/tfjs';
import { adam, check, curve, ink, mean, median } from 'lab';
import { Plot, parameters, random, show, slider } from 'lab';
import { steps, toArray } from 'lab';
import { concatForward, large, trained } from './experiment';
import { drawTasks, truth } from './family';
import { conditionGradient, hyperForward } from './mechanism';
import { targetForward, targetGradient } from './mechanism';

type T = tf.Tensor;

const shots = slider('shots', {
  label: 'points of a new task',
  min: 2,
  max: 12,
  value: 6,
  step: 1,
});
const tuning = slider('tuning', {
  label: 'tuning steps',
  min: 0,
  max: 80,
  value: 50,
  step: 5,
});
const shown = slider('task', {
  label: 'task shown, from the best of 24 to the worst',
  min: 1,
  max: 24,
  value: 12,
  step: 1,
});

// 24 new tasks with points on the left only, six starts for each.
const [tasks, starts] = [24, 6];
const fresh = drawTasks([tasks], 1);
const jitter = random.uniform([tasks, shots]);
const x = jitter
  .add(tf.range(0, shots))
  .mul(3 / shots)
  .sub(3);
const noise = random.normal([tasks, shots], 0, 0.05);
const y = truth(fresh.omega, fresh.phase, x).add(noise);
const repeat = (t: T) => tf.tile(t, [starts, 1]);
const [xs, ys] = [repeat(x), repeat(y)]; // [starts · tasks, shots]
const count = starts * tasks;

const guess = drawTasks([count], 1).condition;
const size = [...Array(32).fill(1), ...Array(16).fill(1 / 4), 0.1];
const raw = random.normal([count, 49]).mul(tf.tensor1d(size));
const fit = parameters({
  condition: guess,
  other: guess,
  weights: raw,
});
type Fit = ReturnType<typeof fit.values>;

/** Three ways to answer: c tuned, all Θ tuned, c of plain. */
function answers({ condition, weights, other }: Fit, x: T) {
  const written = hyperForward(condition, trained).weights;
  return [
    targetForward(x, written),
    targetForward(x, weights),
    concatForward(other, x, large).squeeze([0]),
  ];
}
const losses = (fit: Fit) =>
  answers(fit, xs).map((found) => found.sub(ys).square().mean(1));
const loss = (condition: T) => {
  const found = concatForward(condition, xs, large);
  return found.sub(ys).square().mean(2).sum();
};
const shrink = 2e-3; // λ
const optimiser = adam(fit, { rate: 0.1, beta2: 0.99 });
for await (const step of steps(tuning, 'tuning on the points')) {
  optimiser.rate = 0.1 * (1 - step / tuning);
  const { condition, weights, other } = fit.values();
  const written = hyperForward(condition, trained);
  const g = targetGradient(xs, ys, written.weights);
  const pull = conditionGradient(written.features, trained, g);
  optimiser.apply({
    condition: pull.add(condition.mul(2 * shrink)),
    weights: targetGradient(xs, ys, weights),
    other: tf
      .grad(loss)(other)
      .add(other.mul(2 * shrink)),
  });
}

// Of the six starts, the one of least loss; then on the whole range.
const stops = Array.from({ length: 61 }, (_, i) => i / 10 - 3);
const line = tf.tile(tf.tensor2d([stops]), [tasks, 1]);
const right = truth(fresh.omega, fresh.phase, line);
const best = (loss: T) => loss.reshape([starts, tasks]).argMin(0);
const now = fit.values();
const chosen = losses(now).map(best);
const lines = answers(now, repeat(line)).map((found, i) => {
  const all = found.reshape([starts, tasks, -1]);
  const one = tf.oneHot(chosen[i].toInt(), starts).transpose();
  return all.mul(one.expandDims(2)).sum(0);
});
const errors = await Promise.all(
  lines.map(async (found) => {
    const off = found.sub(right).square().mean(1);
    return toArray<number[]>(off.div(right.square().mean()));
  }),
);
const [tuned, scratch] = errors.map(median);

// The task shown is chosen by rank: 12 is near the median.
const rank = errors[0]
  .map((error, task) => ({ error, task }))
  .sort((a, b) => a.error - b.error);
const k = rank[Math.min(shown, tasks) - 1].task;
const [points, seen] = await Promise.all(
  [x, y].map((t) => toArray<number[][]>(t)),
);
const dots = points[k].map((x, i) => ({ x, y: seen[k][i] }));
const drawn = await Promise.all(
  [right, ...lines].map((t) => toArray<number[][]>(t)),
);
const rows = (all: number[][]) =>
  stops.map((x, i) => ({ x, y: all[k][i] }));
const at = { x: 'x', y: 'y', dots: false };
show(
  'new task',
  Plot.plot({
    title: `${shots} points, three numbers to fit or 49 weights`,
    x: { label: 'x' },
    y: { label: 'y', domain: [-2, 2], clip: true },
    marks: [
      curve(rows(drawn[0]), {
        ...at,
        ink: ink.theory,
        dashed: true,
        label: 'the task',
      }),
      curve(rows(drawn[2]), {
        ...at,
        ink: ink.baseline,
        label: '49 weights tuned',
        clip: true,
      }),
      curve(rows(drawn[1]), { ...at, label: 'c tuned' }),
      Plot.dot(dots, { x: 'x', y: 'y', fill: ink.theory, r: 4 }),
    ],
  }),
);
const row = (tuned: string, numbers: number, i: number) => ({
  tuned,
  numbers,
  'median error': median(errors[i]),
  'mean error': mean(errors[i]),
});
show('error on both halves', [
  row('condition of the hypernet', 3, 0),
  row('condition of the large plain net', 3, 2),
  row('weights of a net of their own', 49, 1),
]);
check('median error when only the condition is tuned', tuned, {
  below: 0.4,
  because: 'six points are enough for the three numbers in c',
  breaks: { tuning: 0 },
});
check(
  'median error when all weights are tuned, the condition = 1',
  scratch / tuned,
  {
    above: 3,
    because: 'six points leave 49 weights free on the right',
    breaks: { tuning: 0 },
  },
);

// For the map of the next cell.
const conditions = await toArray<number[][]>(now.condition);
const guesses = await toArray<number[][]>(guess);
const winner = (await toArray<number[]>(chosen[0]))[k];
const [paces, phases] = await Promise.all(
  [fresh.omega, fresh.phase].map((t) => toArray<number[]>(t)),
);
export const shownTask = {
  x: points[k],
  y: seen[k],
  begun: guesses.filter((_, i) => i % tasks === k),
  ended: conditions[winner * tasks + k],
  truth: { omega: paces[k], phase: phases[k] },
};
