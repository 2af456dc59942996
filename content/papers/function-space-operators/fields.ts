import * as tf from '@tensorflow/tfjs';
import { random, slider } from 'lab';

type T = tf.Tensor;

const viscosity = slider('viscosity', {
  label: 'viscosity ν',
  min: 0.02,
  max: 0.08,
  value: 0.02,
  step: 0.01,
});
// The wind blows once around the circle in sixteen steps of time.
export const time = 1 / 16;

/** n points, evenly on a circle of length 1. */
export const grid = (n: number): T => tf.range(0, n).div(n);

// Sums of eight waves, which are known between all points too.
const frequency = () => tf.range(1, 9).mul(2 * Math.PI);
export function draw(count: number) {
  const height = tf.div(0.4, tf.range(1, 9).div(3).add(1));
  const a = random.normal([count, 8]).mul(height);
  const b = random.normal([count, 8]).mul(height);
  return { a, b };
}
export type Waves = ReturnType<typeof draw>;

/** Σₖ aₖ cos 2πkx + bₖ sin 2πkx: [B, x]. */
export function fieldAt({ a, b }: Waves, x: T) {
  const phase = frequency().expandDims(1).mul(x);
  return tf.matMul(a, phase.cos()).add(tf.matMul(b, phase.sin()));
}
export function slopeOf({ a, b }: Waves): Waves {
  return { a: b.mul(frequency()), b: a.neg().mul(frequency()) };
}
export function integralOf({ a, b }: Waves): Waves {
  return { a: b.neg().div(frequency()), b: a.div(frequency()) };
}

/**
 * Formula (7), Burgers' equation in a wind, after the time t, on
 * any points x, by the formula of Cole and Hopf: [B, x].
 */
export function burgers(start: Waves, x: T, t: number) {
  if (t === 0) return fieldAt(start, x);
  const y = grid(256);
  const rise = fieldAt(integralOf(start), y);
  const theta = rise.div(-2 * viscosity).exp();
  // All ways from y to x, also those around the circle.
  const turns = tf.range(-2, 4).reshape([-1, 1, 1]);
  const path = x.sub(t).sub(y.expandDims(1)).add(turns);
  const heat = path
    .square()
    .div(-4 * viscosity * t)
    .exp();
  const carried = heat.mul(path.div(t)).sum(0);
  return tf
    .matMul(theta, carried)
    .div(tf.matMul(theta, heat.sum(0)));
}
