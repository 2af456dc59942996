import * as tf from '@tensorflow/tfjs';
import { check, mean, nn, select, show, tasks, toArray } from 'lab';
import { writes } from './mechanism';
import { attend, first, heads, hot, net } from './networks';
import { second, shallow } from './networks';
import { atEnd, embed, type Maps, predict } from './transformer';

type T = tf.Tensor;

const depth = select('depth', {
  label: 'the shallow network has',
  options: ['one layer', 'two layers'],
});

// 200 lists of six numbers, each with a query at its end.
const { tokens, answers } = tasks.pointer(200, { hops: 2 });
const prompts = hot(tokens, 12);
export const truth = hot(answers, 6);
/** The word at each place, [B] each. */
export const words = tokens.unstack(1);
export const lists = await toArray<number[][]>(tokens);
/** Where the answer stands: the number that the query points at. */
export const pointers = lists.map((list) => list[list[6] - 6]);

const asked = await toArray<number[]>(answers);
/** Those with few repeats, so that one sees where an answer is from. */
export const clear = lists.filter(
  (list) => new Set(list.slice(0, 6)).size > 4,
);
const examples = clear.slice(0, 3).map((list) => ({
  list: list.slice(0, 6).join(' '),
  query: list[6] - 6,
  'points at': pointers[lists.indexOf(list)],
  answer: asked[lists.indexOf(list)],
}));
show('prompts', examples);

/** Share of right answers of each network: [S, B, 6] → [S]. */
export const accuracy = (logits: T, truth: T) =>
  logits.argMax(-1).equal(truth.argMax(-1)).mean(1);

// The first layer, and what the last token looks at in it.
const start = embed(prompts, net);
export const tokensThen = start.add(attend(start, first));
export const last = atEnd(tokensThen);
const headsOf = (x: T, map: T) => nn.heads(nn.dense(x, map), heads);
/** [S, B, d] looks at keys [S, B, heads, n, dₕ]: who sees what. */
function looks(read: T, keys: T, { q }: Maps) {
  const query = headsOf(read.expandDims(2), q);
  const scores = tf.matMul(query, keys, false, true);
  return tf.softmax(scores.div(Math.sqrt(keys.shape[4]!)));
}
const seen = looks(atEnd(start), headsOf(start, first.k), first);

/** What each writer reads at the last token: [S, heads, B, d]. */
export const mixed = tf
  .matMul(seen.squeeze([3]), start)
  .transpose([0, 2, 1, 3]);
export const ov = writes(first, heads);
/** What it writes there, c = x̃ W_OV of formula (1). */
export const written = tf.matMul(mixed, ov);

// The second layer, whose queries may be given something else.
export const keys = headsOf(tokensThen, second.k);
export const values = headsOf(tokensThen, second.v);
/** Attention [S, B, heads, 7] and logits [S, B, 6]. */
export function answer(read: T) {
  const attention = looks(read, keys, second);
  const said = nn.joinHeads(tf.matMul(attention, values));
  const end = last.add(nn.dense(said, second.o).squeeze([2]));
  const logits = tf.matMul(end, net.head);
  return { attention: attention.squeeze([3]), logits };
}
export const normal = answer(last);
export const right = await toArray<number[]>(
  accuracy(normal.logits, truth),
);

const other = depth === 'one layer' ? shallow : net;
const shallowRight = accuracy(
  predict(prompts, other, attend),
  truth,
);
const one = mean(await toArray<number[]>(shallowRight));
const deep = mean(right);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
show(
  'accuracy',
  `Right answers: ${percent(deep)} with two layers, ${percent(one)} with the shallow network.`,
);
check('right answers of the shallow network', one, {
  below: 0.8,
  because: 'heads of one layer cannot hear each other',
  breaks: { depth: 'two layers' },
});
