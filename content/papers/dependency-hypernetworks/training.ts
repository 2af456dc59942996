import * as tf from '@tensorflow/tfjs';
import { adam, baseline, batches, broken, chart } from 'lab';
import { parameters, random, select, steps, toArray } from 'lab';
import { generatorGradient, pullBack, statesOf } from './mechanism';
import { weightsOf } from './mechanism';
import { begin, carry } from './reach';
import { accuracy, C, N, orders, P, scale } from './target';
import { targetGradient, train } from './target';

type T = tf.Tensor;

const beta = select('beta', {
  label: 'pull β to what was written for old tasks',
  options: [0, 0.005, 0.05, 0.5],
  value: 0.05,
});

// Five ways to train, from three starts each, side by side.
export const ways = [
  { carry, place: 1, beta },
  { carry, place: 1, beta: 0 },
  { carry: 0, place: 1, beta },
  { carry, place: 0, beta },
  { carry: 0, place: 0, beta },
];
const both = [...ways, ...ways, ...ways];
const R = both.length;
type Way = (typeof ways)[0];
const column = (of: (way: Way) => number) =>
  tf.tensor(both.map(of), [R, 1, 1]);
const carried = column((way) => way.carry);
const place = column((way) => way.place);
const pull = column((way) => way.beta);
const tasks = orders.length;
const start = begin(3, tasks, N, C);
const spread = (x: T) =>
  tf
    .tile(x.expandDims(1), [1, ways.length, 1, 1])
    .reshape([R, ...x.shape.slice(1)]);
const net = parameters({
  task: spread(start.task),
  chunk: spread(start.chunk).mul(place), // none where place is 0
  We: spread(start.We),
  Wc: spread(start.Wc),
  U: spread(start.U),
  a: spread(start.a),
  V: spread(start.V),
  b: spread(start.b),
  plain: random.normal([1, 1, P], 0, 0.25), // a net of its own
});
function write() {
  const values = net.values();
  const trace = statesOf(values, carried);
  const weights = weightsOf(trace, values).mul(scale);
  const own = values.plain.mul(scale).mul(4);
  return { values, trace, weights, own };
}

/** Share right by [task][way]; the last way is the plain net. */
async function measure() {
  const { weights, own } = write();
  const rest = tf.tile(own, [1, tasks, 1]);
  const Theta = tf.concat([weights, rest]).transpose([1, 0, 2]);
  const found = await toArray<number[][]>(accuracy(Theta));
  const n = ways.length;
  return found.map((row) => [
    ...ways.map(
      (_, w) => (row[w] + row[w + n] + row[w + 2 * n]) / 3,
    ),
    row[R],
  ]);
}
const memory = chart(
  'memory',
  {
    title: () =>
      beta >= 0.05
        ? 'What was learnt stays, while the next tasks arrive'
        : 'Right on each task, as three arrive in turn',
    over: 'step',
    x: { label: 'step', ticks: [0, 30, 60] },
    y: { label: 'accuracy', percent: true, domain: [0, 100] },
    fx: { label: null },
    lines: {
      plain: { ...baseline('plain net'), fx: 'task', dots: false },
      free: { ...broken('β = 0'), fx: 'task', dots: false },
      ours: { label: 'held', fx: 'task', dots: false },
    },
  },
  [] as Row[],
);
type Row = {
  task: string;
  step: number;
  ours: number;
  free: number;
  plain: number;
};
async function report(step: number) {
  const found = await measure();
  const rows = found.map(([ours, free, , , , plain], t) => ({
    task: `task ${t + 1}`,
    step,
    ours,
    free,
    plain,
  }));
  memory.add(...rows);
  return found;
}

const length = 20;
const drawn = batches(train, 256);
const at = (t: number) =>
  tf.range(0, tasks).equal(t).cast('float32').reshape([tasks, 1]);
let found = await report(0);
/** Share right on a task just learnt, by [task][way]. */
export const learnt: number[][] = [];
for (const [t, order] of orders.entries()) {
  const optimiser = adam(net, { rate: 0.04, beta2: 0.99 });
  const kept = tf.tidy(() => write().weights.clone());
  const past = tf.range(0, tasks).less(t).cast('float32');
  const now = at(t);
  for await (const i of steps(length, `task ${t + 1}`)) {
    const { x, y } = drawn.next().value;
    const { values, trace, weights, own } = write();
    const mine = weights.slice([0, t, 0], [-1, 1, -1]);
    const nets = tf.concat([mine, own]).transpose([1, 0, 2]);
    const seen = tf.gather(x, order, 1).expandDims(0);
    const g = targetGradient(seen, y, nets).mul(scale);
    const fit = g.slice([0, 0], [R, -1]).expandDims(1).mul(now);
    const shares = past.reshape([tasks, 1]);
    const hold = pullBack(weights, kept, shares, pull).mul(scale);
    const slope = fit.add(hold);
    const by = generatorGradient(values, trace, slope, carried);
    optimiser.apply({
      ...by,
      task: by.task.mul(now), // old embeddings are frozen
      chunk: by.chunk.mul(place),
      plain: g.slice([R, 0], [1, -1]).mul(4).expandDims(0),
    });
    if (i % 5 === 4) found = await report(t * length + i + 1);
  }
  found = await measure();
  learnt.push(found[t]);
}

/** The same of all tasks at the end. */
export const final = found;
export const written = write().weights;
