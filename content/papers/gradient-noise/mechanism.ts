import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** σₜ = √(η/(1 + t)^γ), formula (2). */
export function sigma(
  step: number, // t, from 0
  noiseEta: number,
  noiseGamma: number,
) {
  return Math.sqrt(noiseEta / (1 + step) ** noiseGamma);
}

/** A slip: the variance, where the deviation belongs. */
export function squared(
  step: number,
  noiseEta: number,
  noiseGamma: number,
) {
  return sigma(step, noiseEta, noiseGamma) ** 2;
}

/** g·min(1, c/‖g‖) for each row: gradient [R, P] → [R, P]. */
export function clip(gradient: T, clipNorm: number) {
  const length = gradient.square().sum(1, true).sqrt();
  return gradient.div(tf.maximum(length.div(clipNorm), 1));
}

/** The clipped gradient plus σₜ times N(0, 1), formula (3). */
export function noisyGradient(
  gradient: T, // [R, P]
  clipNorm: number,
  sigma: T, // one for each row, [R, 1]
  normal: T, // [1, P], the same for every row
) {
  return clip(gradient, clipNorm).add(normal.mul(sigma));
}

/** √(s₀² + lr² Σ σ²), over all steps before t, formula (4). */
export function predictedStd(
  step: number, // t
  initStd: number, // s₀
  rate: number, // lr
  noiseEta: number,
  noiseGamma: number,
) {
  let variance = initStd ** 2;
  for (const before of Array(step).keys())
    variance += (rate * sigma(before, noiseEta, noiseGamma)) ** 2;
  return Math.sqrt(variance);
}

/** ρ = s·√(H/2), of a ReLU layer with H inputs, formula (5). */
export const layerGain = (std: number, width: number) =>
  std * Math.sqrt(width / 2);
