import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
/** Weights by name: embed, place, qkv1, mix1, in1, out1, … head. */
export type Net = Record<string, T>;

/** x₁, y₁, x₂, … as rows [0; x], [y; 0]: [B, 2n, d + 1]. */
export function tokens(X: T, Y: T) {
  const [B, n, d] = X.shape;
  const x = tf.concat([tf.zeros([B, n, 1]), X], 2);
  const y = tf.concat([Y.expandDims(2), tf.zeros([B, n, d])], 2);
  return tf.stack([x, y], 2).reshape([B, 2 * n, d + 1]);
}

/** Each row divided by its root mean square. */
const normalise = (x: T) =>
  x.mul(x.square().mean(-1, true).add(1e-6).rsqrt());

/** Causal attention in four heads, prompts of L rows: [BL, w]. */
function attend(x: T, qkv: T, mix: T, L: number) {
  const [rows, w] = x.shape;
  const all = tf.matMul(x, qkv).reshape([rows / L, L, 12, w! / 4]);
  const [query, key, value] = all
    .transpose([0, 2, 1, 3])
    .split(3, 1);
  const scores = tf.matMul(query, key, false, true);
  const at = tf.range(0, L);
  const later = at.expandDims(1).less(at).mul(1e9);
  const scaled = scores.div(Math.sqrt(w! / 4)).sub(later);
  const heads = tf.matMul(tf.softmax(scaled), value);
  const joined = heads.transpose([0, 2, 1, 3]).reshape([rows, w!]);
  return tf.matMul(joined, mix);
}

/** One hidden layer of GELUs, in the form x σ(1.702 x). */
function think(x: T, into: T, out: T) {
  const hidden = tf.matMul(x, into);
  return tf.matMul(hidden.mul(hidden.mul(1.702).sigmoid()), out);
}

/** Layer i: attention, then the hidden layer, each added to x. */
function block(x: T, net: Net, i: number, L: number) {
  const { [`qkv${i}`]: qkv, [`mix${i}`]: mix } = net;
  const { [`in${i}`]: into, [`out${i}`]: out } = net;
  const y = x.add(attend(normalise(x), qkv, mix, L));
  return y.add(think(normalise(y), into, out));
}

/** Predicts yᵢ at each xᵢ: tokens [B, 2n, d + 1] → [B, n]. */
export function predict(net: Net, tokens: T): T {
  const [B, L, inputs] = tokens.shape;
  const w = net.embed.shape[1]!;
  const rows = tf.matMul(
    tokens.reshape([B * L, inputs]),
    net.embed,
  );
  const place = net.place.slice([0, 0], [L, w]);
  let x = rows
    .reshape([B, L, w])
    .add(place)
    .reshape([B * L, w]);
  for (let i = 1; `qkv${i}` in net; i++)
    x = tf.tidy(() => block(x, net, i, L));
  const read = tf.matMul(normalise(x), net.head);
  return read.reshape([B, L / 2, 2]).unstack(2)[0];
}

/** Linear functions, weights and points N(0, 1), as in training. */
export function prompts(
  normal: (shape: number[], mean?: number, std?: number) => T,
  [B, n, d]: number[],
  noise: number, // σ
) {
  const X = normal([B, n, d]);
  const w = normal([B, d, 1]);
  const exact = tf.matMul(X, w).squeeze([2]);
  return { X, Y: exact.add(normal([B, n], 0, noise)) };
}

/** The net called `name` among all that were trained. */
export const netOf = (all: Net, name: string): Net =>
  Object.fromEntries(
    Object.entries(all)
      .filter(([key]) => key.startsWith(`${name}/`))
      .map(([key, value]) => [key.slice(name.length + 1), value]),
  );
