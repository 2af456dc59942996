import * as tf from '@tensorflow/tfjs';
import { block, type Genome, rms } from './mechanism';

type T = tf.Tensor;
export type Weights = { [name: string]: T };

/** N copies of a cell a stage, F filters in the first stage. */
export interface Size {
  copies: number;
  filters: number;
}

/** What `lab` calls `random`: also the training script has one. */
interface Random {
  normal(shape: number[], mean?: number, std?: number): T;
}

/** x [G, .., in] by w [G, in, out], for each network its own. */
function dense(x: T, w: T) {
  const [G, inputs, outputs] = w.shape;
  const rows = tf.matMul(x.reshape([G, -1, inputs]), w);
  return rows.reshape([...x.shape.slice(0, -1), outputs]);
}

/** One cell of G networks: [G, B, L, ·] twice → [G, B, L, 2F]. */
function cell(
  [previous, current]: T[],
  genomes: Genome[],
  w: Weights,
  name: string,
) {
  const maps = [
    [current, w[`${name}/current`]],
    [previous, w[`${name}/previous`]],
  ];
  const inputs = maps.map(([x, map]) =>
    rms(dense(tf.relu(x), map)),
  );
  const shape = inputs[0].shape;
  const flat = (h: T) => h.reshape([shape[0], 1, -1]);
  let states: T = tf.concat(inputs.map(flat), 1);
  const made: T[] = [];
  for (const b of [0, 1]) {
    const filters = w[`${name}/filters${b}`];
    made.push(block(b, genomes, states, filters, shape));
    states = tf.concat([states, flat(made[b])], 1);
  }
  // The output joins what nobody used: block 1 only if unread.
  const free = genomes.map((g) => Number(g[4] < 2 && g[6] < 2));
  const unread = tf.tensor(free, [free.length, 1, 1, 1]);
  return tf.concat([made[1], made[0].mul(unread)], -1);
}

/** The better of each pair of columns. */
const halved = (x: T) => {
  const [G, B, L, C] = x.shape;
  return x
    .reshape([G * B, L / 2, 2, C])
    .max(2)
    .reshape([G, B, L / 2, C]);
};

/** Logits [G, B, 10] of pictures [B, L, pixels]. */
export function network(
  x: T,
  genomes: Genome[],
  w: Weights,
  copies: number,
) {
  const G = genomes.length;
  const wide = x.expandDims(0).tile([G, 1, 1, 1]);
  const stem = rms(dense(wide, w.stem));
  let last = [stem, stem];
  for (const stage of [0, 1]) {
    if (stage === 1) last = last.map(halved);
    for (let n = 0; n < copies; n++) {
      const out = cell(last, genomes, w, `${stage}.${n}`);
      last = [last[1], out];
    }
  }
  const pooled = tf.relu(last[1]).mean(2);
  return dense(pooled, w.head).add(w.bias);
}

/** Weights of G networks, all from the same start. */
export function weights(
  random: Random,
  genomes: Genome[],
  pixels: number,
  { copies, filters }: Size,
) {
  const G = genomes.length;
  const matrix = (n: number, rows: number, to: number, gain = 1) =>
    random
      .normal([n, rows, to], 0, gain / Math.sqrt(rows))
      .tile([G, 1, 1]);
  const w: Weights = { stem: matrix(1, pixels, filters) };
  let [before, now] = [filters, filters];
  for (const stage of [0, 1]) {
    const F = filters * 2 ** stage;
    for (let n = 0; n < copies; n++) {
      const name = `${stage}.${n}`;
      w[`${name}/current`] = matrix(1, now, F);
      w[`${name}/previous`] = matrix(1, before, F);
      for (const b of [0, 1]) {
        const filters = matrix(2, 3 * F, F, 1.4);
        const conv = (g: Genome) =>
          g[4 * b + 1] === 1 || g[4 * b + 3] === 1;
        if (genomes.some(conv)) w[`${name}/filters${b}`] = filters;
      }
      [before, now] = [now, 2 * F];
    }
  }
  w.head = matrix(1, now, 10);
  w.bias = tf.zeros([G, 1, 10]);
  return w;
}
