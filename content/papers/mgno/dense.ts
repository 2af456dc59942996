import * as tf from '@tensorflow/tfjs';
import { check, curve, ink, linalg, Plot, show } from 'lab';
import { cycle } from './experiment';
import { errorOf, examples, pairs } from './task';

// The smallest 31 × 31 matrix that fits the pairs: V Σ⁻¹ Uᵀ u.
async function fitted(count: number) {
  const part = (x: tf.Tensor) => x.slice([0], [count]);
  const { u, s, v } = await linalg.svd(part(examples.source));
  const scaled = tf.tensor2d(u).div(tf.tensor1d(s));
  const inner = tf.matMul(scaled, part(examples.solution), true);
  return errorOf(tf.matMul(v, inner));
}
const rows: { pairs: number; error: number }[] = [];
for (const pairs of [4, 8, 12, 16, 20, 24, 28, 31, 40, 64]) {
  rows.push({ pairs, error: await fitted(pairs) });
}
const at = { x: 'pairs', y: 'error' };
const baseline = { ink: ink.baseline, label: 'dense matrix' };
const here = [{ pairs, error: cycle.error, name: 'V-cycle' }];
const left = { textAnchor: 'end', dx: -8, fill: ink.mechanism };
show(
  'pairs',
  Plot.plot({
    title: 'A matrix of 31 × 31 is fixed by 31 pairs, not by fewer',
    x: { label: 'training pairs' },
    y: { label: 'relative error', domain: [0, 1] },
    marks: [
      curve(rows, { ...at, ...baseline }),
      curve(here, at),
      Plot.text(here, { ...at, text: 'name', ...left }),
    ],
  }),
);

const ratio = (await fitted(pairs)) / cycle.error;
check('error of a dense matrix over the V-cycle’s', ratio, {
  above: 2,
  because:
    '24 pairs leave a 31 × 31 matrix open; they fix a V-cycle',
  breaks: { levels: 2 },
});
