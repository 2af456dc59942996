import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/**
 * An activation φ = Σₖ cₖhₖ by its squared Hermite coefficients
 * c₀², c₁², …, which sum to 1. All that follows depends on these.
 */
export type Squares = number[];

/** The coefficients kcₖ² of φ̌′, from the cₖ² of φ̌, (1). */
export const prime = (c2: Squares) =>
  c2.map((c, k) => k * c).slice(1);

/** α = −4 log|A′| / log B′, formula (5), with A′² = c₁². */
export function exponent(c2: Squares) {
  const B = prime(c2).reduce((a, b) => a + b);
  return (-2 * Math.log(c2[1])) / Math.log(B);
}

/** The activation of formula (6), whose exponent α is d ≥ 2. */
export function design(d: number): Squares {
  const c = 2 ** (-d / 2);
  return [0, c, 1 - 2 * c, c];
}

/** The same without h₂: what is left, divided by its sum. */
export function withoutMiddle(d: number): Squares {
  const [, c1, , c3] = design(d);
  return [0, c1 / (c1 + c3), 0, c3 / (c1 + c3)];
}

/**
 * log Σₖ aₖ xᵏ from log x [V, N], for P polynomials of each row:
 * a [P][V][k] → [P, V, N]. The lowest power is taken out.
 */
function logPolynomials(a: number[][][], logX: T) {
  const powers = [...a[0][0].keys()];
  const lowest = (row: number[]) => row.findIndex((c) => c > 0);
  const low = a.map((rows) => rows.map((row) => [lowest(row)]));
  const rest = a.map((rows) =>
    rows.map((row) => powers.map((k) => row[k + lowest(row)] ?? 0)),
  );
  const x = logX.exp();
  const sum = tf
    .split(tf.tensor3d(rest), powers.length, 2)
    .reduceRight((sum, c) => sum.mul(x).add(c));
  return logX.mul(tf.tensor3d(low)).add(sum.log());
}

const logAddExp = (a: T, b: T) =>
  a.maximum(b).add(a.sub(b).abs().neg().exp().log1p());

/** log Σ/(1 − Σ), which is exact at both ends; log K: [V, N]. */
export type Kernels = { logit: T; logNtk: T };

/** log Σ from its logit, and log(1 − Σ) from minus that. */
export const logSigma = (logit: T) =>
  tf.softplus(logit.neg()).neg();

/** (1 − φ̌(ξ))/(1 − ξ) = Σⱼ qⱼξʲ, where qⱼ = Σ cₖ² over k > j. */
const above = (c2: Squares) =>
  c2.map((_, j) => c2.slice(j + 1).reduce((a, b) => a + b, 0));

/** One layer, formula (2), for V activations: [V, N] → [V, N]. */
export function layer({ logit, logNtk }: Kernels, c2: Squares[]) {
  const polynomials = [c2, c2.map(prime), c2.map(above)];
  const [dual, slope, rise] = logPolynomials(
    polynomials,
    logSigma(logit),
  ).unstack();
  const logDelta = logSigma(logit.neg()).add(rise); // 1 − Σ
  return {
    logit: dual.sub(logDelta),
    logNtk: logAddExp(dual, logNtk.add(slope)),
  };
}

/** L layers, from Σ = K = ξ: logits of ξ [N] → [V, N]. */
export function ntk(xi: T, c2: Squares[], depth: number) {
  const logit = tf.tile(xi.expandDims(0), [c2.length, 1]);
  let kernels: Kernels = { logit, logNtk: logSigma(logit) };
  for (let l = 0; l < depth; l++) {
    kernels = tf.tidy(() => layer(kernels, c2));
  }
  return kernels;
}

/**
 * log K after `more` layers, where Σ is small and formula (2) is
 * linear: K + more · Σ, but for the factor A′² of each layer. At
 * more = ∞ only Σ counts, which is then ψ, formula (5).
 */
export function deepen({ logit, logNtk }: Kernels, more: number) {
  const psi = logSigma(logit);
  if (more === 0) return logNtk;
  if (more === Number.POSITIVE_INFINITY) return psi;
  return logAddExp(logNtk, psi.add(Math.log(more)));
}

/**
 * Σᵢ yᵢkᵢ / Σᵢ kᵢ, formula (7), for C columns of labels, of which
 * 0 abstains: log k [M, n], y [n, C] → [M, C].
 */
export function vote(logKernel: T, y: T) {
  return tf.matMul(tf.softmax(logKernel), y);
}
