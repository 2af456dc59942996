import * as tf from '@tensorflow/tfjs';
import { adam, baseline, chart, check, gradients } from 'lab';
import { parameters, random, slider, steps, toArray } from 'lab';
import { klPull, preactivation } from './mechanism';
import { answers, asked, count, labels, seen } from './views';

type T = tf.Tensor;

const kappa = slider('kappa', {
  label: 'pull in two layers, κ',
  min: 0,
  max: 4,
  value: 2,
  step: 0.25,
});

// Two networks from one start: with the pull, and without.
const twice = (x: T) => x.expandDims(0).tile([2, 1, 1]);
const net = parameters({
  theta1: twice(random.normal([64, 60], 0, 0.1)),
  theta2: twice(random.normal([60, 10], 0, 0.1)),
});
type Net = ReturnType<typeof net.values>;

/** Formula (5) in both layers, formula (12) in between. */
function scores(x: T, { theta1, theta2 }: Net) {
  const { mean, variance } = preactivation(x, tf.tanh(theta1));
  const units = mean.div(variance.mul(2).add(1e-3).sqrt()).erf();
  return preactivation(units, tf.tanh(theta2)).mean.mul(2);
}

/** Digits read by the network of the signs of all fields. */
function accuracy(x: T) {
  const { theta1, theta2 } = net.values();
  const units = tf.matMul(twice(x), theta1.sign()).sign();
  const found = tf.matMul(units, theta2.sign()).argMax(2);
  return toArray<number[]>(found.equal(answers).mean(1));
}

const names = ['task 1: digits', 'task 2: shuffled'];
type Row = Record<'step' | 'kept' | 'lost', number>;
const rows: (Row & { task: string })[] = [];
async function look(step: number) {
  for (const [i, test] of asked.unstack().entries()) {
    const [kept, lost] = await accuracy(test);
    rows.push({ task: names[i], step, kept, lost });
  }
}

let prior = net.values();
for (const [task, images] of seen.unstack().entries()) {
  const optimiser = adam(net, { rate: 0.1 });
  const pull = tf.tensor3d([kappa * task, 0], [2, 1, 1]).div(count);
  for await (const step of steps(32, names[task])) {
    if (step % 8 === 0) await look(32 * task + step);
    const which = random.integers([250], 0, count);
    const x = twice(images.gather(which));
    const truth = tf.oneHot(labels.gather(which).toInt(), 10);
    const fit = gradients(net, (now) =>
      tf.logSoftmax(scores(x, now)).mul(truth).sum().div(-250),
    ).gradients;
    const now = net.values();
    const slope = (key: keyof Net) =>
      fit[key].add(klPull(now[key], prior[key]).mul(pull));
    const [theta1, theta2] = [slope('theta1'), slope('theta2')];
    await optimiser.apply({ theta1, theta2 });
  }
  prior = net.values();
}
await look(64);

const panel = { fx: 'task', z: 'task' };
chart(
  'digits',
  {
    title: 'Test digits read, while both tasks are learnt',
    over: 'step',
    x: {
      label: 'training step; task 2 begins at 32',
      ticks: [0, 32, 64],
    },
    y: {
      label: 'digits read (%)',
      percent: true,
      domain: [0, 100],
    },
    fx: { label: null, padding: 0.25 },
    bounds: [{ x: 32 }],
    lines: {
      lost: { ...baseline('without'), ...panel },
      kept: { label: 'pull κ', ...panel },
    },
  },
  rows,
);

const saved = rows.at(-2)!.kept - rows.at(-2)!.lost;
check('digits of task 1 read, that the pull saves', saved, {
  above: 0.05,
  because: 'formula (4) holds the fields that task 1 made large',
  breaks: { kappa: 0 },
});
