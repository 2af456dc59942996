import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/**
 * n, formula (1), of M models and C classes: the answers [M, P, C]
 * to P probes and their features e [P, D] → [M, C, D].
 */
export function representatives(answers: T, e: T) {
  const [M, P, C] = answers.shape;
  const weights = answers.square().transpose([0, 2, 1]);
  const sums = tf.matMul(weights.reshape([M * C, P]), e);
  return sums.reshape([M, C, -1]).div(weights.sum(2, true));
}

/**
 * x between xᵢ and xⱼ where the model cannot decide, formula (2).
 * xi, xj and the result: [M, S, pixels]; lead(x) = pᵢ − pⱼ:
 * [M, S, 1].
 */
export function boundary(
  xi: T,
  xj: T,
  lead: (x: T) => T,
  halvings: number,
) {
  const between = (lambda: T) => xi.add(xj.sub(xi).mul(lambda));
  const [M, S] = xi.shape;
  let lambda: T = tf.fill([M, S!, 1], 1 / 2);
  for (let h = 0; h < halvings; h++) {
    const side = tf.sign(lead(between(lambda)));
    lambda = lambda.add(side.mul(2 ** -(h + 2)));
  }
  return between(lambda);
}

/** ñ = (n − μ)/3σ, formula (3); μ and σ of the nodes `of` a zoo. */
export function standardise(nodes: T, of: T) {
  const centred = of.sub(of.mean([0, 1], true));
  const sigma = centred.square().mean([0, 1]).sqrt().mean();
  return nodes.sub(of.mean([0, 1], true)).div(sigma.mul(3));
}

/** u, formula (3): nodes [V, M, C, D], A [V, D, K] → [V, M, CK]. */
export function modelVector(nodes: T, A: T) {
  const [V, M, C, D] = nodes.shape;
  const mapped = tf.matMul(nodes.reshape([V, M * C, D]), A);
  return mapped.reshape([V, M, -1]);
}

/** v, formula (4): means [V, Q, C, D], B [V, D, K], b [V, 1, K]. */
export function queryVector(means: T, B: T, b: T) {
  const [V, Q, C, D] = means.shape;
  const mapped = tf.matMul(means.reshape([V, Q * C, D]), B).add(b);
  const v = mapped.reshape([V, Q, -1]);
  return v.div(v.square().sum(-1, true).sqrt());
}

/** s(q, m), formula (5): u [V, M, CK], v [V, Q, CK] → [V, Q, M]. */
export function score(u: T, v: T) {
  return tf.matMul(v, u, false, true);
}

/** Pearson's correlation along the last axis: [..., M] → [...]. */
export function correlation(a: T, b: T) {
  const x = a.sub(a.mean(-1, true));
  const y = b.sub(b.mean(-1, true));
  const size = x.square().sum(-1).mul(y.square().sum(-1));
  return x.mul(y).sum(-1).div(size.sqrt());
}

/**
 * y(q, m), formula (6): rates [concepts, C, M], the share of images
 * of a concept that model m puts in class k, and tasks of concepts
 * [Q, C] → [Q, M].
 */
export function accuracies(rates: T, tasks: number[][]) {
  const C = rates.shape[1]!;
  const rows = tasks.map((q) =>
    q.map((concept, k) => concept * C + k),
  );
  const flat = rates.reshape([-1, rates.shape[2]!]);
  return flat.gather(tf.tensor2d(rows, undefined, 'int32')).mean(1);
}
