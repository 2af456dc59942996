import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** e/‖e‖ along the last axis. */
const unit = (e: T) => e.div(e.square().sum(-1, true).sqrt());

/** r, formula (1): [.., B, d], anchors' [.., k, d] → [.., B, k]. */
export function relative(codes: T, anchorCodes: T) {
  return tf.matMul(unit(codes), unit(anchorCodes), false, true);
}

/** Without the lengths taken out: eᵀa/√d. */
export function dotProduct(codes: T, anchorCodes: T) {
  const d = codes.shape.at(-1)!;
  const products = tf.matMul(codes, anchorCodes, false, true);
  return products.div(Math.sqrt(d));
}

/** The cosine as seen from the mean of the anchors' codes. */
export function centred(codes: T, anchorCodes: T) {
  const middle = anchorCodes.mean(-2, true);
  return relative(codes.sub(middle), anchorCodes.sub(middle));
}

/** ρ, formula (4), the correlation of all entries: [B, k] → []. */
export function agreement(r: T, s: T) {
  const [x, y] = [r.sub(r.mean()), s.sub(s.mean())];
  const sizes = x.square().sum().mul(y.square().sum());
  return x.mul(y).sum().div(sizes.sqrt());
}

/** s₁ … s_d: from 1 to κ in equal ratios. */
export function stretches(d: number, kappa: number) {
  return Array.from(
    { length: d },
    (_, i) => kappa ** (i / (d - 1)),
  );
}

/** ρ = Σ sᵢ² / √(d Σ sᵢ⁴), formula (5). */
export function stretchLaw(s: number[]) {
  const sum = (power: number) =>
    s.reduce((total, value) => total + value ** power, 0);
  return sum(2) / Math.sqrt(s.length * sum(4));
}

/** ρ = 1/√(2 − (1 + τ²)⁻²), formula (6). */
export function shiftLaw(tau: number) {
  return 1 / Math.sqrt(2 - (1 + tau ** 2) ** -2);
}

/** Share of the rows of r whose nearest row of s is their own. */
export function foundAgain(r: T, s: T) {
  const nearest = relative(r, s).argMax(1);
  const own = tf.range(0, r.shape[0], 1, 'int32');
  return nearest.equal(own).mean();
}
