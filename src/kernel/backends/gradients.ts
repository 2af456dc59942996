/** Corrects what tfjs 4.22 differentiates wrongly or not at all, on every backend. */
import * as tf from '../tf.ts';
import { registerConvolutionGradients } from './gradients-convolution.ts';
import { registerIndexGradients } from './gradients-index.ts';
import { registerProductGradients } from './gradients-product.ts';
import { registerResizeGradients } from './gradients-resize.ts';
import { overrideMethods } from './overrides.ts';
import { gradient, sumTo, unary } from './register-kernels.ts';
import { saveWithoutClones } from './tape.ts';

/** Steps of a function: constant almost everywhere, so a mask made of them is a constant. */
const BETWEEN_TWO = [
  'Greater',
  'GreaterEqual',
  'Less',
  'LessEqual',
  'Equal',
  'NotEqual',
  'LogicalAnd',
  'LogicalOr',
  'LogicalXor',
];
const OF_ONE = ['LogicalNot', 'ArgMax', 'ArgMin', 'IsNan', 'IsInf', 'IsFinite'];

/**
 * Registers every corrected gradient and mends what is saved for them. Call it once tfjs is loaded; calling it again is harmless.
 * After it, first and second derivatives of all cases in tests/unit/kernel-math/gradient-cases.ts agree with finite
 * differences. Still without a gradient: complex numbers and FFT.
 */
export function correctGradients(): void {
  saveWithoutClones();
  overrideMethods();
  registerComparisons();
  registerElementwise();
  registerBroadcasts();
  registerProductGradients();
  registerIndexGradients();
  registerConvolutionGradients();
  registerResizeGradients();
}

function registerComparisons(): void {
  const zeros = (t: tf.Tensor) => () => tf.zeros(t.shape);
  for (const kernel of BETWEEN_TWO)
    gradient(kernel, ['a', 'b'], (_, [a, b]) => ({ a: zeros(a), b: zeros(b) }));
  for (const kernel of OF_ONE) gradient(kernel, ['x'], (_, [x]) => ({ x: zeros(x) }));
}

/** Their own gradients run kernels (EluGrad) that have no gradient themselves. */
function registerElementwise(): void {
  // α or 1, exact in both: one kernel where tfjs compares, multiplies and selects.
  gradient('LeakyRelu', ['x'], (dy, [x], { alpha }) => ({ x: () => tf.mul(dy, tf.step(x, alpha)) }));
  unary('Elu', (x) => tf.where(tf.greater(x, 0), tf.onesLike(x), tf.exp(tf.minimum(x, 0))));
}

/** tfjs gives these the shape of the result, and then fails where an input was repeated to reach it. */
function registerBroadcasts(): void {
  const pick = (kernel: string, first: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) =>
    gradient(kernel, ['a', 'b'], (dy, [a, b]) => ({
      a: () => sumTo(tf.mul(dy, tf.cast(first(a, b), 'float32')), a.shape),
      b: () => sumTo(tf.mul(dy, tf.cast(tf.logicalNot(first(a, b)), 'float32')), b.shape),
    }));
  pick('Maximum', tf.greaterEqual);
  pick('Minimum', tf.lessEqual);
  gradient('SquaredDifference', ['a', 'b'], (dy, [a, b]) => ({
    a: () => sumTo(tf.mul(dy, tf.mul(tf.sub(a, b), 2)), a.shape),
    b: () => sumTo(tf.mul(dy, tf.mul(tf.sub(b, a), 2)), b.shape),
  }));
}
