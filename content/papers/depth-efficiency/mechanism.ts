import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
/** embed [64, d], up [layers, d, i], bias [layers, i],
 *  down [layers, i, d], head [d, 10]. */
export type Net = Record<
  'embed' | 'up' | 'bias' | 'down' | 'head',
  T
>;

/** Layer norm without gain and bias. */
function norm(h: T) {
  const centred = h.sub(h.mean(1, true));
  const variance = centred.square().mean(1, true);
  return centred.div(variance.add(1e-5).sqrt());
}

/** z Φ(z), with (1 + tanh u)/2 = σ(2u) for Φ. */
function gelu(z: T) {
  const u = z.square().mul(0.044715).add(1).mul(z);
  return z.mul(u.mul(2 * Math.sqrt(2 / Math.PI)).sigmoid());
}

const at = (stack: T, l: number) =>
  stack.slice([l], [1]).reshape(stack.shape.slice(1));

/** c = GELU(LN(h) A + a) B, formula (2), of layer l: [n, d]. */
export function contribution(h: T, net: Net, l: number) {
  const z = tf.matMul(norm(h), at(net.up, l)).add(at(net.bias, l));
  return tf.matMul(gelu(z), at(net.down, l));
}

/**
 * h ← h + c, formula (1), with the layers of `skip` left out: all h,
 * before each layer and after the last, and all c.
 */
export function stream(x: T, net: Net, skip: number[] = []) {
  const states = [tf.matMul(x, net.embed)];
  const parts: T[] = [];
  for (let l = 0; l < net.up.shape[0]; l++) {
    const h = states[l];
    const c = contribution(h, net, l);
    parts.push(c);
    states.push(skip.includes(l) ? h : h.add(c));
  }
  return { states, parts };
}

/** The logits of a state: LN(h) times the head, [n, 10]. */
export const readOut = (h: T, net: Net) =>
  tf.matMul(norm(h), net.head);

const length = (x: T) => x.norm('euclidean', 1);

/** ρ = E ‖c‖/‖h‖, formula (3): how much a layer writes. */
export const relativeSize = (c: T, h: T): T =>
  length(c).div(length(h)).mean();

/** cos = E ⟨c, h⟩/(‖c‖‖h‖), formula (3): in which direction. */
export const alignment = (c: T, h: T): T =>
  c
    .mul(h)
    .sum(1)
    .div(length(c).mul(length(h)))
    .mean();

/** E ‖c̄ − c‖/‖c‖, formula (4): how another c is moved. */
export const moved = (changed: T, c: T): T =>
  length(changed.sub(c)).div(length(c)).mean();

/** E ‖p̄ − p‖, formula (4), of the probabilities of two logits. */
export const outputEffect = (changed: T, logits: T): T =>
  length(tf.softmax(changed).sub(tf.softmax(logits))).mean();

/** ε of formula (5), columns of d belonging to one state: [states]. */
export function mapError(found: T, exact: T, d: number): T {
  const perState = (x: T) =>
    x.square().sum(0).reshape([-1, d]).sum(1);
  const spread = exact.sub(exact.mean(0));
  return perState(found.sub(exact)).div(perState(spread)).sqrt();
}
