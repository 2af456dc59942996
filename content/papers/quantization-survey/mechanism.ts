import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** The grid of r̃ = S (q + Z), codes q in [lowest, highest]. */
export interface Grid {
  scale: T; // S: one number, or one a channel
  zeroPoint: T; // Z: shape of S
  lowest: number;
  highest: number;
}

/** S = (β − α)/(2ᵇ − 1), Z = Int(α/S), (1): codes from 0. */
export function affine(low: T, high: T, bits: number): Grid {
  const highest = 2 ** bits - 1;
  const scale = high.sub(low).div(highest);
  const zeroPoint = low.div(scale).round();
  return { scale, zeroPoint, lowest: 0, highest };
}

/** S = max|r|/(2ᵇ⁻¹ − 1), Z = 0, formula (2): codes ±(2ᵇ⁻¹ − 1). */
export function symmetric(largest: T, bits: number): Grid {
  const highest = 2 ** (bits - 1) - 1;
  const scale = largest.div(highest);
  const zeroPoint = tf.zerosLike(scale);
  return { scale, zeroPoint, lowest: -highest, highest };
}

/** Q(r) = Int(r/S) − Z, cut to the codes there are, formula (1). */
export function quantize(real: T, grid: Grid, int = tf.round) {
  const code = int(real.div(grid.scale)).sub(grid.zeroPoint);
  return code.clipByValue(grid.lowest, grid.highest);
}

/** r̃ = S (q + Z), formula (1). */
export function dequantize(codes: T, grid: Grid) {
  return codes.add(grid.zeroPoint).mul(grid.scale);
}

/** r̃ of r, which a layer that simulates integers computes with. */
export function rounded(real: T, grid: Grid) {
  return dequantize(quantize(real, grid), grid);
}

/** sⱼ = √(r⁽²⁾ⱼ/r⁽¹⁾ⱼ), formula (4): [in, n], [n, out] → [1, n]. */
export function equaliser(into: T, outOf: T) {
  const first = into.abs().max(0, true);
  const second = outOf.abs().max(1).expandDims(0);
  return second.div(first).sqrt();
}

/** Σ q_x q_w + Z Σ q_w, (5): [B, in], [in, out] → [B, out]. */
export function integerLinear(
  inputCodes: T,
  zeroPoint: T, // Z of the inputs, one number
  weightCodes: T,
) {
  const products = tf.matMul(inputCodes, weightCodes);
  return products.add(weightCodes.sum(0, true).mul(zeroPoint));
}

/** Int on the host, as tf.round: a half goes to the even number. */
export function int(x: number) {
  const up = Math.round(x);
  return up - x === 0.5 && up % 2 !== 0 ? up - 1 : up;
}

/** m and c with m/2ᶜ ≈ factor and m ≤ 2¹⁵, formula (6). */
export function dyadic(factor: number) {
  const shift = 14 - Math.floor(Math.log2(factor));
  return { multiplier: int(factor * 2 ** shift), shift };
}

/** Int(x) with the derivative of x. */
const through = tf.customGrad((x) => ({
  value: tf.round(x as T),
  gradFunc: (dy: T) => dy,
}));

/** r̃ with ∂r̃/∂r := 1 inside [α, β] and 0 outside, formula (7). */
export function straightThrough(real: T, grid: Grid) {
  const code = real.div(grid.scale).sub(grid.zeroPoint);
  const cut = code.clipByValue(grid.lowest, grid.highest);
  return dequantize(through(cut), grid);
}

/** Ω = ½ (Tr H/n) ‖r̃ − r‖², formula (8): shape of curvature. */
export function sensitivity(curvature: T, real: T, grid: Grid) {
  const error = rounded(real, grid).sub(real).square().sum();
  return error.mul(curvature).div(2);
}

/** Tr H = mean Σ_c p_c ‖δ^(c)‖² ‖a‖² over the images, (9). */
export function fisherTrace(
  delta: T, // δ, [classes, B, out]
  chance: T, // p, [B, classes]
  input: T, // a, [B, in]
) {
  const byClass = delta.square().sum(2).mul(chance.transpose());
  return byClass.sum(0).mul(input.square().sum(1)).mean();
}
