import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** Formula (5): scores of all reviewers in one layer, [N, n, 2], the
 *  last axis being both orders of the answers. `seen` [N, n] is what
 *  each role sees, w·d; `shared` [N, 1, 1] errs in every call alike;
 *  `fresh` [N, n, 2] is new in each call. */
export function review(
  seen: T,
  shared: T,
  fresh: T,
  { positionBias = 0, sharedBias = 0, noise = 0 },
) {
  const order = tf.tensor1d([1, -1]).mul(positionBias);
  return seen
    .expandDims(2)
    .add(shared.mul(sharedBias))
    .add(fresh.mul(noise))
    .add(order);
}

/** The window of formula (3) as a matrix A [n, n], each row the mean
 *  over a reviewer and its neighbours. */
export function neighbours(n: number) {
  const place = tf.range(0, n);
  const far = place.expandDims(1).sub(place).abs();
  const near = far.less(2).toFloat();
  return near.div(near.sum(1, true));
}

/** Formula (6): z ← (1 − γ) y + γ A z + h η. Own scores y and those
 *  of the layer before z, both [N, n, 2]; η [N, 1, 1] herds all. */
export function discuss(
  y: T,
  before: T,
  window: T,
  trust: number,
  herd: T,
) {
  const [N, n, orders] = y.shape;
  // A stands at the left of every z: one product with z's n first.
  const first = before.transpose([1, 0, 2]).reshape([n!, -1]);
  const heard = tf
    .matMul(window, first)
    .reshape([n!, N!, orders!])
    .transpose([1, 0, 2]);
  return y
    .mul(1 - trust)
    .add(heard.mul(trust))
    .add(herd);
}

/** Formula (4): the mean over layers [L, N, n, orders] → [N]. */
export const meanVerdict = (layers: T) => layers.mean([0, 2, 3]);

/** The vote: each reviewer of the last layer [N, n, orders] has one,
 *  by the sign of its mean; a tie goes to the mean of all. */
export function vote(last: T) {
  const votes = last.mean(2).sign().sum(1);
  return votes.add(last.mean([1, 2]).sign().mul(0.5));
}

/** How much each fresh call of a layer weighs in the verdict (4):
 *  calls [L, n], which sum to 1, and herds [L], the first being 0. */
export function weightsOf(n: number, L: number, trust: number) {
  const window = neighbours(n);
  const share = tf.fill([1, n], 1 / (L * n));
  const calls: T[] = [];
  const herds: T[] = [];
  let passed: T = tf.zeros([1, n]);
  for (const layer of Array.from({ length: L }, (_, i) => L - i)) {
    const weight = share.add(passed);
    const first = layer === 1;
    calls.unshift(weight.mul(first ? 1 : 1 - trust));
    herds.unshift(first ? tf.scalar(0) : weight.sum());
    passed = tf.matMul(weight, window).mul(trust);
  }
  return { calls: tf.concat(calls), herds: tf.stack(herds) };
}

/** Formula (7): the correlation of verdict and people, sample by
 *  sample [N], from what the verdict looks at [N, K], what people
 *  weigh [N, K], Σ [K, K] and the variance of all that is error. */
export function correlation(
  looked: T,
  weighed: T,
  covariance: T,
  error: T | number,
) {
  const through = (a: T, b: T) =>
    tf.matMul(a, covariance).mul(b).sum(1);
  const spread = through(looked, looked).add(error);
  const own = through(weighed, weighed);
  return through(looked, weighed).div(spread.mul(own).sqrt());
}

/** 1 − arccos(ρ)/π, formula (7): how often two Gaussians that are
 *  correlated by ρ have one sign. */
export const agreement = (rho: T) =>
  tf.sub(1, rho.acos().div(Math.PI));

/** Cohen's κ of two lists of signs [N], formula (8): agreement beyond
 *  what two that do not look at each other would reach. */
export function kappa(a: T, b: T) {
  const [first, second] = [a, b].map((x) => x.greater(0).toFloat());
  const agreed = first.equal(second).mean();
  const [p, q] = [first.mean(), second.mean()];
  const chance = p.mul(q).add(tf.sub(1, p).mul(tf.sub(1, q)));
  return agreed.sub(chance).div(tf.sub(1, chance));
}
