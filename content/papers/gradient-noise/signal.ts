import * as tf from '@tensorflow/tfjs';
import { curve, ink, Plot, scrub, toArray, toNumber } from 'lab';
import { kept } from './training';
import { layerGain } from './mechanism';
import { activations, depth, gainAt, stdAt, test } from './network';

/** Root mean square over images and units. */
const size = (h: tf.Tensor) => h.square().mean([1, 2]).sqrt();
const image = await toNumber(size(test.x.expandDims(0)).sum());

// Formula (5): a layer of 64 pixels, then layers of 32 units.
async function profile(step: number, weights: tf.Tensor) {
  const hidden = activations(test.x, weights).slice(1, -1);
  const found = await toArray<number[][]>(
    tf.stack(hidden.map(size)),
  );
  const gain = gainAt(step);
  const rows = found.map(([none, noise], l) => ({
    layer: l + 1,
    theory: image * layerGain(stdAt(step), 64) * gain ** l,
    none,
    noise,
  }));
  return { gain, rows };
}

function figure(step: number, gain: number, rows: object[]) {
  const [x, end] = ['layer', gain.toFixed(2)];
  return Plot.plot({
    title: `Step ${step}: formula 4 says that the gain is ${end}`,
    x: { label: 'hidden layer', domain: [1, depth] },
    y: {
      type: 'log',
      label: 'root mean square of its output',
      domain: [1e-5, 100],
      clamp: true,
    },
    marks: [
      curve(rows, {
        x,
        y: 'none',
        label: 'no noise',
        ink: ink.baseline,
      }),
      curve(rows, {
        x,
        y: 'theory',
        label: 'theory',
        ink: ink.theory,
        dashed: true,
      }),
      curve(rows, { x, y: 'noise', label: 'noise' }),
    ],
  });
}
const frames: Parameters<typeof scrub>[1] = [];
for (const { step, weights } of kept) {
  const { gain, rows } = await profile(step, weights);
  frames.push({ at: step, output: figure(step, gain, rows) });
}
scrub('signal', frames, 'training step');
