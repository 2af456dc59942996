import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** h_c = R_cᵀ z, formula (1). z [B, m], R [C, m, d] → [C, B, d]. */
export const project = (z: T, projections: T) =>
  tf.matMul(tf.expandDims(z, 0), projections);

/** ‖κ‖² − 2 h·κ: squared distance to each key, but for ‖h‖². */
export function distances(heads: T, keys: T) {
  const overlaps = tf.matMul(heads, keys, false, true);
  const lengths = keys.square().sum(2).expandDims(1);
  return lengths.sub(overlaps.mul(2));
}

/** k_c: the nearest key, formula (2). [C, B, d] → [C, B] int32. */
export const snap = (heads: T, keys: T) =>
  tf.argMin(distances(heads, keys), 2);

/** Row of each slot in one flat table. [C, B] → [B, C] int32. */
export function address(slots: T, pairs: number) {
  const first = tf.range(0, slots.shape[0], 1, 'int32').mul(pairs);
  return tf.transpose(slots.add(first.expandDims(1)));
}

/** ℓ: mean of the values fetched, (3). V [C·K, n], [B, C] → [B, n]. */
export const decode = (values: T, rows: T) =>
  tf.gather(values, rows.toInt()).mean(1);

/** (p − t)/B, the gradient of the mean loss at the logits [B, n]. */
export const residual = (logits: T, targets: T) =>
  tf.softmax(logits).sub(targets).div(logits.shape[0]!);

/** Formula (5), a batch at once: fetched values move, no other. */
export function write(values: T, rows: T, error: T, rate: number) {
  const [count, codebooks] = rows.shape;
  const each = tf.tile(error.expandDims(1), [1, codebooks!, 1]);
  const sum = tf.scatterND(
    rows.reshape([-1, 1]).toInt(),
    each.reshape([count * codebooks!, -1]),
    values.shape,
  );
  return values.sub(sum.mul(rate / codebooks!));
}

/** Who reads which value: 1 for the nearest key. → [B, C·K]. */
export function hard(heads: T, keys: T) {
  const pairs = keys.shape[1]!;
  const read = tf.oneHot(snap(heads, keys).toInt(), pairs);
  return flatten(read.toFloat());
}

/** Ablation: every key is read, by a softmax over distances. */
export function soft(heads: T, keys: T) {
  const far = distances(heads, keys);
  const spread = heads.square().mean().mul(heads.shape[2]!);
  return flatten(tf.softmax(far.div(spread).mul(-2)));
}

const flatten = (read: T) => {
  const [, count] = read.shape;
  return tf.transpose(read, [1, 0, 2]).reshape([count, -1]);
};

export type Codebooks = {
  /** How many heads each key won of late, N [C, K]. */
  counts: T;
  /** Their running sum, M [C, K, d]. */
  sums: T;
};

/** Keys at given heads, as if each had won its fair share. */
export function begin(keys: T, share: number): Codebooks {
  const counts = tf.fill(keys.shape.slice(0, 2), share);
  return { counts, sums: keys.mul(share) };
}

/** κ = M/N, formula (4). */
export const keysOf = ({ counts, sums }: Codebooks) =>
  sums.div(counts.expandDims(2));

/**
 * One batch of formula (4); no labels enter. A key that wins too
 * little begins again at a fresh head. heads [C, B, d], fresh
 * [C, K, d].
 */
export function follow(
  books: Codebooks,
  heads: T,
  fresh: T,
  decay: number,
): Codebooks {
  const [, pairs] = books.counts.shape;
  const share = heads.shape[1]! / pairs!;
  const won = snap(heads, keysOf(books)).toInt();
  const hits = tf.oneHot(won, pairs!).toFloat();
  const blend = (old: T, now: T) =>
    old.mul(decay).add(now.mul(1 - decay));
  const counts = blend(books.counts, hits.sum(1));
  const sums = blend(
    books.sums,
    tf.matMul(hits, heads, true, false),
  );
  const alive = counts.greaterEqual(0.1 * share);
  const again = begin(fresh, share);
  return {
    counts: tf.where(alive, counts, again.counts),
    sums: tf.where(alive.expandDims(2), sums, again.sums),
  };
}

/** s(x, x′): share of common keys, (6). [A, C], [B, C] → [A, B]. */
export const overlap = (rows: T, others: T) =>
  tf
    .equal(rows.expandDims(1), others.expandDims(0))
    .toFloat()
    .mean(2);
