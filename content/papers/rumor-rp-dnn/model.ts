import * as tf from '@tensorflow/tfjs';
import { random, toggle, variant } from 'lab';
import { attention, contextOf, lastState } from './mechanism';
import { lstm, weighted } from './mechanism';
import { labels, mask, metadata, replies } from './tweets';
import { d, source, time } from './tweets';

type T = tf.Tensor;
export const masked = toggle('mask', {
  label: 'mask missing replies',
  value: true,
});
const attend = variant(
  'pooling',
  { attention, lastState },
  { label: 'states weighted by' },
);

// Five models read different inputs: the source tweet, the words of
// the replies (CC), their metadata (CM).
export const models = [
  { name: 'content', says: 'source', reads: [1, 0, 0] },
  { name: 'CC', says: 'reply words', reads: [0, 1, 0] },
  { name: 'CM', says: 'metadata', reads: [0, 0, 1] },
  { name: 'context', says: 'CC + CM', reads: [0, 1, 1] },
  { name: 'full', says: 'all three', reads: [1, 1, 1] },
];
// Each trains four times without an event, and once on a random
// three quarters of all: twenty-five networks on one axis.
export const folds = 5;
const N = folds * models.length;
const [H, S] = [6, 8];
const flag = (part: number) =>
  tf.tensor(
    Array.from({ length: folds }, () =>
      models.map(({ reads }) => reads[part]),
    ).flat(),
    [N, 1, 1],
  );
export const reads = { s: flag(0), cc: flag(1), cm: flag(2) };

const begin = (rows: number, columns: number, copies = N) =>
  random.normal([copies, rows, columns], 0, 1 / Math.sqrt(rows));
// The forget gate begins open: a bias of 1.
const gates = tf.concat(
  [tf.zeros([H]), tf.ones([H]), tf.zeros([2 * H])],
  0,
);
export const start = {
  content: begin(d, 4 * H),
  meta: begin(4, 4 * H),
  recurrent: begin(H, 4 * H, 2 * N),
  bias: tf.tile(gates.reshape([1, 1, 4 * H]), [2 * N, 1, 1]) as T,
  w: begin(H, 1, 2 * N).mul(0.1) as T,
  b: tf.zeros([2 * N, 1, time]) as T,
  jointW: begin(2 * H, 1).mul(0.1) as T,
  jointB: tf.zeros([N, 1, time]) as T,
  sourceW: begin(d, S),
  headW: begin(2 * H + S, 16),
  headB: tf.zeros([N, 1, 16]) as T,
  outW: begin(16, 1),
  outB: tf.zeros([N, 1, 1]) as T,
};
export type Values = typeof start;

/** Rows of the data for each network: indices [N][B]. */
export function look(rows: number[][]) {
  const ids = tf.tensor1d(rows.flat(), 'int32');
  const at = (x: T, ...shape: number[]) =>
    x.gather(ids).reshape([rows.length, rows[0].length, ...shape]);
  return {
    source: at(source, d),
    replies: at(replies, time * d),
    metadata: at(metadata, time * 4),
    mask: at(mask, time),
    labels: at(labels),
  };
}
export type Seen = ReturnType<typeof look>;

/** Log-odds of a rumour [N, B] and the joint weights [N, B, T]. */
export function judge(seen: Seen, v: Values) {
  const batch = seen.source.shape[1]!;
  const rows = (x: T, width: number) =>
    x.reshape([N, batch * time, width]);
  const cc = tf.matMul(rows(seen.replies, d), v.content);
  const cm = tf.matMul(rows(seen.metadata, 4), v.meta);
  const given = tf.concat([cc, cm], 0).add(v.bias);
  const states = lstm(
    given.reshape([2 * N, batch, time, 4 * H]),
    v.recurrent,
  );
  const exists = masked ? seen.mask : tf.onesLike(seen.mask);
  const both = tf.concat([exists, exists], 0);
  const first = attend(states, v.w, v.b, both);
  const [words, numbers] = tf.split(weighted(states, first), 2, 0);
  const joined = tf.concat(
    [
      words.mul(reads.cc.expandDims(-1)),
      numbers.mul(reads.cm.expandDims(-1)),
    ],
    -1,
  );
  const joint = attention(joined, v.jointW, v.jointB, exists);
  const context = contextOf(joined, joint);
  const s = tf.tanh(tf.matMul(seen.source, v.sourceW));
  const all = tf.concat([context, s.mul(reads.s)], -1);
  const hidden = tf.tanh(tf.matMul(all, v.headW).add(v.headB));
  const logits = tf.matMul(hidden, v.outW).add(v.outB);
  return { logits: logits.squeeze([2]), joint };
}
