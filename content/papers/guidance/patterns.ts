import * as tf from '@tensorflow/tfjs';
import { images, scrub, toArray } from 'lab';
import { kept } from './experiment';
import { onTest } from './guides';
import { linearCka, pattern, plain } from './mechanism';
import { depth, forward, test } from './networks';

type T = tf.Tensor;

// Two test images of each digit, sorted, and four layers.
const labels = await toArray<number[]>(test.y);
const sorted = labels.flatMap((_, digit) =>
  labels.flatMap((y, i) => (y === digit ? [i] : [])).slice(0, 2),
);
const chosen = tf.tensor1d(sorted, 'int32');
const layers = [1, 1 / 3, 2 / 3, 1].map((share, i) =>
  i ? Math.round(share * depth) : 1,
);
const four = tf.tensor1d(layers, 'int32').sub(1).toInt();
const of = (acts: T, run: number) =>
  pattern(acts.gather([run], 1).gather(four, 0)).squeeze([1]);

const guide = onTest.slice([0, 1], [-1, 1]).gather(chosen, 2);
const x = test.x.gather(chosen);
const frames: Parameters<typeof scrub>[1] = [];
for (const { step, net } of kept) {
  const { acts } = forward(x, net, plain);
  const six = guide.tile([1, 6, 1, 1]);
  const cka = linearCka(acts, six).gather([depth - 1], 0);
  const [[, led, , , alone]] = await toArray<number[][]>(cka);
  const rows = {
    [`no guide: ${alone.toFixed(2)}`]: of(acts, 4),
    [`guided: ${led.toFixed(2)}`]: of(acts, 1),
    'random guide': of(guide, 0),
  };
  const output = await images(rows, {
    title: `Step ${step}: which digits a layer takes for alike`,
    columns: layers.map((l) => `layer ${l}`),
    palette: 'diverging',
    range: [-0.08, 0.08],
  });
  frames.push({ at: step, output });
}
scrub('patterns', frames, 'training step');
