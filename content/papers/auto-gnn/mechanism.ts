import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** P: softmax over the options of each slot, where valid [7, 4] is
 * 1; theta [R, 7, 4], for R searches side by side. */
export function policy(theta: T, valid: T) {
  return tf.softmax(theta.add(valid.sub(1).mul(1e9)));
}

/** E = −Σᵢ Σⱼ Pᵢⱼ log Pᵢⱼ over the slots of each class, (2):
 * P [R, 7, 4], members [7, 5] → [R, 5]. */
export function decisionEntropy(P: T, members: T) {
  const each = P.mul(P.add(1e-20).log()).sum(2).neg();
  return tf.matMul(each, members);
}

/** 1 for the s classes that score highest: [R, 5], s [R, 1]. */
export function highest(scores: T, s: T) {
  const above = scores
    .expandDims(1)
    .greater(scores.expandDims(2))
    .cast('float32');
  return above.sum(2).less(s).cast('float32');
}

/** One option a slot, drawn from P: the largest log P plus noise
 * from a Gumbel distribution. → one-hot [R, 7, 4]. */
export function sample(P: T, gumbel: T) {
  const options = P.shape[2]!;
  const best = P.add(1e-20).log().add(gumbel).argMax(2);
  return tf.oneHot(best.toInt(), options, 1, 0, 'float32');
}

/** a′ of formula (3): slots [R, 7, 1] of the classes chosen are
 * drawn anew, the others are those of the best. */
export function modify(best: T, drawn: T, slots: T) {
  return best.add(drawn.sub(best).mul(slots));
}

/** θ + η (R − b) ∇ log π(a′), formula (4), in the slots that were
 * drawn; ∇ log π of a softmax is a′ − P. advantage [R, 1, 1]. */
export function reinforce(
  theta: T,
  P: T,
  child: T,
  slots: T,
  step: T, // η (R − b), [R, 1, 1]
) {
  return theta.add(child.sub(P).mul(slots).mul(step));
}

/** b ← β b + (1 − β) R, formula (4). */
export function movingBaseline(b: T, reward: T, beta: number) {
  return b.mul(beta).add(reward.mul(1 - beta));
}

/** Formula (5): 1 where the child takes the place of the best. */
export function better(reward: T, best: T) {
  return reward.greater(best).cast('float32');
}

type Choices = { [choice: string]: string };

/** Formula (6): may a child's tensor be copied from its parent? */
export function mayInherit(
  parent: Choices,
  child: Choices,
  ownState: boolean,
) {
  const same = (choice: string) => parent[choice] === child[choice];
  const alike = ['width', 'attention', 'activation'].every(same);
  return alike && !ownState;
}
