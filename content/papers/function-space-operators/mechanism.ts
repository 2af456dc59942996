import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
// A field is [B, 1, n, C]: B functions of C channels on n points.
export type Field = tf.Tensor4D;

/** The cubic B-spline: a bump on [−2, 2] of integral 1. */
export function spline(t: T) {
  const within = (reach: number) => {
    const inside = tf.relu(tf.sub(reach, t.abs()));
    return inside.square().mul(inside);
  };
  return within(2).sub(within(1).mul(4)).div(6);
}

/**
 * φₘ(z), formula (2): M bumps of integral 1 side by side, all of
 * them inside [−S, S]. z [points] → [points, M].
 */
export function kernelBasis(z: T, support: number, M: number) {
  const spacing = (2 * support) / (M + 3);
  const centres = tf
    .range(2, M + 2)
    .mul(spacing)
    .sub(support);
  const from = z.expandDims(1).sub(centres);
  return spline(from.div(spacing)).div(spacing);
}

/** How a layer reads its numbers on n points, trained on n₀. */
export type Reading = (
  n: number,
  trained: number,
) => { h: number; quadWeight: number };

/** As a kernel: sampled at the new spacing, weighted by it, (3). */
export const kernel: Reading = (n) => ({
  h: 1 / n,
  quadWeight: 1 / n,
});

/** As taps, which stay what they were in training. */
export const taps: Reading = (_, trained) => ({
  h: 1 / trained,
  quadWeight: 1 / trained,
});

/** As a kernel, but the sum keeps the weight of training. */
export const sum: Reading = (n, trained) => ({
  h: 1 / n,
  quadWeight: 1 / trained,
});

/**
 * The bumps as taps, formula (3). Tap r multiplies u(x + rh), to
 * which κ(x − y) gives the weight κ(−rh). → [2R + 1, M]
 */
export function sample(
  support: number,
  M: number,
  { h, quadWeight }: ReturnType<Reading>,
) {
  const reach = Math.floor(support / h + 1e-6);
  const z = tf.range(-reach, reach + 1).mul(-h);
  return kernelBasis(z, support, M).mul(quadWeight);
}

/** Σᵣ wᵣ u(x + rh) on a circle; w is [1, 2R + 1, in, out]. */
export function convolve(field: Field, w: Field): Field {
  const n = field.shape[2];
  const reach = (w.shape[1] - 1) / 2;
  const before = field.slice([0, 0, n - reach], [-1, 1, reach]);
  const after = field.slice([0, 0, 0], [-1, 1, reach]);
  const around = tf.concat([before, field, after], 2);
  return tf.conv2d(around, w, 1, 'valid');
}

/** What each bump sees: [B, 1, n, 1] → [B·n, M]. */
export function analyse(field: Field, basis: T) {
  const filters = basis.expandDims(0).expandDims(2) as Field;
  return convolve(field, filters).reshape([-1, basis.shape[1]!]);
}

/** GELU, by its sigmoid. */
const gelu = (z: T) => z.mul(z.mul(1.702).sigmoid());

/**
 * Two convolutions with a GELU between, 1 → C → 1 channels. The
 * first has been analysed, [B·n, M]; it is mixed by kernelCoef1
 * [M, C], the second by kernelCoef2 [C, M]. → [B, 1, n, 1]
 */
export function network(
  seen: T,
  basis: T,
  { kernelCoef1, bias, kernelCoef2 }: Record<string, T>,
  n: number,
) {
  const hidden = gelu(tf.matMul(seen, kernelCoef1).add(bias));
  const mixed = tf.matMul(hidden, kernelCoef2);
  const M = basis.shape[1]!;
  const filters = basis.expandDims(0).expandDims(3) as Field;
  return convolve(mixed.reshape([-1, 1, n, M]) as Field, filters);
}

/** Formula (6): q [Q, d], k [n, d], v [n, c], Δ [n] → [Q, c]. */
export function attention(q: T, k: T, v: T, quadWeights: T) {
  const d = k.shape[1]!;
  const scores = tf.matMul(q, k, false, true).div(Math.sqrt(d));
  const mass = scores.exp().mul(quadWeights);
  return tf.matMul(mass, v).div(mass.sum(1, true));
}

/** Waves through the points, read on n others: [B, 1, n₀, 1]. */
export function interpolate(field: Field, n: number) {
  const coarse = field.shape[2];
  const gap = tf.range(0, n).div(n).expandDims(1);
  const from = gap.sub(tf.range(0, coarse).div(coarse));
  const k = tf.range(1, coarse / 2).mul(2 * Math.PI);
  const waves = from.expandDims(2).mul(k).cos().sum(2).mul(2);
  const last = from.mul(Math.PI * coarse).cos();
  const weight = waves.add(last).add(1).div(coarse);
  const values = tf.matMul(
    field.reshape([-1, coarse]),
    weight,
    false,
    true,
  );
  return values.reshape([-1, 1, n, 1]) as Field;
}
