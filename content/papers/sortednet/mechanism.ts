import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** S networks in one stack, of L blocks and n units. */
export type Net = {
  stem: T; // E, [S, pixels, n]
  blocks: T; // W, [S, L, n, n]
  head: T; // C, [S, n, 10]
};

/**
 * Formula (1): of parts that stand in `places`, counted from 0,
 * those before `kept` are 1. [..., n] and [...] → [..., n].
 */
export function prefix(places: T, kept: T) {
  return places.less(kept.expandDims(-1)).toFloat();
}

/**
 * θ(k, d), (1), as the units that answer: the first k of the stem
 * and of the first d blocks. Places [..., n], k and d [...] give
 * masks [L + 1, ..., n], a stage each: the stem, then the blocks.
 */
export function subModel(
  places: T,
  width: T,
  depth: T,
  numBlocks: number,
) {
  const units = prefix(places, width);
  const ones = depth.shape.map(() => 1);
  const stage = tf.range(0, numBlocks + 1).reshape([-1, ...ones]);
  const kept = stage.lessEqual(depth).toFloat().expandDims(-1);
  return units.mul(kept);
}

/**
 * h₀, …, h_L, formula (4), of all networks in the stack:
 *   h₀ = m ⊙ ReLU(xE),  h_l = h_{l−1} + m ⊙ ReLU(h_{l−1}W_l).
 * x [S, B, pixels]; masks [L + 1, S, B, n], or none for the whole
 * network → L + 1 times [S, B, n].
 */
export function states(x: T, net: Net, masks?: T) {
  const mask = masks && tf.unstack(masks);
  const stage = (h: T, w: T, l: number) => {
    const active = tf.relu(tf.matMul(h, w));
    return mask ? active.mul(mask[l]) : active;
  };
  const all = [stage(x, net.stem, 0)];
  for (const [l, w] of tf.unstack(net.blocks, 1).entries())
    all.push(all[l].add(stage(all[l], w, l + 1)));
  return all;
}

/** z = hC, (4): the one head of all sub-models. */
export function readOut(h: T, net: Net) {
  return tf.matMul(h, net.head);
}

/**
 * Cut to the first k units: of E the first k columns, of W_l the
 * first k rows and columns, of C the first k rows. A network of
 * its own, which holds nothing of the rest. Depth is cut by
 * reading an earlier state.
 */
export function cutTo({ stem, blocks, head }: Net, k: number): Net {
  return {
    stem: stem.slice([0, 0, 0], [-1, -1, k]),
    blocks: blocks.slice([0, 0, 0, 0], [-1, -1, k, k]),
    head: head.slice([0, 0, 0], [-1, k, -1]),
  };
}

/**
 * Formula (3): mean over the g sub-models of an update, which lie
 * side by side in the batch, of each network's own loss. One pass
 * gives the sum of their gradients. Logits [S, B, 10], answers
 * [S, B, 10] one-hot → a number, summed over the stack.
 */
export function accumulatedLoss(logits: T, answers: T) {
  const surprise = tf.logSumExp(logits, -1);
  const told = logits.mul(answers).sum(-1);
  return surprise.sub(told).mean(1).sum();
}

/** N(k, d) = pk + dk² + ck, formula (5): p pixels, c classes. */
export function numParameters(
  width: number,
  depth: number,
  pixels: number,
  classes: number,
) {
  return (pixels + classes + depth * width) * width;
}

/** (k, d)* of formula (6): the largest that the budget holds. */
export function largestWithin<M extends { size: number }>(
  models: readonly M[],
  budget: number,
) {
  const fit = models.filter(({ size }) => size <= budget);
  return fit.reduce((a, b) => (b.size > a.size ? b : a));
}
