import * as tf from '@tensorflow/tfjs';
import { check, Plot, random, show, slider, toArray } from 'lab';
import { backThrough, statesOf } from './mechanism';

type T = tf.Tensor;

export const carry = slider('carry', {
  label: 'share κ of the state that is carried on',
  min: 0,
  max: 1,
  value: 1,
  step: 0.1,
});

/** Numbers: of a task, of a chunk, of the state. */
export const sizes = { task: 8, chunk: 4, state: 20 };

/** Copies of an untrained generator: each weight [copies, ·, ·]. */
export function begin(
  copies: number,
  tasks: number,
  N: number,
  C: number,
) {
  const { task, chunk, state: H } = sizes;
  const of = (a: number, b: number, std = 1) =>
    random.normal([copies, a, b], 0, std);
  const std = 1.5 / Math.sqrt(task + chunk + H);
  const forget = [0, 1, 0, 0].map((by) =>
    tf.fill([copies, 1, H], by),
  );
  return {
    task: of(tasks, task),
    chunk: of(N, chunk),
    We: of(task, 4 * H, std),
    Wc: of(chunk, 4 * H, std),
    U: of(H, 4 * H, 1.5),
    a: tf.concat(forget, 2),
    V: of(H, C, 4 / Math.sqrt(H)),
    b: tf.zeros([copies, 1, C]) as T,
  };
}

// How chunk j answers to the numbers of chunk k: all derivatives of
// all states in one pass backward, each on a row of the task axis.
const [N, C, H] = [8, 192, sizes.state];
const net = begin(1, 1, N, C);
const all = { ...net, task: tf.tile(net.task, [1, N * H, 1]) };
const ones = tf.eye(N * H).reshape([1, N * H, N, H]);
async function reach(carry: number) {
  const share = tf.scalar(carry);
  const trace = statesOf(all, share);
  const sums = backThrough(trace, ones.unstack(2), net.U, share);
  const ofChunk = sums.map((each) =>
    tf.matMul(each, net.Wc, false, true).reshape([N, H, -1]),
  );
  const states = tf.concat(ofChunk, 2); // [j, H, k · E]
  const read = tf.tile(net.V, [N, 1, 1]);
  const blocks = tf.matMul(read, states, true);
  const squares = blocks.square().reshape([N, C, N, -1]);
  return toArray<number[][]>(squares.sum([1, 3]).sqrt());
}
const ours = await reach(carry);
const apart = await reach(0);
const cells = (name: string, norms: number[][]) =>
  norms.flatMap((row, j) =>
    row.map((norm, k) => ({
      name,
      written: j + 1,
      moved: k + 1,
      reach: norm / row[j],
    })),
  );
const rows = [
  ...cells('chunks alone', apart),
  ...cells('state carried', ours),
];
const title =
  carry > 0
    ? 'A chunk hears all that stand before it, and none after'
    : 'A chunk hears nothing but its own numbers';
show(
  'reach',
  Plot.plot({
    title,
    height: 230,
    fx: { label: null, domain: ['chunks alone', 'state carried'] },
    x: { label: 'chunk whose numbers move', ticks: 8 },
    y: { label: 'chunk that is written', reverse: true },
    color: { label: 'answer, own = 1', legend: true },
    marks: [
      Plot.cell(rows, {
        x: 'moved',
        y: 'written',
        fx: 'name',
        fill: 'reach',
        inset: 1,
      }),
    ],
  }),
);
const before = ours.map((row, j) =>
  row.slice(0, j).map((v) => v / row[j]),
);
const least = Math.min(...before.flat());
check('least answer to an earlier chunk, own = 1', least, {
  above: 0.02,
  because: 'formula (2): each state is made from the one before',
  breaks: { carry: 0 },
});
