/** Operations that no registered kernel or gradient can cure: the ones cells are given in place of tfjs's. */
import * as tf from '../tf.ts';
import { contract } from './einsum.ts';

/** tfjs leaves a scale or offset that is not given undefined, and its gradient then fails: one and zero say the same. */
function batchNorm(
  x: tf.Tensor,
  mean: tf.Tensor,
  variance: tf.Tensor,
  offset?: tf.Tensor | tf.TensorLike | null,
  scale?: tf.Tensor | tf.TensorLike | null,
  varianceEpsilon?: number,
): tf.Tensor {
  return tf.tidy(() => {
    const shift = (offset ?? tf.zerosLike(mean)) as tf.Tensor1D;
    const factor = (scale ?? tf.onesLike(mean)) as tf.Tensor1D;
    return tf.batchNorm(x, mean, variance, shift, factor, varianceEpsilon);
  });
}

/** tfjs saves a value from inside a customGrad, where no tape runs: its second derivative is cut. Built of plain operations. */
function softmaxCrossEntropy(
  onehotLabels: tf.Tensor | tf.TensorLike,
  logits: tf.Tensor | tf.TensorLike,
  weights?: tf.Tensor | tf.TensorLike,
  labelSmoothing = 0,
  reduction: tf.Reduction = tf.Reduction.SUM_BY_NONZERO_WEIGHTS,
): tf.Tensor {
  return tf.tidy(() => {
    const [given, scores] = [asFloat(onehotLabels), asFloat(logits)];
    tf.util.assertShapesMatch(given.shape, scores.shape, 'softmaxCrossEntropy, labels and logits: ');
    const even = labelSmoothing / given.shape[given.rank - 1];
    const labels = labelSmoothing > 0 ? tf.add(tf.mul(given, 1 - labelSmoothing), even) : given;
    const losses = tf.neg(tf.sum(tf.mul(labels, tf.logSoftmax(scores)), -1));
    return tf.losses.computeWeightedLoss(losses, weights as tf.Tensor, reduction);
  });
}

const asFloat = (t: tf.Tensor | tf.TensorLike) =>
  tf.cast(t instanceof tf.Tensor ? t : tf.tensor(t), 'float32');

function einsum(equation: string, ...tensors: (tf.Tensor | tf.TensorLike)[]): tf.Tensor {
  return contract(equation, ...tensors.map((t) => (t instanceof tf.Tensor ? t : tf.tensor(t))));
}

type Cumulative = (
  x: tf.Tensor | tf.TensorLike,
  axis?: number,
  exclusive?: boolean,
  reverse?: boolean,
) => tf.Tensor;

/** Kernels of every backend take an axis counted from the end for one before the first. */
const fromEither =
  (along: typeof tf.cumsum): Cumulative =>
  (x, axis = 0, exclusive, reverse) => {
    const given = x instanceof tf.Tensor ? x : tf.tensor(x);
    return along(given, axis < 0 ? axis + given.rank : axis, exclusive, reverse);
  };
const cumsum = fromEither(tf.cumsum);
const cumprod = fromEither(tf.cumprod);

/** By name, to be spread over the `tf` that cells see. */
export const overrides = {
  batchNorm,
  cumprod,
  cumsum,
  einsum,
  losses: { ...tf.losses, softmaxCrossEntropy },
};

/** The same for those of them that tensors have as methods, such as `x.batchNorm(...)`. */
export function overrideMethods(): void {
  tf.Tensor.prototype.batchNorm = function (mean, variance, offset, scale, varianceEpsilon) {
    return batchNorm(this, mean as tf.Tensor, variance as tf.Tensor, offset, scale, varianceEpsilon) as any;
  };
  tf.Tensor.prototype.cumsum = function (axis, exclusive, reverse) {
    return cumsum(this, axis, exclusive, reverse) as any;
  };
  tf.Tensor.prototype.cumprod = function (axis, exclusive, reverse) {
    return cumprod(this, axis, exclusive, reverse) as any;
  };
}
