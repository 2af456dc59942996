import { adam, batches, curve, ink, Plot, parameters } from 'lab';
import { show, slider, steps, toArray } from 'lab';
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

// All blocks in one step, since none waits for another.
const rows: { step: number; block: string; error: number }[] = [];
async function train(feed: typeof fed, name: string) {
  const net = parameters(newBlocks());
  const optimiser = adam(net, { rate: 5e-3 });
  const batch = batches(mnist.train, 64);
  for await (const step of steps(updates, name)) {
    const { x, y } = batch.next().value;
    const label = oneHot(y);
    const loss = (stack: Block) =>
      losses(feed(x, label, stack), label, weight);
    await optimiser.step((stack) => loss(stack).sum());
    if (feed === fed && step % 10 === 0) {
      const each = await toArray(loss(net.values()).div(weight));
      each.forEach((error, t) => {
        rows.push({ step, block: `block ${t + 1}`, error });
      });
      show('training', figure());
    }
  }
  return net.values();
}

function figure() {
  const shown = [
    'block 1',
    `block ${Math.ceil(numBlocks / 2)}`,
    `block ${numBlocks}`,
  ];
  return Plot.plot({
    title: 'All blocks learn at once, those with less noise faster',
    x: { label: 'training step' },
    y: { label: 'squared error of the guess', domain: [0, 1] },
    marks: shown.map((label, i) =>
      curve(
        rows.filter(({ block }) => block === label),
        {
          x: 'step',
          y: 'error',
          label,
          ink: ink.series[i],
          dots: false,
        },
      ),
    ),
  });
}

export const trained = await train(fed, 'training the blocks');
export const copying = await train(
  feeds['clean label'],
  'training on clean labels',
);
