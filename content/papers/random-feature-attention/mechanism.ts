import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** x̃ = [x; 1]: [..., d] → [..., d + 1]. */
export function tokens(x: T) {
  return tf.concat([x, tf.onesLike(x.sum(-1, true))], -1);
}

/** How the keys are pooled, as weights [N]: each by 1/N ... */
export const allKeys = (N: number) => tf.fill([N], 1 / N);

/** ... or the first key alone. */
export const firstKey = (N: number) =>
  tf.concat([tf.ones([1]), tf.zeros([N - 1])]);

/**
 * Features of the heads, formulas (1) and (2): each gives
 * Σᵢ pᵢ σ(⟨x̃₀, W x̃ᵢ⟩) x̃ᵢ. Query [S, d], keys [S, N, d], heads
 * W [M, d+1, d+1], pool p [N] → [S, M(d+1)], divided by √M.
 */
export function attentionFeatures(
  query: T,
  keys: T,
  W: T,
  pool: T,
) {
  const [S, N] = keys.shape;
  const [M, D] = W.shape;
  const side = W.transpose([1, 0, 2]).reshape([D!, M! * D!]);
  const asked = tf.matMul(tokens(query), side);
  const x = tokens(keys);
  const columns = x.transpose([0, 2, 1]);
  const scores = tf.matMul(asked.reshape([S!, M!, D!]), columns);
  const pooled = tf.relu(scores).mul(pool.reshape([1, 1, N!]));
  const features = tf.matMul(pooled, x).div(Math.sqrt(M!));
  return features.reshape([S!, M! * D!]);
}

/** vec(x₀, …, x_N, 1)/√(N + 2), of length 1: [S, (N+1)d + 1]. */
export function concatenated(query: T, keys: T) {
  const [S, N] = keys.shape;
  const all = tf.concat([query, keys.reshape([S!, -1])], 1);
  return tokens(all).div(Math.sqrt(N! + 2));
}

/** Formula (3): σ(⟨w, vec⟩), w [(N+1)d + 1, m] → [S, m], by √m. */
export function mlpFeatures(query: T, keys: T, w: T) {
  const hidden = tf.relu(tf.matMul(concatenated(query, keys), w));
  return hidden.div(Math.sqrt(w.shape[1]!));
}

/** κ(ρ), formula (6): E σ(a) σ(b) of normals that correlate by ρ. */
export function arcCosine(rho: T) {
  const cosine = rho.clipByValue(-1, 1);
  const sine = tf.sub(1, cosine.square()).sqrt();
  const angle = tf.sub(Math.PI, cosine.acos());
  return sine.add(cosine.mul(angle)).div(2 * Math.PI);
}

/** Formula (6) for the MLP: S samples, the first n to learn. */
export function mlpKernel(query: T, keys: T, n: number) {
  const all = concatenated(query, keys);
  const columns = all.slice(0, n).transpose();
  return arcCosine(tf.matMul(all, columns));
}

/**
 * Formula (7), infinitely many heads. Sums `kappa` of each pair of
 * keys, i of one sample and j of the other: [S, n]. It is given the
 * correlation of their scores [S, n, N], and i.
 */
export function attentionKernel(
  query: T,
  keys: T,
  pool: T,
  n: number,
  kappa: (rho: T, i: number) => T = arcCosine,
) {
  const [S, N] = keys.shape;
  const x0 = tokens(query);
  const D = x0.shape[1]!;
  const queries = tf.matMul(x0, x0.slice(0, n).transpose());
  const quarter = queries.div(4).reshape([S!, n, 1]);
  const x = tokens(keys);
  const columns = x
    .slice(0, n)
    .reshape([n * N!, D])
    .transpose();
  const p = pool.reshape([N!, 1]);
  const parts = tf.unstack(x, 1).map((xi, i) =>
    tf.tidy(() => {
      const pair = tf.matMul(xi, columns).reshape([S!, n, N!]);
      const value = kappa(pair.mul(quarter), i).mul(pair);
      const sum = tf.matMul(value.reshape([S! * n, N!]), p);
      return sum.mul(p.slice(i, 1));
    }),
  );
  return tf.addN(parts).reshape([S!, n]);
}

/**
 * hₖ(μ) = E σ(g + μ) Heₖ(g)/√k! for k < terms, formula (8): the
 * Hermite coefficients of a ReLU whose input has the mean μ.
 */
export function hermite(mean: T, terms: number) {
  const density = mean
    .square()
    .div(-2)
    .exp()
    .div(Math.sqrt(2 * Math.PI));
  const share = mean.div(Math.SQRT2).erf().add(1).div(2);
  const h = [mean.mul(share).add(density), share];
  // From k = 2 on hₖ = (−1)ᵏ Heₖ₋₂(μ) φ(μ)/√k!.
  let [before, now] = [tf.zerosLike(density), density];
  let factorial = 1;
  for (let k = 2; k < terms; k++) {
    factorial *= k;
    h.push(now.mul((-1) ** k / Math.sqrt(factorial)));
    const next = mean.mul(now).sub(before.mul(k - 2));
    [before, now] = [now, next];
  }
  return h;
}

/** κ(ρ; μ, ν) = Σₖ hₖ(μ) hₖ(ν) ρᵏ, formula (8); means [S, N]. */
export function biasedKappa(mean: T, n: number, terms: number) {
  const N = mean.shape[1]!;
  const h = hermite(mean, terms);
  const ofI = h.map((hk) => tf.split(hk.expandDims(2), N, 1));
  const ofJ = h.map((hk) => hk.slice(0, n).expandDims(0));
  return (rho: T, i: number) => {
    const products = ofJ.map((hk, k) => hk.mul(ofI[k][i]));
    return products.reduceRight((sum, product) =>
      sum.mul(rho).add(product),
    );
  };
}

/**
 * Learns the first b samples, formula (9): `inverse` [B, b, b] is
 * (K_bb + λI)⁻¹. Takes kernels [B, S, n] and residuals [B, S, t];
 * gives those of the samples that are left.
 */
export function learn(K: T, residual: T, inverse: T) {
  const [, S, n] = K.shape;
  const b = inverse.shape[1]!;
  const rest = S! - b;
  const cross = K.slice([0, b, 0], [-1, rest, b]);
  const gain = tf.matMul(cross, inverse);
  const said = residual.slice([0, 0, 0], [-1, b, -1]);
  const rows = K.slice([0, 0, b], [-1, b, n! - b]);
  const own = K.slice([0, b, b], [-1, rest, n! - b]);
  const left = residual.slice([0, b, 0], [-1, rest, -1]);
  return {
    K: own.sub(tf.matMul(gain, rows)),
    residual: left.sub(tf.matMul(gain, said)),
  };
}

/** Formula (10): what is left at f₂,₁ when the mean outweighs all. */
export const leftByMean = (d: number, N: number) =>
  1 / (2 + (N - 1) / d);

/** Polynomials of D variables up to a degree: C(D + p, p). */
export function polynomials(D: number, degree: number) {
  const steps = Array.from({ length: degree }, (_, i) => i + 1);
  return steps.reduce((count, k) => (count * (D + k)) / k, 1);
}
