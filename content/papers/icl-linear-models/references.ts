import * as tf from '@tensorflow/tfjs';
import { gradientStep, ridge } from './mechanism';

type T = tf.Tensor;
// Each answers at every xᵢ of a prompt from the examples before it:
// points X [B, n, d], labels Y [B, n] → answers [B, n].

/** wᵢ · xᵢ for weights [B, n, d]. */
const answer = (w: T, X: T) => w.mul(X).sum(2);

/** Ridge, formula (2). λ = 10⁻³ stands for least squares. */
export function ridgeAnswers(
  X: T,
  Y: T,
  lambda: number | T = 1e-3,
) {
  const before = ridge(X, Y, lambda).slice(0, -1);
  return answer(tf.stack(before, 1), X);
}

/** 1 where example j stands before place i: [n, n]. */
function earlier(n: number) {
  const at = tf.range(0, n);
  return at.expandDims(1).greater(at).toFloat();
}

/** Gradient descent (3) from w = 0, λ = 0, after 1, 2, … steps. */
export function descentAnswers(
  X: T,
  Y: T,
  steps: number,
  rate: number,
) {
  const [B, n, d] = X.shape as [number, number, number];
  const seen = earlier(n);
  const rows = X.expandDims(1).mul(seen.expandDims(2));
  const x = rows.reshape([B * n, n, d]);
  const y = Y.expandDims(1)
    .mul(seen)
    .reshape([B * n, n]);
  let w: T = tf.zeros([B * n, d]);
  return Array.from({ length: steps }, () => {
    w = gradientStep(w, x, y, rate, 0);
    return answer(w.reshape([B, n, d]), X);
  });
}

/** The label of the nearest point before; 0 where there is none. */
export function nearestAnswers(X: T, Y: T) {
  const n = X.shape[1]!;
  const apart = X.expandDims(2)
    .sub(X.expandDims(1))
    .square()
    .sum(3);
  const seen = earlier(n);
  const nearest = apart.add(seen.mul(-1e6)).argMin(2);
  const chosen = tf.oneHot(nearest.toInt(), n).mul(seen);
  return chosen.mul(Y.expandDims(1)).sum(2);
}
