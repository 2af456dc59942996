import * as tf from '@tensorflow/tfjs';
import { adam, baseline, chart, check, nn, parameters } from 'lab';
import { random, select, show, steps, theory, toNumber } from 'lab';
import { test, train } from './digits';
import { residual } from './mechanism';
import { learn, part, right, targets } from './stream';

type T = tf.Tensor;

export const codebooks = select('codebooks', {
  label: 'codebooks C',
  options: [1, 4, 16, 32],
  value: 32,
});
const pairs = select('pairs', {
  label: 'pairs in a codebook, K',
  options: [8, 32, 128, 512],
  value: 128,
});

const stages = chart('stages', {
  title: 'Accuracy on all ten digits, as two at a time arrive',
  over: 'stage',
  x: { label: 'stage', ticks: [1, 2, 3, 4, 5] },
  y: {
    label: 'accuracy on all ten',
    percent: true,
    domain: [0, 100],
  },
  lines: {
    seen: theory('all seen so far'),
    network: baseline('network'),
    linear: { label: 'linear head', as: 'series 1' },
    table: 'key-value table',
  },
});

// A network and a linear head on the same embedding. The second of
// the two networks side by side draws from all ten classes.
const net = parameters({
  w1: random.normal([2, 32, 64], 0, 1 / Math.sqrt(32)),
  b1: tf.zeros([2, 64]),
  w2: random.normal([2, 64, 10], 0, 1 / 8),
  b2: tf.zeros([2, 10]),
});
const run = ({ w1, b1, w2, b2 }: Record<string, T>, z: T) =>
  nn.dense(nn.dense(z, w1, b1).relu(), w2, b2);
const optimiser = adam(net, { rate: 0.025 });
const head = tf.variable(tf.zeros([33, 10]));
const one = (z: T) =>
  z.pad(
    [
      [0, 0],
      [0, 1],
    ],
    1,
  );

async function learnDense(stage: number) {
  const z = part(train.z, stage);
  const wanted = part(targets, stage);
  for await (const _ of steps(12, 'network')) {
    const drawn = random.integers([200], 0, 1000);
    const x = tf.stack([z, tf.gather(train.z, drawn)]);
    const goal = tf.concat([wanted, tf.gather(targets, drawn)]);
    await optimiser.step((w) =>
      nn.crossEntropy(run(w, x).reshape([400, 10]), goal).mul(2),
    );
    const error = residual(tf.matMul(one(z), head), wanted);
    const move = tf.matMul(one(z), error, true).mul(0.3);
    head.assign(head.sub(move) as typeof head);
  }
}
async function dense() {
  const both = run(net.values(), tf.stack([test.z, test.z]));
  const [turn, mixed] = tf.unstack(both);
  const of = (logits: T) => toNumber(nn.accuracy(logits, test.y));
  const linear = await of(tf.matMul(one(test.z), head));
  return {
    network: await of(turn),
    linear,
    mixed: await of(mixed),
  };
}

const size = codebooks * pairs;
const own = (values: T) => values.slice([0, 0], [size, -1]);
let past = tf.zeros([size, 10]);
let [away, idle] = [0, 0];
const table = await learn(codebooks, pairs, async (state) => {
  const { values, rows, read, stage } = state;
  const hits = tf.ones([rows.size]);
  const at = rows.reshape([-1, 1]).toInt();
  const fetched = tf.scatterND(at, hits, [size]).greater(0);
  const moved = own(values).sub(past).abs().max(1).greater(0);
  const rest = tf.sub(1, fetched.toFloat());
  idle = await toNumber(rest.mean());
  away = (await toNumber(moved.toFloat().mul(rest).mean())) / idle;
  past = own(values).clone();
  await learnDense(stage);
  const { network, linear } = await dense();
  const now = await right(values, read(test.z));
  const seen = 0.2 * (stage + 1);
  stages.add({
    stage: stage + 1,
    table: now,
    network,
    linear,
    seen,
  });
});
const { network } = stages.last;
const { mixed } = await dense();
const row = (model: string, inTurn: number, all: number) => ({
  model,
  'in turn': percent(inTurn),
  'all at once': percent(all),
});
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
show('order', [
  row('key-value table', table.inTurn, table.mixed),
  row('network', network, mixed),
]);
show(
  'idle',
  `In the last stage ${percent(idle)} of the values were fetched by no digit. Of these ${percent(away)} changed.`,
);

check(
  'lead of the table over the network',
  table.inTurn - network,
  {
    above: 0.3,
    because:
      'the network moves every weight, the table a few values',
    breaks: { keys: 'redrawn' },
  },
);
check(
  'what the order costs the table',
  table.mixed - table.inTurn,
  {
    below: 0.15,
    because: 'with many keys, digits of two classes share few',
    breaks: { pairs: 8 },
  },
);
check('share of idle values that the last stage moved', away, {
  below: 0.01,
  because: 'formula (5): what is not fetched is not written',
  breaks: { decay: 0.00001 },
});
check('digits mixed: the table right', table.mixed, {
  above: 0.75,
  because: 'many codebooks vote, each of them coarse',
  breaks: { codebooks: 1 },
});
