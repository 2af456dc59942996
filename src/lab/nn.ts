import * as tf from '@tensorflow/tfjs-core';
import type { Random } from './random.ts';

export interface AttentionOptions {
  /** Added to the scores before the softmax, e.g. −1e9 where a key must not be seen. */
  mask?: tf.Tensor;
  /** Of the scores; 1/√d of the keys when absent. */
  scale?: number;
}

/** Labels as given by `data`: class numbers [n] (int32), or already one-hot [n, classes]. */
const oneHot = (labels: tf.Tensor, classes: number): tf.Tensor =>
  labels.dtype === 'int32' ? tf.cast(tf.oneHot(labels as tf.Tensor1D, classes), 'float32') : labels;

/** The few standard parts that are not a paper's point; a page whose mechanism is one of them writes its own. */
export const createNn = (random: Random) => ({
  /** x·w + b for x of any leading shape: [..., in] by [in, out]. */
  dense(x: tf.Tensor, w: tf.Tensor, b?: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const [inputs, outputs] = w.shape;
      const rows = tf.matMul(tf.reshape(x, [-1, inputs]), w as tf.Tensor2D);
      const product = tf.reshape(rows, [...x.shape.slice(0, -1), outputs]);
      return b ? tf.add(product, b) : product;
    });
  },

  /** softmax(q·kᵀ·scale + mask)·v over the last two axes: [..., n, d], [..., m, d], [..., m, e] → [..., n, e]. */
  attention(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, options: AttentionOptions = {}): tf.Tensor {
    return tf.tidy(() => {
      const scale = options.scale ?? 1 / Math.sqrt(k.shape.at(-1)!);
      const scores = tf.mul(tf.matMul(q, k, false, true), scale);
      return tf.matMul(tf.softmax(options.mask ? tf.add(scores, options.mask) : scores), v);
    });
  },

  /** Standardises the last axis, then gain and bias per feature (Ba, Kiros and Hinton 2016). */
  layerNorm(x: tf.Tensor, gain?: tf.Tensor, bias?: tf.Tensor, epsilon = 1e-5): tf.Tensor {
    return tf.tidy(() => {
      const centred = tf.sub(x, tf.mean(x, -1, true));
      const variance = tf.mean(tf.square(centred), -1, true);
      const normal = tf.div(centred, tf.sqrt(tf.add(variance, epsilon)));
      const scaled = gain ? tf.mul(normal, gain) : normal;
      return bias ? tf.add(scaled, bias) : scaled;
    });
  },

  /** Mean of −log softmax(logits)[label] over the rows of [n, classes]; labels as class numbers (int32) or one-hot. */
  crossEntropy(logits: tf.Tensor, labels: tf.Tensor): tf.Scalar {
    return tf.tidy(() => {
      const target = oneHot(labels, logits.shape.at(-1)!);
      const logProb = tf.sub(logits, tf.logSumExp(logits, -1, true));
      return tf.neg(tf.mean(tf.sum(tf.mul(target, logProb), -1))) as tf.Scalar;
    });
  },

  /** Share of rows whose largest logit is the label's. */
  accuracy(logits: tf.Tensor, labels: tf.Tensor): tf.Scalar {
    return tf.tidy(() => {
      const truth = labels.dtype === 'int32' ? labels : tf.argMax(labels, -1);
      return tf.mean(tf.cast(tf.equal(tf.argMax(logits, -1), truth), 'float32')) as tf.Scalar;
    });
  },

  /** Normal with variance 2/(in + out) (Glorot and Bengio 2010); the last two axes are [in, out]. */
  glorot(shape: number[], gain = 1): tf.Tensor {
    const [inputs, outputs] = shape.slice(-2);
    return random.normal(shape, 0, gain * Math.sqrt(2 / (inputs + outputs)));
  },

  /** Normal with variance 2/in (He et al. 2015); for [..., in, out] or a filter [h, w, in, out]. */
  he(shape: number[], gain = 1): tf.Tensor {
    const window = shape.length === 4 ? shape[0] * shape[1] : 1;
    return random.normal(shape, 0, gain * Math.sqrt(2 / (window * shape.at(-2)!)));
  },
});
