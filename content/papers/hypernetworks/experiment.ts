import * as tf from '@tensorflow/tfjs';
import { adam, check, curve, ink, Plot, parameters } from 'lab';
import { random, select, show, slider, steps, toArray } from 'lab';
import { drawTasks } from './family';
import { fanIn, hyperForward, hyperGradient } from './mechanism';
import { targetForward, targetGradient } from './mechanism';

type T = tf.Tensor;

const told = select('condition', {
  label: 'the networks are told',
  options: ['which task it is', 'the same for all'],
});
const H = slider('H', {
  label: 'hidden units H of the hypernet',
  min: 4,
  max: 48,
  value: 32,
  step: 4,
});
export const seen = (condition: T) =>
  told === 'which task it is' ? condition : condition.mul(0);

const updates = 180;
const lesson = drawTasks([updates, 32], 10);
const test = drawTasks([64], 40);
const parts = (x: T) => x.unstack();
const conditions = parts(seen(lesson.condition));
const [xs, ys] = [parts(lesson.x), parts(lesson.noisy)];

// Three hypernets in a stack, for targets of 4, 8 and 16 units.
// Units beyond are written as zeros, for which no gradient flows.
const written = [4, 8, 16];
const P = 3 * 16 + 1;
const wanted = tf.tensor(
  written.map((M) => {
    const row = (value: number) =>
      Array.from({ length: 16 }, (_, j) => (j < M ? value : 0));
    return [[...row(1), ...row(1), ...row(1 / M), 0.01]];
  }),
);
const W1 = random.normal([3, 3, H], 0, Math.sqrt(1 / 3));
const b1 = random.normal([3, 1, H], 0, 0.5);
const begin = tf.matMul(conditions[0].expandDims(0), W1).add(b1);
const first = tf.tanh(begin);
const scale = fanIn(wanted, first).sqrt();
const V = random.normal([3, H, P]).mul(scale);
const b = random.normal([3, 1, P]).mul(wanted.div(2).sqrt());
const hyper = parameters({ W1, b1, V, b });

// Four plain networks to which c is one more input.
const widths = [4, 7, 16, 37];
const alive = (width: number) =>
  tf.range(0, 37).less(width).cast('float32');
const mask = tf.stack(widths.map(alive)).expandDims(1); // [4, 1, 37]
const fan = tf.tensor3d(widths, [4, 1, 1]);
const both = mask.mul(mask.transpose([0, 2, 1]));
const concat = parameters({
  v1: random.normal([4, 4, 37]).mul(mask),
  c1: random.normal([4, 1, 37]).mul(mask),
  v2: random.normal([4, 37, 37]).mul(both).div(fan.sqrt()),
  c2: tf.zeros([4, 1, 37]) as T,
  v3: random
    .normal([4, 37, 1])
    .mul(mask.transpose([0, 2, 1]))
    .div(fan.sqrt()),
  c3: tf.zeros([4, 1, 1]) as T,
});
export type Plain = ReturnType<typeof concat.values>;

/** c [T, 3] and x [T, N] → y [4, T, N], of each network. */
export function concatForward(condition: T, x: T, net: Plain) {
  const [t, n] = x.shape;
  const k = net.v1.shape[0];
  const again = tf.tile(condition.expandDims(1), [1, n!, 1]);
  const rows = tf.concat([x.expandDims(2), again], 2);
  const input = tf.tile(rows.reshape([1, -1, 4]), [k, 1, 1]);
  const one = tf.tanh(tf.matMul(input, net.v1).add(net.c1));
  const two = tf.tanh(tf.matMul(one, net.v2).add(net.c2));
  return tf.matMul(two, net.v3).add(net.c3).reshape([k, t, n!]);
}

const power = test.y.square().mean();
const errorOf = (found: T) =>
  toArray<number[]>(
    found.sub(test.y).square().mean([1, 2]).div(power),
  );
const sizes = written.map((M) => 3 * M + 1);
const plainSizes = widths.map((w) => 4 * w + w + w * w + w + w + 1);
const now = seen(test.condition);
async function measure() {
  const { weights } = hyperForward(
    now.expandDims(0),
    hyper.values(),
  );
  const net = concat.values();
  const ours = await errorOf(targetForward(test.x, weights));
  const plain = await errorOf(concatForward(now, test.x, net));
  show('front', figure(ours, plain));
  return { ours, plain };
}
function figure(ours: number[], plain: number[]) {
  const at = { x: 'size', y: 'error' };
  const pair = (sizes: number[], errors: number[]) =>
    sizes.map((size, i) => ({ size, error: errors[i] }));
  return Plot.plot({
    title: 'Networks that answer a query, by size and by error',
    x: { type: 'log', label: 'weights that answer a query' },
    y: { type: 'log', label: 'error on unseen tasks' },
    marks: [
      curve(pair(plainSizes, plain), {
        ...at,
        ink: ink.baseline,
        label: 'plain',
      }),
      curve(pair(sizes, ours), { ...at, label: 'written' }),
    ],
  });
}

const optimiser = adam(hyper, { rate: 0, beta2: 0.99 });
const other = adam(concat, { rate: 0, beta2: 0.99 });
for await (const step of steps(
  updates,
  'training seven networks',
)) {
  const [c, x, y] = [conditions[step], xs[step], ys[step]];
  const rate = 0.01 * (1 + Math.cos((Math.PI * step) / updates));
  optimiser.rate = rate;
  other.rate = rate;
  const net = hyper.values();
  const stacked = c.expandDims(0);
  const { features, weights } = hyperForward(stacked, net);
  const g = targetGradient(x, y, weights);
  optimiser.apply(hyperGradient(stacked, features, net.V, g));
  await other.step((net) =>
    concatForward(c, x, net).sub(y).square().mean([1, 2]).sum(),
  );
}
const { ours, plain } = await measure();

/** The hypernet of the widest target, and the widest plain net. */
const last = (x: T) => x.gather([x.shape[0] - 1]);
const end = hyper.values();
export const trained = {
  W1: last(end.W1).squeeze([0]),
  b1: last(end.b1).squeeze([0]),
  V: last(end.V).squeeze([0]),
  b: last(end.b).squeeze([0]),
};
const rest = concat.values();
export const large = {
  v1: last(rest.v1),
  c1: last(rest.c1),
  v2: last(rest.v2),
  c2: last(rest.c2),
  v3: last(rest.v3),
  c3: last(rest.c3),
};
check('error on tasks never trained on', ours[2], {
  below: 0.1,
  because: 'one hypernet writes the weights of every task',
  breaks: { condition: 'the same for all' },
});
check(
  'error of a plain net of as many weights, hypernet = 1',
  plain[0] / ours[2],
  {
    above: 4,
    because: 'weights made for a task need not hold all tasks',
    breaks: { condition: 'the same for all' },
  },
);
