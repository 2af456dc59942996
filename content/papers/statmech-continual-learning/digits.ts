import * as tf from '@tensorflow/tfjs';
import { adam, baseline, chart, check, data, gradients } from 'lab';
import { images, parameters, random, show, slider } from 'lab';
import { steps, toArray } from 'lab';
import { klPull, preactivation } from './mechanism';

type T = tf.Tensor;

const kappa = slider('kappa', {
  ...{ label: 'pull in two layers, κ', min: 0, max: 4 },
  ...{ value: 2, step: 0.25 },
});

// Digits of 8 × 8 pixels; in task 2 the same, pixels shuffled.
const normalise = { minus: 0.3, times: 2 };
const count = 3000;
const { train, test } = await data.mnist({
  ...{ size: 8, train: count, test: 600, flat: true, normalise },
});
const order = tf.tensor1d(random.permutation(64), 'int32');
const views = [(x: T) => x, (x: T) => x.gather(order, 1)];
const names = ['task 1: digits', 'task 2: pixels shuffled'];
const ten = train.x.slice([0], [10]);
const [plain, mixed] = views.map((view) =>
  view(ten).reshape([10, 8, 8]),
);
const title = 'The same ten digits, as both tasks show them';
const shown = { [names[0]]: plain, [names[1]]: mixed };
show('views', await images(shown, { title, range: [-0.6, 1.4] }));

// Two networks from one start: the first will have the pull.
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
/** What the network of the signs of all fields reads rightly. */
function accuracy(x: T, { theta1, theta2 }: Net) {
  const units = tf.matMul(twice(x), theta1.sign()).sign();
  const found = tf.matMul(units, theta2.sign()).argMax(2);
  return toArray<number[]>(found.equal(test.y.toInt()).mean(1));
}

const rows: {
  task: string;
  step: number;
  kept: number;
  lost: number;
}[] = [];
async function look(step: number) {
  for (const [i, task] of names.entries()) {
    const [kept, lost] = await accuracy(
      views[i](test.x),
      net.values(),
    );
    rows.push({ task, step, kept, lost });
  }
}
const kappas = tf.tensor3d([kappa, 0], [2, 1, 1]);
let prior = net.values();
for (const task of [0, 1]) {
  const optimiser = adam(net, { rate: 0.1 });
  const strength = kappas.mul(task).div(count);
  for await (const step of steps(32, names[task])) {
    if (step % 8 === 0) await look(32 * task + step);
    const which = random.integers([250], 0, count);
    const x = twice(views[task](train.x.gather(which)));
    const truth = tf.oneHot(train.y.gather(which).toInt(), 10);
    const { gradients: fit } = gradients(net, (now) =>
      tf.logSoftmax(scores(x, now)).mul(truth).sum().div(-250),
    );
    const now = net.values();
    const slope = (key: keyof Net) =>
      fit[key].add(klPull(now[key], prior[key]).mul(strength));
    await optimiser.apply({
      theta1: slope('theta1'),
      theta2: slope('theta2'),
    });
  }
  prior = net.values();
}
await look(64);

const panel = { fx: 'task', z: 'task' };
chart(
  'digits',
  {
    title: 'Digits read, while task 1 and then task 2 is learnt',
    over: 'step',
    x: {
      label: 'training step; task 2 begins at 32',
      ticks: [0, 32, 64],
    },
    y: {
      label: 'test digits read (%)',
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
const [end] = rows.slice(-2);
check(
  'digits of task 1 read, that the pull saves',
  end.kept - end.lost,
  {
    above: 0.05,
    because: 'formula (4) holds the fields of sure weights',
    breaks: { kappa: 0 },
  },
);
