import * as tf from '@tensorflow/tfjs';
import { adam, batches, chart, parameters, slider } from 'lab';
import { steps, toArray } from 'lab';
import { fed, feeds, mnist, newBlocks } from './blocks';
import { numBlocks, oneHot, weight } from './blocks';
import type { Block } from './mechanism';
import { losses } from './mechanism';

const updates = slider('updates', {
  label: 'training steps',
  min: 50,
  max: 500,
  value: 150,
  step: 10,
});

// With two blocks there is none between the first and the last.
const half = Math.ceil(numBlocks / 2);
const between = half > 1 ? `block ${half}` : undefined;
const training = chart('training', {
  title: 'The error of the guesses, while all blocks learn',
  over: 'step',
  x: { label: 'training step' },
  y: { label: 'squared error of the guess', domain: [0, 1] },
  lines: {
    first: { label: 'block 1', as: 'series 1', dots: false },
    middle: { label: between, as: 'series 2', dots: false },
    last: {
      label: `block ${numBlocks}`,
      as: 'series 3',
      dots: false,
    },
  },
});

/** The blocks at eleven moments of their training, for `course`. */
export const kept: { step: number; stack: Block }[] = [];
function keep(step: number, stack: Block) {
  for (const part of Object.values(stack)) tf.keep(part);
  kept.push({ step, stack });
}

// All blocks in one step, since none waits for another.
async function train(
  feed: typeof fed,
  name: string,
  seen: (step: number, stack: Block) => void = () => {},
) {
  const net = parameters(newBlocks());
  const optimiser = adam(net, { rate: 5e-3 });
  const batch = batches(mnist.train, 64);
  for await (const step of steps(updates, name)) {
    if (step % (updates / 10) === 0) seen(step, net.values());
    const { x, y } = batch.next().value;
    const label = oneHot(y);
    const loss = (stack: Block) =>
      losses(feed(x, label, stack), label, weight);
    await optimiser.step((stack) => loss(stack).sum());
    if (feed === fed && (step + 1) % 10 === 0) {
      const each = await toArray(loss(net.values()).div(weight));
      const middle = between ? each[half - 1] : Number.NaN;
      const [first, last] = [each[0], each.at(-1)!];
      training.add({ step: step + 1, first, middle, last });
    }
  }
  seen(updates, net.values());
  return net.values();
}

export const trained = await train(
  fed,
  'training the blocks',
  keep,
);
export const copying = await train(
  feeds['clean label'],
  'training on clean labels',
);
