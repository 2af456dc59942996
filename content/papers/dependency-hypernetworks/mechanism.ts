import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** Φ with the embeddings, for R generators side by side. */
export type Generator = {
  task: T; // e [R, T, Eₜ]
  chunk: T; // c [R, N, E꜀]
  We: T; // [R, Eₜ, 4H], the rows of W that read e
  Wc: T; // [R, E꜀, 4H], those that read c
  U: T; // [R, H, 4H], those that read s
  a: T; // [R, 1, 4H]
  V: T; // [R, H, C]
  b: T; // [R, 1, C]
};

/** What a step leaves; each [R, T, H], gates [R, T, 3H]. */
export type Step = {
  state: T;
  memory: T;
  gates: T; // σ(i), σ(f), σ(o)
  news: T; // tanh u
  before: T; // the memory that it was given
};

/** sⱼ and mⱼ of formulas (2) and (3); sums is what e, c add. */
export function lstmStep(sums: T, state: T, before: T, U: T): Step {
  const all = sums.add(tf.matMul(state, U)); // [R, T, 4H]
  const H = U.shape[1]!;
  const [open, u] = tf.split(all, [3 * H, H], -1);
  const gates = tf.sigmoid(open);
  const news = tf.tanh(u);
  const [i, f, o] = tf.split(gates, 3, -1);
  const memory = f.mul(before).add(i.mul(news));
  const next = o.mul(tf.tanh(memory));
  return { state: next, memory, gates, news, before };
}

/** What e and c add to the sums of each chunk: N of [R, T, 4H]. */
export function inputsOf({ task, chunk, We, Wc, a }: Generator) {
  const ofTask = tf.matMul(task, We).add(a).expandDims(1);
  const ofChunk = tf.matMul(chunk, Wc).expandDims(2);
  return tf.unstack(ofTask.add(ofChunk), 1);
}

/**
 * Formula (2) for all T tasks and N chunks at once. The next chunk
 * gets carry · (sⱼ, mⱼ): 1 is the paper's, 0 cuts chunks apart.
 */
export function statesOf(net: Generator, carry: T) {
  const [R, tasks] = net.task.shape;
  let state: T = tf.zeros([R, tasks!, net.U.shape[1]!]);
  let memory = state;
  const told = net.U.mul(carry);
  return inputsOf(net).map((sums) => {
    const step = lstmStep(sums, state, memory, told);
    state = step.state;
    memory = step.memory.mul(carry);
    return step;
  });
}

/** w⁽ʲ⁾ = sⱼ V + b, one chunk after the other: Θ [R, T, N·C]. */
export function weightsOf(trace: Step[], { V, b }: Generator) {
  const states = trace.map(({ state }) => state);
  const [R, tasks, H] = states[0].shape;
  const rows = tf.stack(states, 2).reshape([R, -1, H!]);
  return tf.matMul(rows, V).add(b).reshape([R, tasks!, -1]);
}

/**
 * ∂L/∂ of the gate sums from ∂L/∂sⱼ, both N of [R, T, ·]. It runs
 * from the last chunk to the first: an error of one chunk teaches
 * all those before it.
 */
export function backThrough(
  trace: Step[],
  errors: T[],
  U: T,
  carry: T,
) {
  const told = U.mul(carry);
  let ds: T = tf.zerosLike(errors[0]);
  let dm = ds;
  const sums: T[] = [];
  for (const [j, step] of [...trace.entries()].reverse()) {
    const { state, memory, gates, news, before } = step;
    const [i, f, o] = tf.split(gates, 3, -1);
    const reach = tf.tanh(memory);
    ds = ds.add(errors[j]);
    dm = dm.add(ds.mul(o.sub(state.mul(reach))));
    const each = [dm.mul(news), dm.mul(before), ds.mul(reach)];
    const open = tf.concat(each, -1).mul(gates.sub(gates.square()));
    const u = dm.mul(i).mul(tf.sub(1, news.square()));
    const sum = tf.concat([open, u], -1);
    sums.unshift(sum);
    ds = tf.matMul(sum, told, false, true);
    dm = dm.mul(f).mul(carry);
  }
  return sums;
}

/** ∂L/∂Φ from ∂L/∂Θ [R, T, N·C], the chain rule through (2). */
export function generatorGradient(
  net: Generator,
  trace: Step[],
  slope: T,
  carry: T,
): Generator {
  const [R, tasks, H] = trace[0].state.shape as number[];
  const N = trace.length;
  const flat = (x: T) => x.reshape([R, tasks * N, -1]);
  const stack = (each: T[]) => tf.stack(each, 2); // [R, T, N, ·]
  const rows = slope.reshape([R, tasks * N, -1]);
  const ofStates = tf.matMul(rows, net.V, false, true);
  const errors = ofStates.reshape([R, tasks, N, H]).unstack(2);
  const sums = stack(backThrough(trace, errors, net.U, carry));
  const states = trace.map(({ state }) => state);
  const first = tf.zerosLike(states[0]);
  const given = stack([first, ...states.slice(0, -1)]);
  const [ofTask, ofChunk] = [sums.sum(2), sums.sum(1)];
  return {
    task: tf.matMul(ofTask, net.We, false, true),
    chunk: tf.matMul(ofChunk, net.Wc, false, true),
    We: tf.matMul(net.task, ofTask, true),
    Wc: tf.matMul(net.chunk, ofChunk, true),
    U: tf.matMul(flat(given), flat(sums), true).mul(carry),
    a: ofTask.sum(1, true),
    V: tf.matMul(flat(stack(states)), rows, true),
    b: rows.sum(1, true),
  };
}

/** ∂/∂Θ of the last term of (4): Θ [R, T, P], past [T, 1] 0 or 1. */
export function pullBack(weights: T, kept: T, past: T, beta: T) {
  const shares = past.div(past.sum().maximum(1));
  return weights.sub(kept).mul(shares).mul(beta.mul(2));
}
