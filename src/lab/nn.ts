import * as tf from '@tensorflow/tfjs-core';
import { LabError } from './host.ts';
import type { Random } from './random.ts';

export interface AttentionOptions {
  /** Added to the scores before the softmax, e.g. −1e9 where a key must not be seen. */
  mask?: tf.Tensor;
  /** Of the scores; 1/√d of the keys when absent. */
  scale?: number;
}

/** What a residual block does with its tokens, of any leading shape: [..., n, d] → the same. */
export type Part = (tokens: tf.Tensor) => tf.Tensor;

/** Labels as given by `data`: class numbers [n] (int32), or already one-hot [n, classes]. */
const oneHot = (labels: tf.Tensor, classes: number): tf.Tensor =>
  labels.dtype === 'int32' ? tf.cast(tf.oneHot(labels as tf.Tensor1D, classes), 'float32') : labels;

/** Exchanges the third and the second axis from the end: [..., a, b, c] → [..., b, a, c]. */
function swapBefore(x: tf.Tensor): tf.Tensor {
  const [a, b, c] = x.shape.slice(-3);
  const stacked = tf.reshape(x, [-1, a, b, c]);
  return tf.reshape(tf.transpose(stacked, [0, 2, 1, 3]), [...x.shape.slice(0, -3), b, a, c]);
}

/** Standardises the last axis, then gain and bias per feature (Ba, Kiros and Hinton 2016). */
function layerNorm(x: tf.Tensor, gain?: tf.Tensor, bias?: tf.Tensor, epsilon = 1e-5): tf.Tensor {
  return tf.tidy(() => {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const variance = tf.mean(tf.square(centred), -1, true);
    const normal = tf.div(centred, tf.sqrt(tf.add(variance, epsilon)));
    const scaled = gain ? tf.mul(normal, gain) : normal;
    return bias ? tf.add(scaled, bias) : scaled;
  });
}

/**
 * x·w + b for x of any leading shape: [..., in] by [in, out]. Maps of several networks, [stack..., in, out] with biases
 * [stack..., out], each take their own of x [stack..., ..., in].
 * @throws when x does not begin with the stack of w.
 */
function dense(x: tf.Tensor, w: tf.Tensor, b?: tf.Tensor): tf.Tensor {
  const stack = w.shape.slice(0, -2);
  const [inputs, outputs] = w.shape.slice(-2);
  if (stack.some((n, k) => x.shape[k] !== n) || x.shape.at(-1) !== inputs)
    throw new LabError(
      `nn.dense got x of shape [${x.shape}] and w of shape [${w.shape}]`,
      'The last axis of x is the last but one of w, and the axes before that in w are the first of x.',
    );
  return tf.tidy(() => {
    const rows = tf.matMul(tf.reshape(x, [...stack, -1, inputs]), w);
    const shifted = b ? tf.add(rows, stack.length > 0 ? tf.expandDims(b, -2) : b) : rows;
    return tf.reshape(shifted, [...x.shape.slice(0, -1), outputs]);
  });
}

/** softmax(q·kᵀ·scale + mask)·v over the last two axes: [..., n, d], [..., m, d], [..., m, e] → [..., n, e]. */
function attention(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, options: AttentionOptions = {}): tf.Tensor {
  return tf.tidy(() => {
    const scale = options.scale ?? 1 / Math.sqrt(k.shape.at(-1)!);
    const scores = tf.mul(tf.matMul(q, k, false, true), scale);
    return tf.matMul(tf.softmax(options.mask ? tf.add(scores, options.mask) : scores), v);
  });
}

/** Splits the last axis among heads: [..., n, d] → [..., heads, n, d/heads]. */
function splitHeads(x: tf.Tensor, heads: number): tf.Tensor {
  const [n, d] = x.shape.slice(-2);
  if (d % heads !== 0)
    throw new LabError(
      `nn.heads(x, ${heads}) got a last axis of ${d}, which ${heads} does not divide`,
      'Give a width that is a multiple of the number of heads.',
    );
  return tf.tidy(() => {
    const split = tf.reshape(x, [...x.shape.slice(0, -1), heads, d / heads]);
    return tf.reshape(swapBefore(split), [...x.shape.slice(0, -2), heads, n, d / heads]);
  });
}

/** Undoes `heads`: [..., heads, n, d] → [..., n, heads·d]. */
function joinHeads(x: tf.Tensor): tf.Tensor {
  const [heads, n, d] = x.shape.slice(-3);
  return tf.tidy(() => tf.reshape(swapBefore(x), [...x.shape.slice(0, -3), n, heads * d]));
}

/**
 * z Φ(z) in its form with tanh (Hendrycks and Gimpel 2016), written with the logistic function, for
 * (1 + tanh u)/2 = σ(2u): fewer kernels.
 */
function gelu(z: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const cubic = tf.add(tf.mul(tf.square(z), 0.044715), 1);
    return tf.mul(z, tf.sigmoid(tf.mul(tf.mul(cubic, z), 2 * Math.sqrt(2 / Math.PI))));
  });
}

/** The matrices of a Transformer block: q, k, v, o [..., d, d], up [..., d, inner] and down [..., inner, d]. */
export interface BlockWeights extends Record<string, tf.Tensor> {
  q: tf.Tensor;
  k: tf.Tensor;
  v: tf.Tensor;
  o: tf.Tensor;
  up: tf.Tensor;
  down: tf.Tensor;
}

export interface MultiHeadOptions {
  heads: number;
  mask?: tf.Tensor;
  /** What the heads do with [..., heads, n, d/heads] each; softmax attention when absent. */
  attend?: (q: tf.Tensor, k: tf.Tensor, v: tf.Tensor) => tf.Tensor;
}

/** The few standard parts that are not a paper's point; a page whose mechanism is one of them writes its own. */
export const createNn = (random: Random) => ({
  dense,

  attention,

  layerNorm,

  /** 0 where a token may look, −1e9 where the key comes after it: the `mask` of `attention`, [n, n]. */
  causalMask(n: number): tf.Tensor {
    return tf.tidy(() => {
      const place = tf.range(0, n);
      return tf.mul(tf.cast(tf.greater(place, tf.reshape(place, [n, 1])), 'float32'), -1e9);
    });
  },

  heads: splitHeads,
  joinHeads,

  /** Attention of several heads with its four maps: tokens [..., n, d] → the same, the `mix` of a standard block. */
  multiHead(x: tf.Tensor, w: Omit<BlockWeights, 'up' | 'down'>, options: MultiHeadOptions): tf.Tensor {
    const { heads, mask, attend = (q, k, v) => attention(q, k, v, { mask }) } = options;
    return tf.tidy(() => {
      const [q, k, v] = [w.q, w.k, w.v].map((map) => splitHeads(dense(x, map), heads));
      return dense(joinHeads(attend(q, k, v)), w.o);
    });
  },

  /** gelu(x·up)·down: tokens [..., n, d] → the same, the `feed` of a standard block. */
  feedForward(x: tf.Tensor, w: Pick<BlockWeights, 'up' | 'down'>): tf.Tensor {
    return tf.tidy(() => dense(gelu(dense(x, w.up)), w.down));
  },

  /** Initial matrices of a block, N(0, 1/in) each; `stack` puts networks side by side on leading axes. */
  blockWeights(width: number, inner: number, stack: number[] = []): BlockWeights {
    const matrix = (from: number, to: number) => random.normal([...stack, from, to], 0, 1 / Math.sqrt(from));
    const square = () => matrix(width, width);
    const attending = { q: square(), k: square(), v: square(), o: square() };
    return { ...attending, up: matrix(width, inner), down: matrix(inner, width) };
  },

  /** A pre-norm Transformer block: x + mix(norm(x)), then that plus feed(norm(that)). `norm` is a plain `layerNorm` when absent. */
  block(x: tf.Tensor, { mix, feed, norm }: { mix: Part; feed?: Part; norm?: Part }): tf.Tensor {
    const standardise = norm ?? ((tokens: tf.Tensor) => layerNorm(tokens));
    return tf.tidy(() => {
      const mixed = tf.add(x, mix(standardise(x)));
      return feed ? tf.add(mixed, feed(standardise(mixed))) : mixed;
    });
  },

  gelu,

  /** Cuts pictures into square patches, row by row, each a token of its pixels: [n, h, w] → [n, (h/size)(w/size), size²]. */
  patches(pictures: tf.Tensor, size: number): tf.Tensor {
    const [n, h, w] = pictures.shape;
    if (pictures.rank !== 3 || h % size !== 0 || w % size !== 0)
      throw new LabError(
        `nn.patches(x, ${size}) got pictures of shape [${pictures.shape}]`,
        `Give [n, height, width] with sides that ${size} divides.`,
      );
    return tf.tidy(() => {
      const cut = tf.reshape(pictures, [n, h / size, size, w / size, size]);
      return tf.reshape(tf.transpose(cut, [0, 1, 3, 2, 4]), [n, (h * w) / size ** 2, size ** 2]);
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
