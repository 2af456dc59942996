import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** Softmax attention with unit queries [.., m, d] and unit keys
 *  [.., n, d], formula (1): τ is ‖q‖‖k‖/√d. Gives [.., m, d]. */
export function attend(q: T, k: T, v: T, sharpness: number) {
  const cosines = tf.matMul(q, k, false, true);
  return tf.matMul(tf.softmax(cosines.mul(sharpness)), v);
}

/** S ← Λ S + w v kᵀ, formula (2). S [.., d, d], k and v [.., d, 1],
 *  Λ and w numbers or tensors that fit S. */
export function write(
  memory: T,
  k: T,
  v: T,
  decay: T | number,
  gate: T | number,
) {
  const pair = tf.matMul(v, k, false, true);
  return memory.mul(decay).add(pair.mul(gate));
}

/** S ← S + β (v − S k) kᵀ, formula (3): shapes as in (2). */
export function correct(memory: T, k: T, v: T, rate: number) {
  const missing = v.sub(tf.matMul(memory, k)).mul(rate);
  return memory.add(tf.matMul(missing, k, false, true));
}

/** o = S q for all queries at once: [.., m, d] → [.., m, d]. */
export const read = (memory: T, queries: T) =>
  tf.matMul(queries, memory, false, true);

/** √((n − 1)/d), formula (4): the error of a sum of n pairs. */
export const crowding = (n: number, d: number) =>
  Math.sqrt((n - 1) / d);

/** λᵃ and (1 − 1/d)ᵃ, formula (5): what is left at age a. */
export const faded = (decay: number, age: number) => decay ** age;
export const overwritten = (d: number, age: number) =>
  (1 - 1 / d) ** age;

/** h ← a ⊙ h + b u, y = cᵀh, formula (6): u [L, 1] → y [L, 1]. */
export function recurrent(a: T, b: T, c: T, u: T) {
  let h = tf.zerosLike(a);
  const outputs = tf.unstack(u).map((input) => {
    h = h.mul(a).add(b.mul(input));
    return c.mul(h).sum();
  });
  return tf.stack(outputs).expandDims(1);
}

/** κ_s = cᵀ(aˢ ⊙ b), formula (7): the answer to a pulse, [L]. */
export function kernelOf(a: T, b: T, c: T, length: number) {
  const powers = tf.pow(a, tf.range(0, length).expandDims(1));
  return powers.mul(b).mul(c).sum(1);
}

/** y = κ ∗ u with nothing before u, formula (7): [L, 1] → [L, 1]. */
export function convolve(kernel: T, u: T) {
  const length = kernel.size;
  const filter = kernel.reverse().reshape([length, 1, 1]);
  const padded = u.pad([
    [length - 1, 0],
    [0, 0],
  ]);
  return tf.conv1d(
    padded as tf.Tensor2D,
    filter as tf.Tensor3D,
    1,
    'valid',
  );
}

/** The same on a circle: the end of u runs into its beginning. */
export function convolveCircle(kernel: T, u: T) {
  const length = kernel.size;
  const whole = convolve(kernel, tf.concat([u, u]).slice([1]));
  return whole.slice([length - 1]).reshape([-1, 1]);
}

/** M_ij = κ_{i−j} for i ≥ j, else 0, formula (7): [L, L]. */
export function matrixOf(kernel: T) {
  const place = tf.range(0, kernel.size, 1, 'int32');
  const age = place.expandDims(1).sub(place);
  const taken = tf.gather(kernel, age.maximum(0).toInt());
  return taken.mul(age.greaterEqual(0).toFloat());
}
