import * as tf from '@tensorflow/tfjs';
import { adam, type parameters, random, slider } from 'lab';
import { toNumber } from 'lab';
import { greens } from './mechanism';

type T = tf.Tensor4D;
export type Kernels = Record<string, tf.Tensor>;
type Net = ReturnType<typeof parameters<Kernels>>;
export type Apply = (kernels: Kernels, source: T) => T;

export const pairs = slider('pairs', {
  label: 'training pairs',
  min: 8,
  max: 64,
  value: 24,
  step: 1,
});

// G, formula (6), scaled to give solutions of variance one. It is
// symmetric, so that sources as rows are solved by f G.
export const n = 31;
const x = tf.range(1, n + 1).div(n + 1);
const green = greens(x);
const spread = green.square().sum().div(n).sqrt();
export const exact: tf.Tensor2D = green.div(spread);

// Sources are white noise: every wave is as strong as any other.
const draw = (count: number) => {
  const source = random.normal([count, n]) as tf.Tensor2D;
  return { source, solution: tf.matMul(source, exact) };
};
export const examples = draw(64);
export const test = draw(256);

/** ‖f W − u‖ / ‖u‖ over 256 pairs that no training has seen. */
export function errorOf(matrix: tf.Tensor2D) {
  const wrong = tf.matMul(test.source, matrix).sub(test.solution);
  return toNumber(wrong.norm().div(test.solution.norm()));
}

/** Row y: what the operator answers to a unit source at y. */
export const matrixOf = (apply: (source: T) => T): tf.Tensor2D =>
  tf.tidy(() =>
    apply(tf.eye(n).reshape([n, 1, n, 1])).reshape([n, n]),
  );

/** Adam on the mean squared error, at a rate that falls to zero. */
export function trainer(net: Net, apply: Apply, rounds: number) {
  const optimiser = adam(net, { rate: 0.03, beta2: 0.99 });
  const part = (x: tf.Tensor) =>
    x.slice([0], [pairs]).reshape([pairs, 1, n, 1]) as T;
  const source = part(examples.source);
  const solution = part(examples.solution);
  const loss = (kernels: Kernels) =>
    apply(kernels, source).sub(solution).square().mean();
  return (round: number) => {
    const turn = Math.cos((Math.PI * round) / rounds);
    optimiser.rate = 0.015 * (1 + turn);
    return optimiser.step(loss);
  };
}
