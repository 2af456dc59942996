import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
/** Networks side by side: embed, place, q, k, v, o, head. */
export type Net = Record<string, T>;
/** The four maps of one layer, [S, d, d] each. */
export type Maps = Record<'q' | 'k' | 'v' | 'o', T>;

/** Word plus place: prompts one-hot [B, n, words] → [S, B, n, d]. */
export function embed(prompts: T, { embed, place }: Net) {
  const [S, words, d] = embed.shape;
  const [B, n] = prompts.shape;
  const rows = prompts.reshape([1, B * n!, words!]);
  const word = tf.matMul(tf.tile(rows, [S, 1, 1]), embed);
  return word.reshape([S, B, n!, d!]).add(place.expandDims(1));
}

/** The layers of networks whose maps are [S, layers, d, d]. */
export function layers({ q, k, v, o }: Net): Maps[] {
  const [qs, ks, vs, os] = [q, k, v, o].map((w) => w.unstack(1));
  return qs.map((q, i) => ({ q, k: ks[i], v: vs[i], o: os[i] }));
}

/** Logits at the last token [S, B, answers]; no norm, no feed-
 * forward: each layer adds what its heads say. */
export function predict(
  prompts: T,
  net: Net,
  attend: (x: T, maps: Maps) => T,
) {
  let x: T = embed(prompts, net);
  for (const maps of layers(net)) x = x.add(attend(x, maps));
  return tf.matMul(atEnd(x), net.head);
}

/** The last token of each prompt: [S, B, n, d] → [S, B, d]. */
export function atEnd(x: T) {
  const n = x.shape[2]!;
  return x.slice([0, 0, n - 1], [-1, -1, 1]).squeeze([2]);
}
