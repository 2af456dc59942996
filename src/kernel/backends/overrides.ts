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

/** By name, to be spread over the `tf` that cells see. */
export const overrides = { batchNorm, einsum, losses: { ...tf.losses, softmaxCrossEntropy } };

/** The same for `x.batchNorm(...)`, the only one of them that tensors have as a method. */
export function overrideMethods(): void {
  tf.Tensor.prototype.batchNorm = function (mean, variance, offset, scale, varianceEpsilon) {
    return batchNorm(this, mean as tf.Tensor, variance as tf.Tensor, offset, scale, varianceEpsilon) as any;
  };
}
