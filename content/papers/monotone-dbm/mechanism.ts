import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** seg: 1 where a state belongs to a node, [D, n]. */
export function membership(states: number[]) {
  const nodeOf = states.flatMap((k, i) => Array(k).fill(i));
  const index = tf.tensor1d(nodeOf, 'int32');
  return tf.oneHot(index, states.length, 1, 0, 'float32');
}

/** Sums over each node, given to all its states: [B, D]. */
export const pooled = (x: T, seg: T) =>
  tf.matMul(tf.matMul(x, seg), seg, false, true);

/** softmax over the states of each node: [B, D] → [B, D]. */
export function softmax(y: T, seg: T) {
  const powers = y.sub(y.max(1, true)).exp();
  return powers.div(pooled(powers, seg));
}

/**
 * Â, formula (4): A [p, D] less its mean in each node, and no node
 * longer than √(1 − m). The row sums of G⁴, where G = AᵢᵀAᵢ, are
 * at least ‖Aᵢ‖⁸.
 */
export function capped(A: T, seg: T, margin: number) {
  const states = pooled(tf.onesLike(seg.sum(1)).expandDims(0), seg);
  const centred = A.sub(pooled(A, seg).div(states));
  const own = tf.matMul(seg, seg, false, true);
  const G = tf.matMul(centred, centred, true).mul(own);
  const G2 = tf.matMul(G, G);
  const rowSums = tf.matMul(G2, G2).abs().sum(1, true);
  const longest = seg
    .mul(rowSums)
    .max(0, true)
    .pow(1 / 4);
  const shrink = tf.sqrt(tf.div(1 - margin, longest.maximum(1)));
  return centred.mul(tf.matMul(shrink, seg, false, true));
}

/** Without the cap: only the factor √(1 − m) is left. */
export function uncapped(A: T, _seg: T, margin: number) {
  return A.mul(Math.sqrt(1 - margin));
}

/** Φ = blkdiag(ÂᵀÂ) − ÂᵀÂ, formula (3): [p, D] → [D, D]. */
export function couplings(A: T, seg: T) {
  const gram = tf.matMul(A, A, true);
  const own = tf.matMul(seg, seg, false, true);
  return gram.mul(own.sub(1));
}

/**
 * prox, formula (6): z with α ln z + (1 − α) z = y + ν and sum 1
 * in each node. Newton's method for u = ln z and ν together, from
 * softmax(y); u ≤ 0. y [B, D]; α one number, or one a row [B, 1].
 */
export function prox(y: T, alpha: T, seg: T, rounds: number) {
  const rest = tf.sub(1, alpha);
  let u: T = softmax(y, seg).add(1e-30).log();
  for (let round = 0; round < rounds; round++) {
    const z = u.exp();
    const linear = z.mul(rest);
    const slope = linear.add(alpha);
    const residual = u.mul(alpha).add(linear).sub(y);
    const w = z.div(slope);
    const lacking = tf.sub(
      1,
      tf.matMul(z.sub(w.mul(residual)), seg),
    );
    const nu = lacking.div(tf.matMul(w, seg));
    const all = tf.matMul(nu, seg, false, true);
    u = u.add(all.sub(residual).div(slope)).minimum(0);
  }
  return u.exp();
}

/** One damped step, formula (5): q and Φq + b, [B, D] → [B, D]. */
export function damped(
  q: T,
  field: T, // Φq + b
  alpha: T,
  seg: T,
  rounds: number,
) {
  const y = q.mul(tf.sub(1, alpha)).add(field.mul(alpha));
  return prox(y, alpha, seg, rounds);
}

/** A plain average with the softmax in place of the prox. */
export function averaged(q: T, field: T, alpha: T, seg: T) {
  const next = softmax(field, seg);
  return q.mul(tf.sub(1, alpha)).add(next.mul(alpha));
}

/**
 * Exact marginals of (1): every state [S, D] weighed by
 * exp(½xᵀΦx + bᵀx) → [1, D].
 */
export function marginals(phi: T, bias: T, states: T) {
  const pairs = tf.matMul(states, phi).mul(states).sum(1).div(2);
  const single = states.mul(bias).sum(1);
  const p = tf.softmax(pairs.add(single)).expandDims(0);
  return tf.matMul(p, states);
}
