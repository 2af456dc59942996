import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/**
 * α = softmax(q kᵀ/√d_h + mask), formula (1): where each token
 * looks, head by head. q, k [.., H, n, d_h] → [.., H, n, n].
 */
export function looks(q: T, k: T, mask: T) {
  const scores = tf.matMul(q, k, false, true);
  const scale = Math.sqrt(k.shape[k.rank - 1]);
  return tf.softmax(scores.div(scale).add(mask));
}

/** Matrices of a layer's heads: [d, H d_h], but o [H d_h, d]. */
export type Heads = { q: T; k: T; v: T; o: T };

/**
 * Σ_h α^h x W_V^h W_O^h, formula (1), one head after another:
 * x [B, n, d] → the same.
 */
export function headByHead(
  x: T,
  { q, k, v, o }: Heads,
  heads: number,
  mask: T,
) {
  const [B, n, d] = x.shape;
  const rows = x.reshape([B * n, d]);
  const maps = [q, k, v].map((w) => tf.split(w, heads, 1));
  const read = tf.split(o, heads).map((output, h) => {
    const [query, key, value] = maps.map((w) =>
      tf.matMul(rows, w[h]).reshape([B, n, -1]),
    );
    const found = tf.matMul(looks(query, key, mask), value);
    return tf.matMul(found.reshape([B * n, -1]), output);
  });
  return tf.addN(read).reshape([B, n, d]);
}

/** All (L, H) with L · H heads in all, formula (2). */
export function arrangements(heads: number) {
  const layers = Array.from({ length: heads }, (_, i) => i + 1);
  return layers
    .filter((L) => heads % L === 0)
    .map((L) => ({ layers: L, heads: heads / L }));
}

/** 4 d d_h L H + 2 d d_ff L, formula (3): weights of the layers. */
export function weightsOf(
  { layers, heads }: { layers: number; heads: number },
  { width, headDim, inner }: Record<string, number>,
) {
  const attention = 4 * width * headDim * layers * heads;
  const feedForward = 2 * width * inner * layers;
  return { attention, feedForward };
}

/** 6 L, formula (4): matrix products that wait for one another. */
export const chain = (layers: number) => 6 * layers;
