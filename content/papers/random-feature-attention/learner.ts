import * as tf from '@tensorflow/tfjs';
import { linalg, random, slider, steps, toArray } from 'lab';
import { learn } from './mechanism';

type T = tf.Tensor;

const ridge = slider('ridge', {
  label: 'ridge λ',
  min: 0.001,
  max: 1,
  value: 0.01,
  scale: 'log',
});

/** Uniform on the unit sphere: [..., d]. */
export function sphere(shape: number[]) {
  const x = random.normal(shape);
  return x.div(x.norm('euclidean', -1, true));
}

/** The kernel of features: [S, m] → [S, n]. */
export const gram = (features: T, n: number) =>
  tf.matMul(features, features.slice(0, n).transpose());

/** Targets [S, t], centred and scaled by the first n. */
export function standardise(y: T, n: number) {
  const { mean, variance } = tf.moments(y.slice(0, n), 0);
  return y.sub(mean).div(variance.sqrt());
}

/** Mean square of the last `test` rows, for each target: [B, t]. */
const power = (residual: T, test: number) =>
  residual
    .slice([0, residual.shape[1]! - test, 0])
    .square()
    .mean(1);

/**
 * Ridge regression with all kernels at once, `size` samples a
 * round. After each round `report` hears how many were learnt and
 * the test error of each kernel and target, of the variance.
 */
export async function learnAll(
  kernels: T[], // [S, n] each; rows from n on are for the test
  targets: T, // [B, S, t]
  size: number,
  report: (samples: number, errors: number[][]) => void,
) {
  const [S, n] = kernels[0].shape as [number, number];
  const scaled = kernels.map((K) => {
    const own = K.slice(0, n).mul(tf.eye(n)).sum();
    return K.div(own.div(n));
  });
  const total = power(targets, S - n);
  const penalty = tf.eye(size).mul(ridge);
  let [K, residual]: T[] = [tf.stack(scaled), targets.clone()];
  for await (const round of steps(n / size, 'samples')) {
    const corner = K.slice([0, 0, 0], [-1, size, size]);
    const blocks = await toArray<number[][][]>(corner.add(penalty));
    const inverse = await Promise.all(blocks.map(linalg.inverse));
    const next = learn(K, residual, tf.tensor3d(inverse));
    tf.dispose([K, residual]);
    K = tf.keep(next.K);
    residual = tf.keep(next.residual);
    const errors = power(residual, S - n).div(total);
    report((round + 1) * size, await toArray(errors));
  }
  tf.dispose([K, residual]);
}
