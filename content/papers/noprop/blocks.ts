import * as tf from '@tensorflow/tfjs';
import { data, nn, random, slider, toggle, variant } from 'lab';
import type { Block } from './mechanism';
import { blocksOf, coefficients, denoise } from './mechanism';
import { inferStep, noisyLabel } from './mechanism';
import { schedule, snrSteps } from './mechanism';

type T = tf.Tensor;

export const numBlocks = slider('numBlocks', {
  label: 'blocks T',
  min: 2,
  max: 16,
  value: 10,
  step: 1,
});
export const alphaBar = schedule(numBlocks);
export const ticks = alphaBar
  .map((_, t) => t)
  .filter((t) => t % Math.ceil(numBlocks / 10) === 0);
const hidden = slider('hidden', {
  label: 'hidden units of a block',
  min: 8,
  max: 64,
  value: 32,
  step: 8,
});
const weighted = toggle('weighted', {
  label: 'losses weighted as in formula 3',
  value: true,
});

// Digits of 14 × 14 pixels, and the stacked weights of all blocks.
const sizes = { size: 14, train: 2000, test: 1000 } as const;
const normalise = { minus: 0.15, times: 2 };
const options = { ...sizes, normalise, flat: true };
export const mnist = await data.mnist(options);
export const newBlocks = () => ({
  wx: nn.he([numBlocks, 196, hidden]),
  bx: tf.zeros([numBlocks, 1, hidden]),
  wz: nn.he([numBlocks, 10, hidden]),
  w2: nn.he([numBlocks, 2 * hidden, hidden]),
  b2: tf.zeros([numBlocks, 1, hidden]),
  w3: nn.he([numBlocks, hidden, 10], 0.5),
  b3: tf.zeros([numBlocks, 1, 10]),
});
export const oneHot = (y: T) => tf.oneHot(y, 10, 1, 0, 'float32');

/** Formula (4) from pure noise: every state, every guess. */
export function runChain(
  x: T,
  stack: Block,
  rule = coefficients,
  feed = (z: T) => z,
) {
  let z = random.normal([x.shape[0], 10]);
  const [states, guesses] = [[z], [] as T[]];
  for (const [t, block] of blocksOf(stack).entries()) {
    z = feed(z);
    const guess = denoise(x, z, block);
    const noise = random.normal(z.shape);
    z = inferStep(guess, z, noise, rule(alphaBar, t + 1));
    states.push(z);
    guesses.push(guess);
  }
  return { states, guesses };
}

/** What a block is fed in training decides what reaches it. */
export const feeds = {
  'noisy label': (x: T, label: T, stack: Block) => {
    const before = alphaBar.slice(0, -1);
    const levels = tf.tensor(before, [numBlocks, 1, 1]);
    const noise = random.normal([numBlocks, ...label.shape]);
    return denoise(x, noisyLabel(label, levels, noise), stack);
  },
  'clean label': (x: T, label: T, stack: Block) =>
    denoise(x, label, stack),
  'previous block': (x: T, _label: T, stack: Block) =>
    tf.stack(runChain(x, stack).guesses),
};
export const fed = variant('trainOn', feeds, {
  label: 'in training a block is fed',
});
export const weight = tf.tensor1d(
  weighted ? snrSteps(alphaBar, 0.1) : alphaBar.slice(1).fill(1),
);
