import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
/** H [B, d, N], then the layers W₁ … W_M: B problems at once. */
export type Net = Record<string, T>;

/** H, W₁ H, … , W_M ⋯ W₁ H. */
function products({ features, ...layers }: Net) {
  const all = [features];
  for (const layer of Object.values(layers))
    all.push(tf.matMul(layer, all.at(-1)!));
  return all;
}

/** E = (W_M ⋯ W₁ H − Y)/N; the best bias takes its mean off. */
function errors(output: T, labels: T, bias: T) {
  const error = output.sub(labels).div(labels.shape[1]!);
  return error.sub(error.mean(-1, true).mul(bias));
}

/** (1): labels Y [K, N]; decay λ, bias 0 or 1, [B, 1, 1] → [B]. */
export function objective(net: Net, labels: T, decay: T, bias: T) {
  const E = errors(products(net).at(-1)!, labels, bias);
  const penalties = Object.values(net).map((part) =>
    part.square().mul(decay).sum([1, 2]),
  );
  const fit = E.square().sum([1, 2]).mul(labels.shape[1]!);
  return fit.add(tf.addN(penalties)).div(2);
}

/** (2): ∂/∂Wⱼ = (W_M ⋯ Wⱼ₊₁)ᵀ E (Wⱼ₋₁ ⋯ W₁ H)ᵀ + λ Wⱼ, and ∂/∂H. */
export function gradients(net: Net, labels: T, decay: T, bias: T) {
  const inputs = products(net);
  let E = errors(inputs.pop()!, labels, bias);
  const slopes: Net = {};
  for (const name of Object.keys(net).slice(1).reverse()) {
    slopes[name] = tf.matMul(E, inputs.pop()!, false, true);
    E = tf.matMul(net[name], E, true);
  }
  slopes.features = E;
  for (const [name, part] of Object.entries(net))
    slopes[name] = slopes[name].add(part.mul(decay));
  return slopes;
}

/** h̄ₖ, the mean feature of each class: [d, N], [K, N] → [K, d]. */
export function classMeans(features: T, labels: T) {
  const sums = tf.matMul(labels, features, false, true);
  return sums.div(labels.sum(1, true));
}

/** (3): Σᵢ‖hᵢ − h̄‖² / Σᵢ‖h̄‖², h̄ the mean of the class of i. */
export function withinVariance(features: T, labels: T) {
  const means = classMeans(features, labels);
  const own = tf.matMul(means, labels, true);
  const spread = features.sub(own).square().sum();
  return spread.div(own.square().sum());
}

/** Cosine of each row of a with each of b: […, n, d], […, m, d]. */
export function cosines(a: T, b: T) {
  const unit = (x: T) =>
    x.div(x.square().sum(-1, true).add(1e-12).sqrt());
  return tf.matMul(unit(a), unit(b), false, true);
}

/** One-hot labels Y [K, N] of classes of these sizes, in order. */
export function labelsOf(sizes: number[]) {
  const classes = sizes.flatMap((n, k) => Array(n).fill(k));
  const rows = tf.oneHot(
    tf.tensor1d(classes, 'int32'),
    sizes.length,
  );
  return rows.transpose().toFloat();
}

/** H and W₁ … W_M, each shape [rows, columns] filled by `draw`. */
export function start(
  draw: (shape: number[]) => T,
  [d, K, N, M]: number[],
): Net {
  const net: Net = { features: draw([d, N]) };
  for (let j = 1; j <= M; j++)
    net[`layer${j}`] = draw([j < M ? d : K, d]);
  return net;
}
