import * as tf from '@tensorflow/tfjs';
import { random } from 'lab';
import * as agnn from './mechanism';
import { members, places, rewards, valid } from './space';

// Searches side by side: 40 of each way, with the same noise.
export const S = 40;
export const guides = ['entropy', 'highest', 'uniform', 'lowest'];
export interface Way {
  s: number; // classes drawn anew
  guide: string; // how they are chosen
  rate: number; // η
}
export const numberOf = (a: tf.Tensor) =>
  a.mul(places).sum([1, 2]).round().toInt();
/** Mean of each way: [ways · 40] → [ways]. */
export const byWay = (v: tf.Tensor) =>
  v.reshape([-1, S]).mean<tf.Tensor1D>(1);

/** Begins the searches; next() gives each one more child. */
export function begin(ways: Way[], everyChild = false) {
  const R = ways.length * S;
  const column = (values: number[]) =>
    tf.tensor1d(values.flatMap((v) => Array(S).fill(v)));
  const gumbel = (...shape: number[]) =>
    random
      .uniform([S, ...shape], 1e-6, 1 - 1e-6)
      .log()
      .neg()
      .log()
      .neg()
      .tile([ways.length, ...shape.map(() => 1)]);
  const s = column(ways.map((way) => way.s)).expandDims(1);
  const etas = column(ways.map((way) => way.rate / 0.1));
  // softmax(E) is arg max of E + noise: signs of E and of noise.
  const by = (signs: number[]) =>
    column(
      ways.map((way) => signs[guides.indexOf(way.guide)]),
    ).expandDims(1);
  const entropy = by([1, 1, 0, -1]);
  const noise = by([1, 1e-3, 1, 1e-3]); // a trace against ties

  const theta = tf.variable(tf.zeros([R, 7, 4]));
  const first = agnn.sample(
    agnn.policy(theta, valid),
    gumbel(7, 4),
  );
  const best = tf.variable(first);
  const record = tf.variable(rewards.gather(numberOf(best)));
  const base = tf.variable(record.clone());
  const entropies = () =>
    agnn.decisionEntropy(agnn.policy(theta, valid), members);

  function next() {
    const P = agnn.policy(theta, valid);
    const scores = agnn
      .decisionEntropy(P, members)
      .mul(entropy)
      .add(gumbel(5).mul(noise));
    const chosen = agnn.highest(scores, s);
    const slots = tf
      .matMul(chosen, members, false, true)
      .expandDims(2);
    const child = agnn.modify(
      best,
      agnn.sample(P, gumbel(7, 4)),
      slots,
    );
    const reward = rewards.gather(numberOf(child));
    const step = reward.sub(base).mul(etas).reshape([R, 1, 1]);
    theta.assign(agnn.reinforce(theta, P, child, slots, step));
    base.assign(agnn.movingBaseline(base, reward, 0.9));
    const take = everyChild
      ? tf.onesLike(reward)
      : agnn.better(reward, record);
    const gain = reward.sub(record).mul(take);
    // Classes in which the child differs from the best.
    const changed = child.sub(best).abs().sum(2);
    const differ = tf.matMul(changed, members).greater(0).sum(1);
    record.assign(record.add(gain));
    best.assign(agnn.modify(best, child, take.reshape([R, 1, 1])));
    return { reward, gain, differ };
  }
  return { best, record, entropies, next };
}
