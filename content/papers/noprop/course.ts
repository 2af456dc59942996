import * as tf from '@tensorflow/tfjs';
import { curve, ink, Plot, random, scrub, toArray } from 'lab';
import { mnist, runChain, ticks } from './blocks';
import { kept } from './experiment';
import { feed } from './inference';
import { rule } from './perfect';

type T = tf.Tensor;

// 500 test digits through the chain as it was at each moment.
const x = mnist.test.x.slice([0, 0], [500, 196]);
const y = mnist.test.y.slice([0], [500]);
const freshNoise = (z: T) => random.normal(z.shape);
function scores(guesses: T[]) {
  const said = tf.stack(guesses).argMax(2);
  return toArray<number[]>(said.equal(y).cast('float32').mean(1));
}

function figure(step: number, rows: object[]) {
  const line = { x: 'block' };
  return Plot.plot({
    title: `Right answers, block by block, at step ${step}`,
    height: 300,
    x: { label: 'block', ticks: ticks.slice(1) },
    y: {
      label: 'test accuracy, %',
      domain: [0, 100],
      percent: true,
    },
    marks: [
      curve(rows, {
        ...line,
        y: 'cut',
        label: 'fed fresh noise',
        ink: ink.broken,
      }),
      curve(rows, { ...line, y: 'chain', label: 'the chain' }),
    ],
  });
}
const frames: Parameters<typeof scrub>[1] = [];
for (const { step, stack } of kept) {
  const chain = await scores(
    runChain(x, stack, rule, feed).guesses,
  );
  const noise = runChain(x, stack, rule, freshNoise).guesses;
  const cut = await scores(noise);
  const rows = chain.map((right, t) => {
    return { block: t + 1, chain: right, cut: cut[t] };
  });
  frames.push({ at: step, output: figure(step, rows) });
}
scrub('course', frames, 'training step');
