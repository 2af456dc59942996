import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
/** One tensor for each layer of agents. */
export type Layers = { reader: T; solver: T; writer: T };
/** An answer: a value and its format, [B] each. */
export type Answer = { v: T; format: T };
/** What every layer said on the way to it, [B] each. */
export type Trajectory = Answer & { a: T; b: T; o: T };

/** What agents think: prompts [m, K, E], keys [B] → [m, B, E]. */
export const opinions = (prompts: T, keys: T) =>
  tf.gather(prompts, keys, 1);

/** f in (1): one agent, one vote; ties go to evidence. → [B] */
export function vote(said: T) {
  const votes = tf.oneHot(said.argMax(2), said.shape[2]!).sum(0);
  return votes.add(said.sum(0).mul(1e-3)).argMax(1);
}

/** f in (1): the entry with most evidence in all prompts. → [B] */
export const sum = (said: T) => said.sum(0).argMax(1);

/** f in (1): the first agent decides. → [B] */
export const leader = (said: T) =>
  said.slice([0], [1]).argMax(2).squeeze([0]);

export const aggregations = [vote, sum, leader];

/** a + b, a − b and a · b: [...] → [..., 3]. */
const results = (a: T, b: T) =>
  tf.stack([a.add(b), a.sub(b), a.mul(b)], -1);

/** o(a, b), all of one shape or broadcast to it. */
export const solve = (o: T, a: T, b: T) =>
  results(a, b).mul(tf.oneHot(o, 3)).sum(-1);

/** Formula (1): numbers [2B], operation [B], format [B]. */
export function execute(numbers: T, o: T, format: T): Trajectory {
  const [a, b] = tf.split(numbers, 2);
  return { a, b, o, v: solve(o, a, b), format };
}

/** Formula (4): critiques [2B, 20], [B, 3], [B, 4]. */
export function backward(seen: Trajectory, truth: Answer): Layers {
  const { a, b, o, v, format } = seen;
  const column = (x: T) => x.expandDims(1);
  const right = v.equal(truth.v).expandDims(1).cast('float32');
  const wrong = tf.sub(1, right);

  // Who could have made it right? An operation; else a number.
  const gives = (x: T) => x.equal(column(truth.v)).cast('float32');
  const operations = gives(results(a, b));
  const up = wrong.mul(operations.max(1, true).equal(0));
  const any = tf.range(0, 20, 1, 'int32');
  const first = gives(solve(column(o), any, column(b)));
  const second = gives(solve(column(o), column(a), any));
  const numbers = tf.concat([first, second], 1);

  // ω = 1 / explanations; ½ for what gave a right answer.
  const critiques = (fixes: T, blame: T, used: T) =>
    fixes
      .mul(blame.div(tf.maximum(fixes.sum(1, true), 1)))
      .add(used.mul(right.div(2)));
  const said = tf.concat([tf.oneHot(a, 20), tf.oneHot(b, 20)], 1);
  const reader = critiques(numbers, up, said);
  const fine = column(format.equal(truth.format)).cast('float32');
  return {
    reader: tf.concat(tf.split(reader, 2, 1)),
    solver: critiques(operations, wrong, tf.oneHot(o, 3)),
    writer: tf.oneHot(truth.format, 4).mul(tf.sub(1, fine.div(2))),
  };
}

/** No backward pass: the output layer alone is told. */
export function lastOnly(seen: Trajectory, truth: Answer): Layers {
  const { reader, solver, writer } = backward(seen, truth);
  const none = tf.zerosLike;
  return { reader: none(reader), solver: none(solver), writer };
}

/** Formula (3): prompts [m, K, E], keys [B], critiques [B, E], and
 * attention [m, B], how well each agent listens to each task. */
export function rewrite(
  prompts: T,
  keys: T,
  critiques: T,
  attention: T,
  memory: number,
) {
  const [agents, lines] = prompts.shape;
  const at = tf.oneHot(keys, lines).mul(attention.expandDims(2));
  const told = tf.tile(critiques.expandDims(0), [agents, 1, 1]);
  const evidence = tf.matMul(at, told, true);
  const heard = evidence.sum(2, true).greater(0);
  const change = evidence.sub(prompts).mul(1 - memory);
  return prompts.add(change.mul(heard));
}

/** Tasks solved under each of the 27 choices of f: [3, 3, 3]. */
export function score(said: Layers, truth: Answer) {
  const each = (x: T) => tf.stack(aggregations.map((f) => f(x)));
  const [a, b] = tf.split(each(said.reader).expandDims(1), 2, 2);
  const value = solve(each(said.solver).expandDims(0), a, b);
  const right = value.equal(truth.v).expandDims(2);
  const fine = each(said.writer).equal(truth.format);
  return right.logicalAnd(fine).cast('float32').sum(3);
}
