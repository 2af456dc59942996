import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, mean, theory } from 'lab';
import { toArray, toNumber } from 'lab';
import { cov, numLayers, pairCov, trained } from './experiment';
import { expectedLoss, featureWeights } from './mechanism';
import { predicted, spectralLoss } from './mechanism';
import { twoViews, view } from './mechanism';
import { d, drawEvenly, k, noise, strength, tiles } from './pages';

// The five upper digits after each layer, and formula (5).
const upper = async (row: tf.Tensor) =>
  (await toArray(row)).slice(0, 5);
const pairs = twoViews(strength, noise);
const law = await upper(predicted(pairs.pairCov, pairs.cov));
const weights: number[][] = [];
for (const map of trained)
  weights.push(await upper(featureWeights(map, k)));
const [pre, post] = [weights[0], weights.at(-1)!];

/** What the figures call layer l, and its ink. */
export function lineOf(l: number) {
  const names = ['after the encoder', 'after the head'];
  const label = numLayers === 2 ? names[l - 1] : `after layer ${l}`;
  if (l === 1) return { label, as: 'mechanism' } as const;
  const last = l === numLayers;
  return { label, as: last ? 'series 2' : 'series 1' } as const;
}
export const each = <V>(prefix: string, value: (l: number) => V) =>
  Object.fromEntries(
    weights.map((_, i) => [prefix + (i + 1), value(i + 1)]),
  );

chart('fan', {
  title: 'The weight of each digit, layer by layer',
  over: 'tile',
  x: { label: 'digit, from the least disturbed', ticks: 5 },
  y: {
    type: 'log',
    label: 'weight',
    domain: [0.1, Math.max(1, ...pre)],
  },
  lines: {
    input: baseline('on the page'),
    ...each('law', () => theory('')),
    ...each('layer', (l) => ({ ...lineOf(l), dots: 'only' })),
  },
}).add(
  ...tiles.map((i) => ({
    tile: i + 1,
    input: 1,
    ...each('law', (l) => law[i] ** (l / numLayers)),
    ...each('layer', (l) => weights[l - 1][i]),
  })),
);

const off = post.map((w, i) => Math.abs(w / law[i] - 1));
check(
  'largest error of a weight after the head',
  Math.max(...off),
  {
    below: 0.01,
    because: 'formula (5) is the minimum of the loss',
    breaks: { views: 'the same view twice' },
  },
);

const log = (row: number[]) => mean(row.map(Math.log));
check(
  'share of log w that the encoder takes, times L',
  (numLayers * log(pre)) / log(post),
  {
    near: 1,
    within: 0.04,
    because: 'balanced layers take equal shares: formula (7)',
    breaks: { balance: 5 },
  },
);

const inequality = (w: number[]) => Math.max(...w) / Math.min(...w);
check(
  'how much more unequal the head makes the digits',
  inequality(post) / inequality(pre),
  {
    above: 1.4,
    because: 'ρ after the head is the square of ρ before it',
    breaks: { numLayers: 1 },
  },
);

// Do M and Σ describe the pages? The loss on drawn pairs.
const examples = drawEvenly(1000);
const represent = () => {
  const x = view(examples, drawEvenly(1000), strength, noise);
  const flat = x.reshape([1000, d]);
  return tf.matMul(flat, trained.at(-1)!, false, true);
};
const drawn = spectralLoss(represent(), represent());
const exact = expectedLoss(trained.at(-1)!, pairCov, cov);
check(
  'loss on 1,000 drawn pairs, as a share of formula (3)',
  await toNumber(drawn.div(exact)),
  {
    near: 1,
    within: 0.1,
    because: 'the loss depends on M and Σ alone',
    breaks: { views: 'the same view twice' },
  },
);
