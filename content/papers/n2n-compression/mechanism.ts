import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/**
 * P policies in a stack: the weights of an LSTM of H cells, and of
 * what is read from its state. The first of the F numbers that
 * describe a layer is 1 and carries the biases. A policy that
 * reads in both directions has two LSTMs, one after the other.
 */
export type Policy = {
  cell: T; // [P, F + H, 4H], or [2P, F + H, 4H]
  read: T; // [P, H, A], or [P, 2H, A]
};
type State = { h: T; c: T };

/** C = 1 − #student / #teacher, in formula (1). */
export const compression = (student: number, teacher: number) =>
  1 - student / teacher;

/** R = C(2 − C) · A, formula (1); A = A_student / A_teacher. */
export const reward = (C: number, A: number) => C * (2 - C) * A;

/** In its place: compression pays the same to the last. */
export const linear = (C: number, A: number) => C * A;

/** In its place: compression does not pay. */
export const accuracyOnly = (_C: number, A: number) => A;

/**
 * An LSTM's step: [i f o g] = [x h]W, c ← σ(f)c + σ(i)tanh g,
 * h ← σ(o)tanh c. x [P, B, F], state [P, B, H] → the next state.
 */
export function lstm({ h, c }: State, x: T, cell: T): State {
  const H = h.shape[2]!;
  const z = tf.matMul(tf.concat([x, h], 2), cell);
  const [gates, g] = tf.split(z, [3 * H, H], 2);
  const [i, f, o] = tf.split(tf.sigmoid(gates), 3, 2);
  const next = f.mul(c).add(i.mul(tf.tanh(g)));
  return { h: o.mul(tf.tanh(next)), c: next };
}

const zeroState = (P: number, B: number, H: number) => ({
  h: tf.zeros([P, B, H]),
  c: tf.zeros([P, B, H]),
});

/**
 * π_rem, formula (3): layers [L, F] → log π(remove), log π(keep)
 * of each layer, [P, L, 2]. One LSTM reads from the front, one
 * from the back; layer t sees both at t.
 */
export function removalPolicy(layers: T, { cell, read }: Policy) {
  const [P, L] = [read.shape[0], layers.shape[0]];
  const H = cell.shape[2]! / 4;
  const ways = tf.stack([layers, tf.reverse(layers, 0)]);
  const inputs = tf.unstack(tf.tile(ways, [P, 1, 1]), 1);
  let state: State = zeroState(2 * P, 1, H);
  const states = inputs.map((x) => {
    state = lstm(state, x.expandDims(1), cell);
    return state.h;
  });
  const both = tf.concat(states, 1).reshape([P, 2, L, H]);
  const [front, back] = tf.unstack(both, 1);
  const seen = tf.concat([front, tf.reverse(back, 1)], 2);
  return logSoftmax(tf.matMul(seen, read));
}

/**
 * π_shr, formula (4): one step for each layer; the choice before is
 * fed back. `choose` gives the factors of a layer, [P, B, 1], from
 * log π [P, B, A]. Layers [L, F] → log π of each, [P, B, L, A].
 */
export function shrinkPolicy(
  layers: T,
  rollouts: number,
  choose: (logPi: T, layer: number) => T,
  { cell, read }: Policy,
) {
  const [P, H] = read.shape;
  let state: State = zeroState(P, rollouts, H);
  let factor: T = tf.ones([P, rollouts, 1]);
  const all = tf.unstack(layers).map((x, t) => {
    const same = tf.tile(x.reshape([1, 1, -1]), [P, rollouts, 1]);
    state = lstm(state, tf.concat([same, factor], 2), cell);
    const logPi = logSoftmax(tf.matMul(state.h, read));
    factor = choose(logPi, t);
    return logPi;
  });
  return tf.stack(all, 2);
}

const logSoftmax = (z: T) => z.sub(tf.logSumExp(z, -1, true));

/**
 * Formula (2), as a loss: −(1/m) Σₖ Σₜ log π(aₜᵏ)(Rₖ − b). log π
 * [P, m or 1, L, A], choices one-hot [P, m, L, A], rewards [P, m],
 * baseline [P, 1] → a number, summed over the policies.
 */
export function reinforce(
  logPi: T,
  actions: T,
  rewards: T,
  baseline: T,
) {
  const taken = logPi.mul(actions).sum([2, 3]);
  const m = rewards.shape[1]!;
  return taken.mul(rewards.sub(baseline)).sum().div(-m);
}

/** J(θ) = Σₐ π(a)R(a) over all ways to choose: [P, N]·[N] → [P]. */
export function expectedReward(logPi: T, choices: T, rewards: T) {
  const [P, L, A] = logPi.shape;
  const flat = logPi.reshape([P, L! * A!]);
  const chance = tf.matMul(flat, choices, false, true).exp();
  return chance.mul(rewards).sum(1);
}

/** L_KD = (1/N) Σᵢ ‖fᵢ − zᵢ‖², formula (5): [S, N, 3] → [S]. */
export function distillation(logits: T, teacher: T) {
  return logits.sub(teacher).square().sum(2).mean(1);
}

/** What (2) is mistaken for: Σₜ π(aₜ) in place of Σₜ log π(aₜ). */
export const withoutLog: typeof reinforce = (logPi, ...rest) =>
  reinforce(logPi.exp(), ...rest);
