import * as tf from '@tensorflow/tfjs';
import { nn, weights } from 'lab';
import { arrangements, type headByHead, looks } from './mechanism';

type T = tf.Tensor;
export type Net = Record<string, T>;
export type Mix = typeof headByHead;

// Eight heads of size 4, arranged in four ways.
export const sizes = { width: 32, headDim: 4, inner: 64 };
export const shapes = arrangements(8).map((shape) => ({
  ...shape,
  name: `${shape.layers} × ${shape.heads}`,
}));

/** Formula (1) for all heads of a layer at once. */
export const together: Mix = (x, w, heads, mask) =>
  nn.multiHead(x, w, { heads, mask });

/** Pre-norm layers, one after another: x [B, n, d] → the same. */
function transformer(
  x: T,
  net: Net,
  heads: number,
  mask: T,
  mix: Mix,
) {
  const { q, k, v, o, up, down } = net;
  const matrices = [q, k, v, o, up, down].map((w) => w.unstack());
  for (let l = 0; l < q.shape[0]; l++) {
    const [q, k, v, o, up, down] = matrices.map((w) => w[l]);
    x = nn.block(x, {
      mix: (t) => mix(t, { q, k, v, o }, heads, mask),
      feed: (t) => nn.feedForward(t, { up, down }),
    });
  }
  return nn.layerNorm(x);
}

// Digits: no token is masked, and the mean of all is read.
export function readDigits(tokens: T, net: Net, heads: number) {
  const x = nn.dense(tokens, net.embed).add(net.places);
  const open = tf.scalar(0);
  const all = transformer(x, net, heads, open, together);
  return nn.dense(all.mean(1), net.read);
}

// Lists: no token looks ahead, and the last one is read.
export function readLists(
  tokens: T,
  net: Net,
  heads: number,
  mix = together,
) {
  const x = net.embed.gather(tokens.toInt()).add(net.places);
  const mask = nn.causalMask(7);
  const all = transformer(x, net, heads, mask, mix);
  const last = all.slice([0, 6], [-1, 1]).squeeze([1]);
  return nn.dense(last, net.read);
}

/** What it answers, and where one token looks: weights on the
 *  slots and the pointer, [L, H, B, 7]. */
export function observe(
  tokens: T,
  net: Net,
  heads: number,
  token = 6,
) {
  const seen: T[] = [];
  const watched: Mix = (x, w, heads, mask) =>
    nn.multiHead(x, w, {
      heads,
      attend(q, k, v) {
        const alpha = looks(q, k, mask);
        const row = alpha.slice([0, 0, token], [-1, -1, 1]);
        seen.push(tf.keep(row.squeeze([2]).transpose([1, 0, 2])));
        return tf.matMul(alpha, v);
      },
    });
  const logits = readLists(tokens, net, heads, watched);
  const layers = tf.stack(seen);
  tf.dispose(seen);
  return { logits, layers };
}

export const file = await weights('wide-attention');
/** A trained network; the file has its weights as 8-bit numbers,
 *  to be multiplied by a step for each tensor. */
export function trained(
  task: string,
  layers: number,
  run = 0,
): Net {
  const start = `${task}/${layers}/`;
  const names = Object.keys(file).filter(
    (name) => name.startsWith(start) && !name.endsWith('.step'),
  );
  return Object.fromEntries(
    names.map((name) => [
      name.slice(start.length),
      file[name].gather(run).mul(file[`${name}.step`]),
    ]),
  );
}
