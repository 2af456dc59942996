import * as tf from '@tensorflow/tfjs';
import { data, images, nn, random, show } from 'lab';
import { standardise } from '../layer-normalization/mechanism';
import { depthwise, keysFirst, prepBN, repBN } from './mechanism';

type T = tf.Tensor;

// Digits of 8 × 8 pixels, cut into 16 tokens of 2 × 2.
const sizes = { size: 8, train: 2000, test: 1000 } as const;
const normalise = { minus: 0, times: 5 };
const { train, test } = await data.mnist({ ...sizes, normalise });
const cut = (x: T) => nn.patches(x.reshape([-1, 8, 8]), 2);
export const digits = { x: cut(train.x), y: train.y };
export const unseen = { x: cut(test.x), y: test.y };

// Tokens differ much in size: empty ones have none at all.
const eight = unseen.x.slice([0], [8]);
const pixels = test.x.slice([0], [8]).reshape([8, 8, 8]);
const length = eight.norm('euclidean', 2).reshape([8, 4, 4]);
const rows = { 'eight digits': pixels, 'size of tokens': length };
const title = 'Sixteen tokens each, some with ink and some without';
show('tokens', await images(rows, { title, range: [0, 8] }));

export const width = 32;
export const heads = 4;
export const headDim = width / heads;
/** Networks that begin alike, two norms in each; η of each. */
export function start(eta: number[]) {
  const matrix = (from: number, to: number) =>
    random.normal([from, to], 0, 1 / Math.sqrt(from));
  const one = {
    ...nn.blockWeights(width, 2 * width),
    embed: matrix(4, width),
    place: random.normal([1, 16, width], 0, 1 / 2),
    kernel: random.normal([3, 3, headDim], 0, 1 / 3),
    head: matrix(width, 10),
    scale: tf.ones([2, 1, width]),
    shift: tf.zeros([2, 1, width]),
    eta: tf.ones([2, 1, 1]),
  };
  const copies = Object.entries(one).map(([name, w]) => {
    return [name, tf.stack(eta.map(() => w))];
  });
  const all = Object.fromEntries(copies) as typeof one;
  const skips = tf.tensor(eta, [eta.length, 1, 1, 1]);
  return { ...all, eta: all.eta.mul(skips) };
}
export type Net = ReturnType<typeof start>;
/** α, β and η of a norm, site 0 or 1, in all networks. */
export function learnt({ scale, shift, eta }: Net, site: number) {
  const own = [scale, shift, eta].map((all) => tf.split(all, 2, 1));
  const [a, b, e] = own.map((both) => both[site].squeeze([1]));
  return { scale: a, shift: b, eta: e };
}

/** What stands at a site: [S, B·16, d] → the same. */
export type Norm = (tokens: T, site: number) => T;
export const layerNorm = (x: T) => standardise(x, -1, 1e-5);

/** Training: LayerNorm, but formula (3) in the last network. */
export function training(net: Net, lnWeight: number): Norm {
  const last = (t: T) => t.slice([t.shape[0] - 1], [1]);
  return (tokens, site) => {
    const ln = layerNorm(tokens);
    const x = last(tokens);
    const { scale, shift, eta } = learnt(net, site);
    const standard = standardise(x, 1, 1e-5);
    const bn = standard.mul(last(scale)).add(last(shift));
    const rep = repBN(bn, x, last(eta));
    const own = prepBN(tf.scalar(lnWeight), last(ln), rep);
    return tf.concat([ln.slice([0], [tokens.shape[0] - 1]), own]);
  };
}

/** Formulas (6) and (7): q, k, v [S, B, heads, 16, headDim]. */
export const slabAttention = (kernel: T) => (q: T, k: T, v: T) => {
  const values = v.reshape([v.shape[0], -1, 16, headDim]);
  const local = depthwise(values, kernel).reshape(v.shape);
  return keysFirst(q, k, v).add(local);
};

/** Digits [B, 16, 4] → tokens [S, B, 16, d]. */
export function embed(x: T, { embed, place }: Net) {
  const [S, B] = [embed.shape[0], x.shape[0]];
  const flat = tf.matMul(x.reshape([1, -1, 4]), embed);
  return flat.reshape([S, B, 16, width]).add(place);
}

/** The rest of a network; its first `soft` have softmax. */
export function forward(x: T, net: Net, norm: Norm, soft = 0) {
  const rest = net.embed.shape[0] - soft;
  const linear = slabAttention(net.kernel.slice([soft]));
  const attend = (...qkv: [T, T, T]) => {
    if (!soft) return linear(...qkv);
    const parts = qkv.map((t) => tf.split(t, [soft, rest]));
    const [[q, ours], [k, keys], [v, values]] = parts;
    return tf.concat([
      nn.attention(q, k, v),
      linear(ours, keys, values),
    ]);
  };
  const at = (t: T, site: number) =>
    norm(t.reshape([t.shape[0], -1, width]), site).reshape(t.shape);
  const tokens = embed(x, net);
  const options = { heads, attend };
  const mix = nn.multiHead(at(tokens, 0), net, options);
  const heard = tokens.add(mix);
  const out = heard.add(nn.feedForward(at(heard, 1), net));
  return tf.matMul(out.mean(2), net.head);
}
