import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
/** embed [words, d]; place [T, d]; q, k, v, o [L, d, d];
 *  up [L, d, i], down [L, i, d]. */
export type Net = Record<string, T>;

/** Rows divided by their root mean square. */
export const scaled = (x: T) =>
  x.mul(x.square().mean(-1, true).add(1e-5).rsqrt());

/** z Φ(z), with (1 + tanh u)/2 = σ(2u) for Φ. */
export function gelu(z: T) {
  const u = z.square().mul(0.044715).add(1).mul(z);
  return z.mul(u.mul(2 * Math.sqrt(2 / Math.PI)).sigmoid());
}

const times = (x: T, w: T) =>
  tf
    .matMul(x.reshape([-1, w.shape[0]!]), w)
    .reshape([...x.shape.slice(0, -1), w.shape[1]!]);

/** Attention of two heads, mask [T, T] added to the scores. */
function attend(x: T, [q, k, v, o]: T[], mask: T) {
  const [n, t, d] = x.shape;
  const heads = (w: T) =>
    times(x, w)
      .reshape([n, t!, 2, d! / 2])
      .transpose([0, 2, 1, 3]);
  const scores = tf.matMul(heads(q), heads(k), false, true);
  const seen = tf.softmax(scores.div(Math.sqrt(d! / 2)).add(mask));
  const read = tf.matMul(seen, heads(v)).transpose([0, 2, 1, 3]);
  return times(read.reshape([n, t!, d!]), o);
}

/** h of every layer, of tokens x [N, T, d]: [L, N, T, d]. */
export function states(x: T, net: Net, mask: T) {
  const { q, k, v, o, up, down } = net;
  const maps = [q, k, v, o, up, down].map((w) => w.unstack());
  const found: T[] = [];
  let h: T = x.add(net.place);
  for (const l of maps[0].keys()) {
    const [q, k, v, o, up, down] = maps.map((w) => w[l]);
    h = h.add(attend(scaled(h), [q, k, v, o], mask));
    h = h.add(times(gelu(times(scaled(h), up)), down));
    found.push(h);
  }
  return tf.stack(found);
}
