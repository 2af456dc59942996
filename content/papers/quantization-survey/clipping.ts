import * as tf from '@tensorflow/tfjs';
import { check, curve, ink, Plot, random, select, show } from 'lab';
import { steps, toArray, toNumber, variant } from 'lab';
import { type Grid, rounded } from './mechanism';

type T = tf.Tensor;
const clip = select('clip', {
  label: 'range ends at',
  options: ['least error', 'largest value'],
});
const factors = {
  mean: (w: T) => w.abs().mean(),
  max: (w: T) => w.abs().max(),
};
const factor = variant('factor', factors, {
  label: 'a of one bit',
});

// 100,000 numbers from N(0, 1) on 2ᵇ levels at ±S/2, ±3S/2, …
const real = random.normal([100_000]);
const largest = await toNumber(real.abs().max());
const levels = (end: number, bits: number): Grid => ({
  scale: tf.scalar((2 * end) / 2 ** bits),
  zeroPoint: tf.scalar((1 - 2 ** bits) / 2),
  lowest: 0,
  highest: 2 ** bits - 1,
});
const errorAt = (end: number, bits: number) =>
  tf.tidy(() =>
    rounded(real, levels(end, bits)).sub(real).square().mean(),
  );

/** Mean square error of 2ᵇ free levels, 12 rounds of k-means. */
function kMeans(real: T, end: number, bits: number) {
  const n = 2 ** bits;
  const column = real.expandDims(1);
  let centres: T = tf.linspace(end / n - end, end - end / n, n);
  for (let round = 0; round < 12; round++) {
    const near = column.sub(centres).abs().argMin(1).toInt();
    const own = tf.oneHot(near as tf.Tensor1D, n).toFloat();
    centres = own.mul(column).sum(0).div(own.sum(0));
  }
  return column.sub(centres).square().min(1).mean();
}

// Best ends and their errors for N(0, 1), from Max's table of 1960.
const table = [
  { bits: 2, max: 1.991, error: 0.1188 },
  { bits: 3, max: 2.344, error: 0.03744 },
  { bits: 4, max: 2.682, error: 0.01154 },
  { bits: 5, max: 3.01, error: 0.003495 },
];
const name = [{ ...table[0], name: 'optimum' }];
const ends = Array.from({ length: 17 }, (_, i) => 1.2 + 0.16 * i);
ends.push(largest);
const lines: { end: number; error: number; label: string }[][] = [];
const rows = [];
for await (const { bits, max, error } of steps(table, 'bits')) {
  const errors = ends.map((end) => errorAt(end, bits));
  const found = await toArray(tf.stack(errors));
  const label = `${bits} bits`;
  lines.push(
    ends.map((end, i) => ({ end, error: found[i], label })),
  );
  show('clipping', figure());
  const least = Math.min(...found);
  const best = ends[found.indexOf(least)];
  const some = real.slice([0], [10_000]);
  rows.push({
    bits,
    found: best,
    theory: max,
    error: least / error,
    uncut: found[17] / error,
    free: (await toNumber(kMeans(some, best, bits))) / error,
  });
}
show('best ends; errors, the least in theory = 1', rows);

function figure() {
  const at = { x: 'end', y: 'error', dots: false };
  return Plot.plot({
    title: 'Better to cut the tails than to reach for them',
    x: { label: 'end of the range (standard deviations)' },
    y: { type: 'log', label: 'mean square error' },
    marks: [
      lines.map((line) =>
        curve(line, { ...at, label: line[0].label }),
      ),
      Plot.dot(table, { x: 'max', y: 'error', stroke: ink.theory }),
      Plot.text(name, {
        x: 'max',
        y: 'error',
        text: 'name',
        dy: 14,
      }),
    ],
  });
}

const key = clip === 'least error' ? 'error' : 'uncut';
const worst = Math.max(...rows.map((row) => row[key]));
check(
  'error over the least in theory, worst of 2 to 5 bits',
  worst,
  {
    below: 1.1,
    because:
      'the best range of a Gaussian ends at 2 to 3 deviations',
    breaks: { clip: 'largest value' },
  },
);
const oneBit = tf.sign(real).mul(factor(real));
const lost = oneBit
  .sub(real)
  .square()
  .sum()
  .div(real.square().sum());
check(
  'share of a Gaussian that one bit loses',
  await toNumber(lost),
  {
    near: 1 - 2 / Math.PI,
    within: 0.01,
    because: 'with a = mean |r|, formula (10) leaves 1 − 2/π',
    breaks: { factor: 'max' },
  },
);
