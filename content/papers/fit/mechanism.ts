import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
export type Weights = Record<string, T>;
/** What a run leaves out: nothing, formula (3) or formula (4). */
export type Cut = 'nothing' | 'global' | 'return';

/** Layer norm over the last axis, without gain and bias. */
function norm(x: T) {
  const centred = x.sub(x.mean(-1, true));
  const variance = centred.square().mean(-1, true);
  return centred.div(variance.add(1e-6).sqrt());
}

/** x W for x [R, n, a] and W [a, b]. */
const times = (x: T, w: T) =>
  tf
    .matMul(x.reshape([-1, w.shape[0]]), w)
    .reshape([x.shape[0], x.shape[1]!, w.shape[1]!]);

/** [R, n, d] → [R, heads, n, d/heads]. */
function split(x: T, heads: number) {
  const [R, n, d] = x.shape;
  return x
    .reshape([R, n, heads, d / heads])
    .transpose([0, 2, 1, 3]);
}

/**
 * Att(X, Y): X [R, n, d] asks Y [R, k, d], both normalised. `share`
 * [R, heads, n, k] says what each token of X takes from whom.
 */
export function attend(x: T, y: T, w: Weights, part: string) {
  const heads = 2;
  const of = (from: T, name: string) =>
    split(times(norm(from), w[`${part}/${name}`]), heads);
  const [q, k, v] = [of(x, 'q'), of(y, 'k'), of(y, 'v')];
  const scale = 1 / Math.sqrt(q.shape[3]!);
  const scores = tf.matMul(q, k, false, true).mul(scale);
  const share = tf.softmax(scores);
  const heard = tf.matMul(share, v).transpose([0, 2, 1, 3]);
  const news = times(heard.reshape(x.shape), w[`${part}/o`]);
  return { news, share };
}

/** GELU between two maps, of normalised tokens [R, n, d]. */
export function feed(x: T, w: Weights, part: string) {
  const z = times(norm(x), w[`${part}/up`]);
  const phi = z.mul(Math.SQRT1_2).erf().add(1).div(2);
  return times(z.mul(phi), w[`${part}/down`]);
}

/** X ← X + Att(X, X), X ← X + FFN(X), formulas (1) and (3). */
export function layer(x: T, w: Weights, part: string) {
  const { news, share } = attend(x, x, w, part);
  const mixed = x.add(news);
  return { out: mixed.add(feed(mixed, w, part)), share };
}

/**
 * One round, formulas (1) to (4): tokens X [B, L, d] in groups of n,
 * learnt latents Z [G, m, d], the same for every B.
 */
export function round(x: T, w: Weights, cut: Cut = 'nothing') {
  const [B, L, d] = x.shape;
  const [G, m] = w.latents.shape;
  const rows = x.reshape([B * G, L / G, d]);
  const local = layer(rows, w, 'local');
  const first = w.latents.expandDims(0).tile([B, 1, 1, 1]);
  const asked = first.reshape([B * G, m, d]);
  const up = attend(asked, local.out, w, 'gather');
  const told = asked.add(up.news).reshape([B, G * m, d]);
  const across =
    cut === 'global'
      ? { out: told, share: tf.zeros([B, 2, G * m, G * m]) }
      : layer(told, w, 'global');
  const back = across.out.reshape([B * G, m, d]);
  const down = attend(local.out, back, w, 'return');
  const heard =
    cut === 'return' ? tf.zerosLike(down.news) : down.news;
  return {
    tokens: local.out.add(heard).reshape([B, L, d]),
    shares: {
      up: up.share,
      across: across.share,
      down: down.share,
    },
  };
}

/** A token is the sum of its key, its value and its place. */
export function embed(keys: T, values: T, w: Weights) {
  const key = tf.gather(w.key, keys);
  return key.add(tf.gather(w.value, values)).add(w.place);
}

/** The logits of the token at `place` [B]: tokens [B, L, d] → [B, 4]. */
export function answer(tokens: T, place: T, w: Weights) {
  const [B, L, d] = tokens.shape;
  const at = tf.range(0, B, 1, 'int32').mul(L).add(place);
  const asking = tf.gather(tokens.reshape([B * L, d]), at.toInt());
  return tf.matMul(norm(asking), w.head);
}

/** C(n), formula (5), term by term. */
export function attentionCost(L: number, n: number, m: number) {
  const local = 2 * L * n;
  const cross = 4 * L * m;
  const across = 2 * ((L * m) / n) ** 2;
  return { local, cross, across, sum: local + cross + across };
}

/** n* = (2m²L)^⅓, formula (6): where C(n) is least. */
export const bestGroup = (L: number, m: number) =>
  Math.cbrt(2 * m * m * L);

/** C(n*) = 3 (2m²L⁴)^⅓ + 4Lm, formula (6). */
export const leastCost = (L: number, m: number) =>
  3 * Math.cbrt(2 * m * m * L ** 4) + 4 * L * m;
