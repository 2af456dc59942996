import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
export type Weights = Record<string, T>;

/** ᾱₜ = ∏ₛ≤ₜ (1 − βₛ), β linear in t, for formula (1): [T]. */
export function alphaBar(
  total: number,
  first: number,
  last: number,
) {
  let product = 1;
  return Array.from({ length: total }, (_, t) => {
    const beta = first + ((last - first) * t) / (total - 1);
    product *= 1 - beta;
    return product;
  });
}

/** xₜ = √ᾱₜ x₀ + √(1 − ᾱₜ) ε, (1): clean, noise [B, d]; kept ᾱₜ. */
export function noisy(clean: T, noise: T, kept: T | number) {
  const left = tf.sub(1, kept).sqrt();
  return clean.mul(tf.sqrt(kept)).add(noise.mul(left));
}

/** x₀ = (xₜ − √(1 − ᾱₜ) ε)/√ᾱₜ, formula (5): (1) solved for x₀. */
export function cleaned(x: T, noise: T, kept: T | number) {
  const left = tf.sub(1, kept).sqrt();
  return x.sub(noise.mul(left)).div(tf.sqrt(kept));
}

/** [sin(t fᵢ), cos(t fᵢ)], fᵢ = base^(−i/n): t [B] → [B, 2n]. */
export function timeCode(t: number[], n: number, base: number) {
  const f = Array.from({ length: n }, (_, i) => base ** (-i / n));
  const rows = t.map((t) => [
    ...f.map((f) => Math.sin(t * f)),
    ...f.map((f) => Math.cos(t * f)),
  ]);
  return tf.tensor2d(rows);
}

/** z σ(z). */
export const silu = (z: T) => z.mul(tf.sigmoid(z));

/** h = silu(xW + b + cV): x [B, in], c [B, 2n] → [B, out]. */
export function layer(x: T, code: T, weights: Weights, b: number) {
  const [w, bias, v] = ['w', 'b', 'v'].map(
    (name) => weights[`${name}${b}`],
  );
  return silu(tf.matMul(x, w).add(bias).add(tf.matMul(code, v)));
}

/**
 * ε_θ(xₜ, t): five blocks and a linear output. Blocks 4 and 5 also
 * read blocks 2 and 1. x [B, 196], code [B, 16] → blocks, noise.
 */
export function denoise(x: T, code: T, weights: Weights) {
  const h1 = layer(x, code, weights, 1);
  const h2 = layer(h1, code, weights, 2);
  const h3 = layer(h2, code, weights, 3);
  const h4 = layer(tf.concat([h3, h2], -1), code, weights, 4);
  const h5 = layer(tf.concat([h4, h1], -1), code, weights, 5);
  const noise = tf.matMul(h5, weights.w6).add(weights.b6);
  return { blocks: [h1, h2, h3, h4, h5], noise };
}

/** ‖ε_θ − ε‖², a mean over pixels, the loss (2): [B, d] → []. */
export const denoisingLoss = (found: T, noise: T) =>
  found.sub(noise).square().mean();

/** H̃: features by mean and deviation of H, and a 1: [..., M, d + 1]. */
export function standardise(features: T, H: T) {
  const { mean, variance } = tf.moments(H, -2, true);
  const scaled = features.sub(mean).div(variance.add(1e-6).sqrt());
  return tf.concat(
    [scaled, tf.onesLike(scaled.mean(-1, true))],
    -1,
  );
}

/** H̃H̃ᵀ + λI, to be inverted in formula (4): [S, N, N]. */
export function dual(H: T, lambda: number) {
  const identity = tf.eye(H.shape.at(-2)!);
  return tf.matMul(H, H, false, true).add(identity.mul(lambda));
}

/** H̃_*(H̃ᵀA), (4): rows to be read, labelled rows, A [S, N, 10]. */
export const readOut = (rows: T, H: T, A: T) =>
  tf.matMul(rows, tf.matMul(H, A, true));
