/**
 * Every function whose first and second derivatives the kernel promises.
 * Pure: `tf` and the cells' overrides are given, so that a page can run the same table on WebGPU.
 */
import { placeCases } from './gradient-cases-places.ts';
import { constant, type GradientCase, of, type TF } from './gradient-error.ts';

/** The whole table. */
export function gradientCases(tf: TF, overrides: any): GradientCase[] {
  return [...valueCases(tf, overrides), ...placeCases(tf)];
}

function valueCases(tf: TF, overrides: any): GradientCase[] {
  const t = constant(tf);
  const positive: [number, number] = [0.4, 2];
  return [
    // Functions of each element.
    of('exp', (x) => tf.exp(x)),
    of('tanh', (x) => tf.tanh(x)),
    of('sigmoid', (x) => tf.sigmoid(x)),
    of('softplus', (x) => tf.softplus(x)),
    of('elu', (x) => tf.elu(x)),
    of('selu', (x) => tf.selu(x)),
    of('relu squared', (x) => tf.square(tf.relu(x))),
    of('leakyRelu squared', (x) => tf.square(tf.leakyRelu(x, 0.3))),
    of('prelu squared', (x) => tf.square(tf.prelu(x, t([3])))),
    of('prelu by its slope', (x) => tf.square(tf.prelu(t([2, 3]), x))),
    of('a tanh made of exp', (x) => {
      const e = tf.exp(tf.mul(x, 2));
      return tf.div(tf.sub(e, 1), tf.add(e, 1));
    }),
    of('silu', (x) => tf.mul(x, tf.sigmoid(x))),
    of('gelu by tanh', (x) =>
      tf.mul(x, tf.add(1, tf.tanh(tf.mul(0.8, tf.add(x, tf.mul(0.045, tf.pow(x, 3))))))),
    ),
    of('sin(cos)', (x) => tf.sin(tf.cos(x))),
    of('erf', (x) => tf.erf(x)),
    of('expm1', (x) => tf.expm1(x)),
    of('log', (x) => tf.log(x), [2, 3], positive),
    of('log1p', (x) => tf.log1p(x), [2, 3], positive),
    of('sqrt', (x) => tf.sqrt(x), [2, 3], positive),
    of('rsqrt', (x) => tf.rsqrt(x), [2, 3], positive),
    of('reciprocal', (x) => tf.reciprocal(x), [2, 3], positive),
    of('pow by its base', (x) => tf.pow(x, tf.scalar(2.5)), [2, 3], positive),
    of('pow by its exponent', (x) => tf.pow(tf.tensor([0.5, 1.5, 2]), x)),
    of('x to the x', (x) => tf.pow(x, x), [2, 3], positive),
    of('div', (x) => tf.div(t([2, 3]), x), [2, 3], positive),
    of('atan2', (x) => tf.atan2(x, tf.add(tf.square(x), 1))),
    of('atan', (x) => tf.atan(x)),
    of('sinh and cosh', (x) => tf.mul(tf.sinh(x), tf.cosh(x))),
    of('clip cubed', (x) => tf.pow(tf.clipByValue(tf.mul(x, tf.tensor([1, 4, 1])), -3, 3), 3)),
    of('abs cubed', (x) => tf.pow(tf.abs(x), 3), [2, 3], positive),
    of('squaredDifference, repeated', (x) => tf.squaredDifference(x, t([4, 3])), [3]),
    of('maximum, repeated', (x) => tf.square(tf.maximum(x, t([4, 3]))), [3]),
    of('minimum, repeated', (x) => tf.square(tf.minimum(t([4, 3]), x)), [3]),
    of('squaredDifference', (x) => tf.squaredDifference(tf.exp(x), t([3]))),
    of('maximum and minimum', (x) => tf.square(tf.maximum(tf.minimum(x, t([3])), -0.5))),
    // Over an axis.
    of('softmax', (x) => tf.softmax(x)),
    of('softmax squared', (x) => tf.square(tf.softmax(x))),
    of('logSoftmax', (x) => tf.logSoftmax(x)),
    of('logSumExp', (x) => tf.logSumExp(x, -1)),
    of('max squared', (x) => tf.square(tf.max(x, 1))),
    of('min squared', (x) => tf.square(tf.min(x, 0))),
    of('mean cubed', (x) => tf.pow(tf.mean(x, 0), 3)),
    of('prod', (x) => tf.prod(x, 1)),
    of('cumsum cubed', (x) => tf.pow(tf.cumsum(x, 1), 3)),
    of('cumprod', (x) => tf.cumprod(x, 1)),
    of('cumprod exclusive, reversed, of axis 0', (x) => tf.cumprod(x, 0, true, true), [4, 2]),
    of('norm', (x) => tf.norm(x)),
    of('variance', (x) => tf.moments(x, 1).variance),
    of('layer norm', (x) => {
      const { mean, variance } = tf.moments(x, 1, true);
      return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 0.1)));
    }),
    of('cumsum from the end', (x) => tf.square(overrides.cumsum(x, -1))),
    of('batchNorm without scale or offset', (x) =>
      overrides.batchNorm(tf.square(x), t([3]), tf.tensor([1, 2, 0.5]), undefined, undefined, 0.1),
    ),
    of('batchNorm', (x) =>
      tf.batchNorm(
        tf.square(x),
        tf.mean(x, 0) as any,
        tf.tensor([1, 2, 0.5]),
        t([3]) as any,
        t([3], 2) as any,
        0.1,
      ),
    ),
    // Losses.
    of('softmaxCrossEntropy', (x) =>
      overrides.losses.softmaxCrossEntropy(
        [
          [0, 1, 0],
          [0.5, 0, 0.5],
        ],
        x,
        undefined,
        0.1,
      ),
    ),
    of('sigmoidCrossEntropy', (x) =>
      tf.losses.sigmoidCrossEntropy(
        tf.tensor2d([
          [0, 1, 0],
          [1, 0, 1],
        ]),
        x,
      ),
    ),
    of('huberLoss', (x) => tf.losses.huberLoss(t([2, 3]), x)),
    of('cosineDistance', (x) => tf.losses.cosineDistance(t([2, 3]), tf.exp(x), 1)),
    // Masks.
    of('where', (x) => tf.where(tf.greater(x, 0), tf.pow(x, 3), tf.mul(x, 2))),
    of('a mask times a cube', (x) => tf.mul(tf.pow(x, 3), tf.cast(tf.greater(x, 0.2), 'float32'))),
    of('a mask that broadcasts', (x) =>
      tf.mul(tf.pow(x, 3), tf.cast(tf.lessEqual(tf.expandDims(tf.max(x, 1), 1), x), 'float32')),
    ),
    of('a mask of two comparisons', (x) =>
      tf.mul(
        tf.square(x),
        tf.cast(tf.logicalAnd(tf.less(x, t([3])), tf.logicalNot(tf.less(x, -1.4))), 'float32'),
      ),
    ),
    of('bandPart', (x) => tf.square(tf.linalg.bandPart(x, 0, 1)), [3, 3]),
    of('the row of the largest', (x) =>
      tf.square(tf.sum(tf.mul(tf.oneHot(tf.argMax(x, 1), 3, 1, 0, 'float32'), x), 1)),
    ),
    // Products.
    of('matMul', (x) => tf.square(tf.matMul(x, t([3, 2])))),
    of('matMul transposed', (x) => tf.matMul(tf.tanh(x), x, true, false)),
    of('matMul, one left for a batch', (x) => tf.square(tf.matMul(x, t([4, 3, 2]))), [1, 2, 3]),
    of('matMul, one right for a batch', (x) => tf.square(tf.matMul(t([4, 2, 3]), x)), [1, 3, 2]),
    of(
      'matMul, both transposed, one right',
      (x) => tf.square(tf.matMul(t([4, 3, 2]), x, true, true)),
      [1, 2, 3],
    ),
    of('matMul, a batch for one left', (x) => tf.square(tf.matMul(t([1, 2, 3]), x, false, true)), [2, 2, 3]),
    of('fused matMul with sigmoid', (x) =>
      tf.fused.matMul({ a: x, b: t([3, 2]), bias: t([2]), activation: 'sigmoid' }),
    ),
    of('einsum kernel', (x) => tf.square(tf.einsum('ij,jk->ki', x, t([3, 2])))),
    of('einsum that sums an operand', (x) => tf.square(overrides.einsum('ij,k->k', x, t([2])))),
    of('einsum', (x) => tf.square(overrides.einsum('bij,bkj->bik', x, t([2, 3, 2]))), [2, 2, 2]),
    of('einsum of the same twice', (x) => overrides.einsum('ij,kj->ik', tf.exp(x), x)),
    of('einsum of three', (x) => tf.square(overrides.einsum('i,ij,j->', t([2]), x, t([3])))),
    of('dot', (x) => tf.square(tf.dot(x, t([3, 2])))),
  ];
}
