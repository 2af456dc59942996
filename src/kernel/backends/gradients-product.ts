/** Gradients of products: batch axes that broadcast, einsum. */
import * as tf from '../tf.ts';
import { contract } from './einsum.ts';
import { type Gradients, gradient, sumTo } from './register-kernels.ts';

/** Registers the gradients of matMul with broadcast batches and of einsum. */
export function registerProductGradients(): void {
  gradient('BatchMatMul', ['a', 'b'], (dy, [a, b], { transposeA, transposeB }) => ({
    a: () =>
      sumTo(transposeA ? tf.matMul(b, dy, transposeB, true) : tf.matMul(dy, b, false, !transposeB), a.shape),
    b: () =>
      sumTo(transposeB ? tf.matMul(dy, a, true, transposeA) : tf.matMul(a, dy, !transposeA, false), b.shape),
  }));
  gradient('Einsum', [], (dy, saved, { equation }) => einsumGradients(dy, saved, equation), {
    saveAllInputs: true,
  });
}

/** d out / d operand: the upstream gradient contracted with the other operand, repeated along what was summed out. */
function einsumGradients(dy: tf.Tensor, operands: tf.Tensor[], equation: string): Gradients {
  const [left, out] = equation.replace(/\s/g, '').split('->');
  const labels = left.split(',');
  return Object.fromEntries(labels.map((wanted, i) => [i, () => gradientOf(i, wanted)]));

  function gradientOf(i: number, wanted: string): tf.Tensor {
    const others = labels.filter((_, k) => k !== i);
    const known = [...wanted]
      .filter((c) => out.includes(c) || others.some((other) => other.includes(c)))
      .join('');
    const part = contract(
      `${[out, ...others].join(',')}->${known}`,
      dy,
      ...operands.filter((_, k) => k !== i),
    );
    const kept = [...wanted].map((c, k) => (known.includes(c) ? operands[i].shape[k] : 1));
    return tf.broadcastTo(tf.reshape(part, kept), operands[i].shape);
  }
}
