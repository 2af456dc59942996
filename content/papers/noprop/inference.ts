import type * as tf from '@tensorflow/tfjs';
import { baseline, broken, chart, check, nn, random } from 'lab';
import { theory, toNumber, variant } from 'lab';
import { alphaBar, mnist, numBlocks } from './blocks';
import { oneHot, runChain, ticks } from './blocks';
import { copying, trained } from './experiment';
import { rule } from './perfect';

type T = tf.Tensor;

const ways = {
  'the chain': (z: T) => z,
  'fresh noise': (z: T) => random.normal(z.shape),
};
export const feed = variant('feed', ways, {
  label: 'at inference a block is fed',
});

// A thousand test digits through the chain, from pure noise.
const { x, y } = mnist.test;
const label = oneHot(y);
const main = runChain(x, trained, rule, feed);
const severed = runChain(x, trained, rule, ways['fresh noise']);
const copied = runChain(x, copying, rule, feed);
const scores = (guesses: T[]) =>
  Promise.all(guesses.map((g) => toNumber(nn.accuracy(g, y))));
const ours = await scores(main.guesses);
const state = await scores(main.states.slice(1));
const cut = await scores(severed.guesses);
const copy = await scores(copied.guesses);
const rows = ours.map((chain, t) => {
  const others = { state: state[t], cut: cut[t], copy: copy[t] };
  return { block: t + 1, chain, ...others };
});
chart('accuracy', {
  title: 'Right answers, block by block',
  over: 'block',
  x: { label: 'block', ticks: ticks.slice(1) },
  y: {
    label: 'test accuracy, %',
    domain: [0, 100],
    percent: true,
  },
  lines: {
    copy: baseline('trained clean'),
    cut: broken('fed fresh noise'),
    state: { label: 'the state itself', as: 'series 1' },
    chain: 'the chain',
  },
}).add(...rows);

const last = numBlocks - 1;
const wrong = 1000 * (1 - ours[last]);
check(
  'test digits of 1,000 that the last block gets wrong',
  wrong,
  {
    below: 200,
    because: 'the chain hands it a nearly clean label',
    breaks: { feed: 'fresh noise' },
  },
);
const message = ours[last] - cut[last];
check('accuracy the last block owes to what it is fed', message, {
  above: 0.4,
  because: 'a nearly clean label says more than the image',
  breaks: { feed: 'fresh noise' },
});
const lead = ours[last] - copy[last];
check('lead in accuracy over blocks trained clean', lead, {
  above: 0.1,
  because: 'fed the clean label, a block only learns to copy it',
  breaks: { trainOn: 'clean label' },
});

// How far is the state from the label, and how far must it be?
const apart = (z: T) =>
  toNumber(z.sub(label).square().sum(1).mean());
const distances = await Promise.all(main.states.map(apart));
const path = distances.map((measured, t) => {
  const level = alphaBar[t];
  const perfect = 10 * (1 - level) + (1 - Math.sqrt(level)) ** 2;
  return { block: t, measured, perfect };
});
chart('distance', {
  title: 'How far the state is from the embedding of the label',
  over: 'block',
  x: { label: 'blocks passed', ticks },
  y: { label: 'squared distance to the label' },
  lines: {
    perfect: theory('perfect blocks'),
    measured: 'these blocks',
  },
}).add(...path);
const left = distances[numBlocks] / distances[0];
check('share of the squared distance to the label left', left, {
  below: 0.05,
  because: 'the chain ends near the embedding of the label',
  breaks: { feed: 'fresh noise' },
});
