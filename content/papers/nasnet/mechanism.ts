import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
/** Input, operation, input, operation of block 1, then block 2. */
export type Genome = number[];

/** The operations, by number: [P, B, L, F] → the same. */
export const OPS = ['identity', 'conv3', 'max3'];

/** x/√(mean x² + 10⁻³), over rows and channels of an image. */
export function rms(x: T) {
  const power = x.square().mean([-2, -1], true).add(1e-3);
  return x.mul(power.rsqrt());
}

/** The rows before and after each, `edge` beyond the ends. */
function beside(x: T, edge: number) {
  const rows = x.shape[2]!;
  const none = [0, 0] as [number, number];
  const one = [1, 1] as [number, number];
  const wide = tf.pad(x, [none, none, one, none], edge);
  const from = (at: number) =>
    wide.slice([0, 0, at, 0], [-1, -1, rows, -1]);
  return [from(0), from(2)];
}

/** o(h): operation k; filters [P, 3F, F] are those of conv3. */
export function operation(k: number, h: T, filters: T) {
  if (k === 0) return h;
  if (k === 2) {
    const [before, after] = beside(h, -1e9);
    return tf.maximum(tf.maximum(before, h), after);
  }
  const x = tf.relu(h);
  const [before, after] = beside(x, 0);
  const three = tf.concat([before, x, after], -1);
  const [P, B, L, wide] = three.shape;
  const found = tf.matMul(
    three.reshape([P, B * L!, wide!]),
    filters,
  );
  return rms(found.reshape([P, B, L, -1]));
}

/**
 * Block b of G cells side by side, formula (1): states [G, S, BLF],
 * genomes as lists, filters [2G, 3F, F] → h [G, B, L, F].
 */
export function block(
  b: number,
  genomes: Genome[],
  states: T,
  filters: T,
  shape: number[], // [G, B, L, F]
) {
  const [G, ...image] = shape;
  const place = (at: number) =>
    genomes.flatMap((g) => [g[4 * b + at], g[4 * b + at + 2]]);
  const [inputs, ops] = [place(0), place(1)];
  const S = states.shape[1]!;
  const pick = inputs.flatMap((i) => oneHot(i, S));
  const chosen = tf.matMul(tf.tensor(pick, [G, 2, S]), states);
  const h = chosen.reshape([2 * G, ...image]);
  let sum = tf.zeros([1]) as T;
  for (const k of OPS.keys()) {
    if (!ops.includes(k)) continue;
    const users = ops.map((op) => Number(op === k));
    const mask = tf.tensor(users, [2 * G, 1, 1, 1]);
    sum = sum.add(operation(k, h, filters).mul(mask));
  }
  return sum.reshape([G, 2, ...image]).sum(1);
}

const oneHot = (i: number, n: number) =>
  Array.from({ length: n }, (_, k) => Number(k === i));

/** π of formula (2): logits [R, J, 3] → one softmax a decision. */
export const chances = (logits: T) => tf.softmax(logits);

/** Choices [R, n, J] of n cells: uniform draws [R, n, J, 1]. */
export function sample(logits: T, draws: T) {
  const below = tf.cumsum(chances(logits), 2).expandDims(1);
  const [R, , J] = below.shape;
  const first = below.slice([0, 0, 0, 0], [R, 1, J!, 2]);
  return draws.greater(first).toFloat().sum(-1);
}

/** ln π(a), formula (2): picks [R, n, J, 3] one-hot → [R, n]. */
export function logChance(logits: T, picks: T) {
  const log = logits.sub(logits.logSumExp(-1, true));
  return log.expandDims(1).mul(picks).sum([-2, -1]);
}

/** min(ρA, clip(ρ, 1 − ε, 1 + ε) A), formula (3): all [R, n]. */
export function clipped(ratio: T, advantage: T, epsilon: number) {
  const near = ratio.clipByValue(1 - epsilon, 1 + epsilon);
  return tf.minimum(ratio.mul(advantage), near.mul(advantage));
}

/** Without the clip: ρA. */
export const unclipped: typeof clipped = (ratio, advantage) =>
  ratio.mul(advantage);

/** One step up the slope of (3): rate a number or [R, 1, 1]. */
export function ascend(
  logits: T,
  picks: T, // [R, n, J, 3]
  before: T, // ln π_old, [R, n]
  advantage: T, // [R, n]
  rate: tf.TensorLike | T,
  surrogate = clipped,
  epsilon = 0.2,
) {
  const gain = (z: T) => {
    const ratio = logChance(z, picks).sub(before).exp();
    return surrogate(ratio, advantage, epsilon).mean(1).sum();
  };
  return logits.add(tf.grad(gain)(logits).mul(rate));
}

/** k(l, t), formula (5): layers and time as shares of the whole. */
export const keep = (layer: T, time: T, final: number) =>
  tf.sub(1, layer.mul(time).mul(1 - final));

/** x̃ = x m/k, formula (5): a path of each picture, kept or not. */
export const dropPath = (x: T, kept: T, k: T | number) =>
  x.mul(kept).div(k);

/** The same without the division by k. */
export const dropOnly: typeof dropPath = (x, kept) => x.mul(kept);
