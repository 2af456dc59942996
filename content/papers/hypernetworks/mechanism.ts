import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** Φ: [E, H], [1, H], [H, P], [1, P], or stacks of these. */
export type Hyper = { W1: T; b1: T; V: T; b: T };

/** h = tanh(c W₁ + b₁), Θ = h V + b, formula (2): c [.., T, E]. */
export function hyperForward(
  condition: T,
  { W1, b1, V, b }: Hyper,
) {
  const inner = tf.matMul(condition, W1).add(b1);
  const features = tf.tanh(inner); // [.., T, H]
  return { features, weights: tf.matMul(features, V).add(b) };
}

/** Θ as its parts: aⱼ, bⱼ, oⱼ [.., M, 1] and d [.., 1]. */
function parts(weights: T) {
  const M = (weights.shape.at(-1)! - 1) / 3;
  const cut = tf.split(weights, [M, M, M, 1], -1);
  const [a, b, o] = cut.map((part) => part.expandDims(-1));
  return { a, b, o, d: cut[3] };
}

/** F(x; Θ) = Σⱼ oⱼ tanh(aⱼx + bⱼ) + d, (3): x [T, N], Θ [.., T, P]. */
export function targetForward(x: T, weights: T) {
  const { a, b, o, d } = parts(weights);
  const hidden = tf.tanh(a.mul(x.expandDims(-2)).add(b));
  return hidden.mul(o).sum(-2).add(d);
}

/** gₜ = ∂Lₜ/∂Θₜ of the mean square error, (4): [.., T, P]. */
export function targetGradient(x: T, y: T, weights: T) {
  const { a, b, o, d } = parts(weights);
  const input = x.expandDims(-2);
  const hidden = tf.tanh(a.mul(input).add(b)); // [.., T, M, N]
  const off = hidden.mul(o).sum(-2).add(d).sub(y);
  const slope = off.mul(2 / x.shape.at(-1)!);
  const above = slope.expandDims(-2);
  const inner = above.mul(o).mul(slopeOfTanh(hidden));
  const gradients = [inner.mul(input), inner, above.mul(hidden)];
  const sums = gradients.map((each) => each.sum(-1));
  return tf.concat([...sums, slope.sum(-1, true)], -1);
}

/** tanh′ where tanh is h. */
const slopeOfTanh = (h: T) => tf.sub(1, h.square());

/** What gₜ is before the tanh of the hypernet: [.., T, H]. */
const innerGradient = (features: T, V: T, g: T) =>
  tf.matMul(g, V, false, true).mul(slopeOfTanh(features));

/** ∂L/∂Φ for L the mean over tasks, formula (5): g [.., T, P]. */
export function hyperGradient(
  condition: T,
  features: T,
  V: T,
  g: T,
): Hyper {
  const each = g.div(g.shape.at(-2)!);
  const inner = innerGradient(features, V, each);
  return {
    W1: tf.matMul(condition, inner, true),
    b1: inner.sum(-2, true),
    V: tf.matMul(features, each, true),
    b: each.sum(-2, true),
  };
}

/** ∂Lₜ/∂cₜ with Φ frozen, for formula (6): [T, E]. */
export function conditionGradient(
  features: T,
  { W1, V }: Hyper,
  g: T,
) {
  return tf.matMul(innerGradient(features, V, g), W1, false, true);
}

/** Var V = v/(2 E‖h‖²), formula (7): half of the variance v. */
export function fanIn(wanted: T, features: T) {
  return wanted.div(features.square().sum(-1).mean().mul(2));
}

/** Var V = 2/(m E‖h‖²), formula (8): for a written ReLU layer. */
export function hyperFan(features: T, m: number) {
  return tf.div(2 / m, features.square().sum(-1).mean());
}

/** Var V = 2/H: He's, as if V's output were a signal. */
export function heNaive(features: T, _m: number) {
  return tf.scalar(2 / features.shape.at(-1)!);
}

/** Parameters of a hypernet that writes all P weights at once. */
export function countWhole(E: number, H: number, P: number) {
  return E * H + H + H * P + P;
}

/** …and of one that writes C at a time, told which by D numbers. */
export function countChunks(
  E: number,
  H: number,
  P: number,
  C: number,
  D: number,
) {
  return (E + D) * H + H + H * C + C + D * Math.ceil(P / C);
}
