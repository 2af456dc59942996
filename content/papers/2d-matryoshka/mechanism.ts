import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** One block: tanh of x·w, each row brought to mean 0 and variance 1
 *  first. x [S, R, in], w [S, in, out], S networks side by side. */
export function block(x: T, w: T) {
  const z = tf.matMul(x, w);
  const centred = z.sub(z.mean(-1, true));
  const variance = centred.square().mean(-1, true);
  return centred.mul(variance.add(1e-5).rsqrt()).tanh();
}

/** X₁ … X_N, the embedding after every block, each [S, R, D]. */
export function embeddings(x: T, layers: T[]) {
  const found: T[] = [];
  for (const layer of layers)
    found.push(block(found.at(-1) ?? x, layer));
  return found;
}

/** X^d: the first d entries of [.., D], the others 0. To cosines that
 *  is the same as being cut off. */
export function cut(x: T, d: number) {
  const place = tf.range(0, x.shape.at(-1)!);
  return x.mul(place.less(d).toFloat());
}

/** Rows to length 1. */
export const unit = (x: T) =>
  x.mul(x.square().sum(-1, true).add(1e-9).rsqrt());

/** Cosines of the first n rows with the n that belong to them, for
 *  pairs [.., 2B, D], whose second half are partners: [.., n, n]. */
export function alike(x: T, n: number) {
  const [a, b] = tf.split(unit(x), 2, -2).map((half) => {
    const { shape } = half;
    const start = shape.map(() => 0);
    return half.slice(start, [
      ...shape.slice(0, -2),
      n,
      shape.at(-1)!,
    ]);
  });
  return tf.matMul(a, b, false, true);
}

/** Formula (1): −log softmax(cos(aᵢ, b)/τ)ᵢ, its mean over the pairs.
 *  a and b [.., B, D] → [..]. */
export function contrastive(a: T, b: T, temperature: number) {
  const [u, v] = [unit(a).div(temperature), unit(b)];
  const scores = tf.matMul(u, v, false, true);
  const own = u.mul(v).sum(-1);
  return scores.logSumExp(-1).sub(own).mean(-1);
}

/** Formula (4): KL(softmax(X_N/T) ‖ softmax(X_n/T)), its mean over
 *  the rows. [.., B, D] twice → [..]. */
export function align(last: T, early: T, softness: number) {
  const [p, q] = [last, early].map((x) => {
    const scaled = x.div(softness);
    return scaled.sub(scaled.logSumExp(-1, true));
  });
  return p.exp().mul(p.sub(q)).sum(-1).mean(-1);
}

/** The four losses of formulas (2) and (3): [4, S] for the last layer
 *  and layer n, whole and cut to d. `x` holds pairs, [S, 2B, D]. */
export function fourLosses(
  last: T,
  early: T,
  d: number,
  temperature: number,
) {
  const all = tf.stack([last, cut(last, d), early, cut(early, d)]);
  const [a, b] = tf.split(all, 2, 2);
  return contrastive(a, b, temperature);
}

/** Multiplications to run n layers on one input. */
export const cost = (n: number, inputs: number, D: number) =>
  inputs * D + (n - 1) * D * D;
