import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** x = φ s + σ ε, (1): s and ε [n, tiles, k], φ and σ [tiles]. */
export function view(
  shared: T, // s, the same in every view
  fresh: T, // ε, of this view alone
  strength: T,
  augNoise: T,
) {
  const each = (x: T) => x.reshape([-1, 1]);
  const noise = fresh.mul(each(augNoise));
  return shared.mul(each(strength)).add(noise);
}

/** −2 E[zᵀz⁺] + E[(zᵀz⁻)²], (2): z and z⁺ [n, d]; z⁻ of others. */
export function spectralLoss(z: T, zPlus: T) {
  const n = z.shape[0]!;
  const together = z.mul(zPlus).sum(1).mean().mul(2);
  const others = tf.sub(1, tf.eye(n)).div(n * (n - 1));
  const overlap = tf.matMul(z, zPlus, false, true);
  return overlap.square().mul(others).sum().sub(together);
}

/** M = φ² and Σ = φ² + σ², of two views by (1): [tiles] each. */
export function twoViews(strength: T, augNoise: T) {
  const pairCov = strength.square();
  return { pairCov, cov: pairCov.add(augNoise.square()) };
}

/** x⁺ = x, one view used twice: M = Σ. */
export function oneView(strength: T, augNoise: T) {
  const { cov } = twoViews(strength, augNoise);
  return { pairCov: cov, cov };
}

/** −2 tr(A M Aᵀ) + tr(A Σ Aᵀ A Σ Aᵀ), (3): all [d, d]. */
export function expectedLoss(A: T, pairCov: T, cov: T) {
  const together = tf.matMul(A, pairCov).mul(A).sum().mul(2);
  const spread = tf.matMul(tf.matMul(A, cov), A, false, true);
  return spread.square().sum().sub(together);
}

/** ∇L = −4 A M + 4 A Σ Aᵀ A Σ, (4): [d, d]. */
export function lossGradient(A: T, pairCov: T, cov: T) {
  const B = tf.matMul(A, cov);
  const apart = tf.matMul(tf.matMul(B, A, false, true), B);
  return apart.sub(tf.matMul(A, pairCov)).mul(4);
}

/** W₁, W₂W₁, …, A: from x to what stands after each layer. */
export function maps(layers: T[]) {
  const all = layers.slice(0, 1);
  for (const layer of layers.slice(1))
    all.push(tf.matMul(layer, all.at(-1)!));
  return all;
}

/** ∂L/∂Wₗ = (W_L ⋯ Wₗ₊₁)ᵀ ∇L (Wₗ₋₁ ⋯ W₁)ᵀ: L of [d, d]. */
export function layerGradients(layers: T[], pairCov: T, cov: T) {
  const [A, ...below] = maps(layers).reverse();
  const slopes: T[] = [];
  let slope = lossGradient(A, pairCov, cov);
  for (const layer of layers.slice(1).reverse()) {
    slopes.unshift(tf.matMul(slope, below.shift()!, false, true));
    slope = tf.matMul(layer, slope, true);
  }
  return [slope, ...slopes];
}

/** √M / Σ, (5): what A gives each feature at the minimum. */
export function predicted(pairCov: T, cov: T) {
  return pairCov.sqrt().div(cov);
}

/** w = ‖W u‖, root mean square over a tile's k axes: [tiles]. */
export function featureWeights(map: T, k: number) {
  const squares = map.square().sum(0).reshape([-1, k]);
  return squares.mean(1).sqrt();
}
