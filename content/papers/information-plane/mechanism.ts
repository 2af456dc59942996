import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
export type Layer = { w: T; b: T };

/** Tₗ = f(Tₗ₋₁ W + b), formula (1), the last without f: all Tₗ. */
export function layersOf(x: T, layers: Layer[], f: (z: T) => T) {
  const activations: T[] = [];
  for (const { w, b } of layers) {
    const z = tf.matMul(activations.at(-1) ?? x, w).add(b);
    const isLast = activations.length === layers.length - 1;
    activations.push(isLast ? z : f(z));
  }
  return activations;
}

/** The bin of each t, of numBins equal ones on [−range, range]. */
export function binsOf(t: T, numBins: number, range: T | number) {
  const place = t
    .div(range)
    .add(1)
    .mul(numBins / 2);
  return place.floor().clipByValue(0, numBins - 1);
}

/**
 * One number for each row of bins [N, w], the same for equal rows.
 * No whole numbers but 0 add square roots of primes up to 0, so
 * rows that differ have numbers that differ.
 */
export function codesOf(bins: ArrayLike<number>, width: number) {
  const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
  const roots = primes.slice(0, width).map(Math.sqrt);
  const rows = Array.from({ length: bins.length / width });
  return rows.map((_, i) =>
    roots.reduce(
      (sum, root, j) => sum + bins[i * width + j] * root,
      0,
    ),
  );
}

/** H(T) = −Σ p(t) log₂ p(t), formula (2), p counted from codes. */
export function entropyBits(codes: number[]) {
  const sorted = Float64Array.from(codes).sort();
  let bits = 0;
  let first = 0;
  sorted.forEach((code, i) => {
    if (code === sorted[i + 1]) return;
    const p = (i + 1 - first) / sorted.length;
    bits -= p * Math.log2(p);
    first = i + 1;
  });
  return bits;
}

/** I(X;T) = H(T), I(T;Y) = H(T) − Σ p(y) H(T | Y = y), (3). */
export function informationOf(codes: number[], labels: number[]) {
  const infoInput = entropyBits(codes);
  let left = 0;
  for (const y of new Set(labels)) {
    const part = codes.filter((_, i) => labels[i] === y);
    left += (part.length / codes.length) * entropyBits(part);
  }
  return { infoInput, infoLabel: infoInput - left };
}

/**
 * ‖mean over batches‖ / ‖deviation over batches‖, formula (5), of
 * gradients [batches, in, nets · out]: one value for each net.
 */
export function signalToNoise(gradients: T, nets: number) {
  const centre = gradients.mean(0);
  const spread = gradients.sub(centre).square().mean(0);
  const ofNet = (squares: T) =>
    squares.sum(0).reshape([nets, -1]).sum(1);
  const signal = ofNet(centre.square());
  return signal.div(ofNet(spread).add(1e-20)).sqrt();
}
