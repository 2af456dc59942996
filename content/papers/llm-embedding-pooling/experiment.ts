import * as tf from '@tensorflow/tfjs';
import { adam, check, ink, mean, parameters, Plot } from 'lab';
import { random, select, show, slider, steps, toArray } from 'lab';
import * as m from './mechanism';
import { draw, ofAuthors, ofTopic, pools, test } from './pairs';
import { notAuthor, notTopic, testPassages } from './sentences';
import { topics } from './grammar';

const reach = select('reach', {
  label: 'the second row of designs reads',
  options: ['all layers', 'last layer'],
});
const updates = slider('headSteps', {
  label: 'updates',
  min: 20,
  max: 200,
  value: 60,
  step: 20,
});
const temperature = slider('temperature', {
  label: 'temperature τ',
  min: 0.03,
  max: 0.5,
  value: 0.1,
  scale: 'log',
});
const r = slider('queriesCount', {
  label: 'queries r',
  min: 1,
  max: 16,
  value: 4,
  step: 1,
});

// Twelve heads side by side: two tasks × two reaches × three pools.
const onlyLast = [-1e9, -1e9, -1e9, 0];
const wide = reach === 'all layers' ? [0, 0, 0, 0] : onlyLast;
const rows = [0, 1].flatMap(() =>
  [onlyLast, wide].flatMap((row) => pools.map(() => row)),
);
const unread = tf.tensor(rows, [12, 1, 1, 4]);

// All start alike.
const [d, inner] = [32, 64];
const alike = (shape: number[], variance: number) =>
  tf.tile(random.normal([1, ...shape], 0, Math.sqrt(variance)), [
    12,
    ...shape.map(() => 1),
  ]);
const net = parameters({
  queries: alike([r, d], 1),
  layerEmbedding: alike([4, d], 0.01),
  wk: alike([d, d], 1 / d),
  wv: alike([d, d], 1 / d),
  wo: alike([d, d], 1 / d),
  up: alike([d, inner], 1 / d),
  down: alike([inner, d], 1 / inner),
});

/** AUC of every test sentence, [12, N]: six designs, two tasks. */
const shifts = (by: number) => [by, 2 * by, 3 * by];
async function aucs() {
  const e = m.crossAttend(test, net.values(), unread);
  const [t, a] = tf.split(e, 2);
  const topic = m.ownAuc(t, notTopic, shifts(topics));
  const author = m.ownAuc(a, notAuthor, shifts(testPassages));
  return toArray<number[][]>(tf.concat([topic, author]));
}
export const tasks = ['topic', 'author'] as const;
export type Task = (typeof tasks)[number];
let found = await aucs();
/** Design k of a task: last layer 0 to 2, all layers 3 to 5. */
export const auc = (task: Task, k: number) =>
  found[(task === 'topic' ? 0 : 6) + k];

function picture() {
  const rows = tasks.flatMap((task) =>
    pools.map((pool, k) => ({
      task,
      pool,
      last: mean(auc(task, k)),
      all: mean(auc(task, k + 3)),
    })),
  );
  const place = { y: 'pool', fy: 'task', r: 4.5 };
  const way = { x1: 'last', x2: 'all', y1: 'pool', y2: 'pool' };
  const blue = ink.mechanism;
  show(
    'designs',
    Plot.plot({
      title: 'From the last layer (grey) to all layers (blue)',
      height: 230,
      marginLeft: 105,
      x: { label: 'AUC, test sentences', ticks: 5, nice: true },
      y: { label: null, domain: pools },
      fy: { label: null, domain: [...tasks] },
      marks: [
        Plot.link(rows, { ...way, fy: 'task', stroke: blue }),
        Plot.dot(rows, { ...place, x: 'last', fill: ink.baseline }),
        Plot.dot(rows, { ...place, x: 'all', fill: blue }),
      ],
    }),
  );
}
picture();
const optimiser = adam(net, { rate: 0.01 });
for await (const step of steps(updates, 'heads')) {
  optimiser.rate = 0.01 * (1 - step / updates);
  const topic = draw(ofTopic());
  const author = draw(ofAuthors());
  const some = tf.concat([topic, topic, author, author]);
  await optimiser.step((head) => {
    const e = m.crossAttend(some, head, unread);
    const [a, b] = tf.split(e, 2, 1);
    return m.contrast(a, b, temperature).sum() as tf.Scalar;
  });
  if (step % 20 < 19) continue;
  found = await aucs();
  picture();
}

const gain = (task: Task, a: number, b: number) =>
  mean(auc(task, a)) - mean(auc(task, b));
check(
  'AUC of topics won by looking both ways',
  gain('topic', 2, 1),
  {
    above: 0.02,
    because: 'early words then know the topic as well',
    breaks: { mask: 'back only' },
  },
);
check(
  'AUC of authors won by all layers, means',
  gain('author', 4, 1),
  {
    above: 0.01,
    because: 'the last layer has lost what predicts no word',
    breaks: { reach: 'last layer' },
  },
);
