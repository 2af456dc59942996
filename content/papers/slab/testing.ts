import * as tf from '@tensorflow/tfjs';
import { toArray } from 'lab';
import { statistics } from '../layer-normalization/mechanism';
import { batchNorm, prepBN, repBN } from './mechanism';
import type { Statistics } from './mechanism';
import { digits, forward, layerNorm, learnt } from './networks';
import type { Net, Norm } from './networks';

type T = tf.Tensor;

/** Formula (3) with μ, σ as noted; where none are, notes them. */
export function fixed(
  net: Net,
  lnWeight: T,
  noted: Statistics[],
): Norm {
  return (x, site) => {
    noted[site] ??= statistics(x, 1, 1e-5);
    const own = learnt(net, site);
    const rep = repBN(batchNorm(x, noted[site], own), x, own.eta);
    return prepBN(lnWeight, layerNorm(x), rep);
  };
}

/**
 * Networks chosen by number, each with a γ of its own; `soft` of
 * them, the first, have softmax. Their μ and σ are those of 80
 * digits for training, taken at that γ and then fixed.
 */
export function frozen(
  all: Net,
  chosen: { network: number; lnWeight: number }[],
  soft = 0,
) {
  const numbers = chosen.map(({ network }) => network);
  const lnWeights = chosen.map(({ lnWeight }) => lnWeight);
  const copies = Object.entries(all).map(([name, w]) => {
    return [name, w.gather(tf.tensor1d(numbers, 'int32'))];
  });
  const net = Object.fromEntries(copies) as Net;
  const lnWeight = tf.tensor(lnWeights, [chosen.length, 1, 1]);
  const noted = tf.tidy(() => {
    const seen: Statistics[] = [];
    const known = digits.x.slice([0], [80]);
    forward(known, net, fixed(net, lnWeight, seen), soft);
    return seen;
  });
  const norm = fixed(net, lnWeight, noted);
  const logits = (x: T) =>
    tf.tidy(() => forward(x, net, norm, soft));
  return { net, noted, logits };
}

/** Share of digits that each network classifies correctly. */
export function accuracy(
  logits: (x: T) => T,
  { x, y }: { x: T; y: T },
) {
  return toArray<number[]>(logits(x).argMax(-1).equal(y).mean(1));
}
