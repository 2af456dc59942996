import * as tf from '@tensorflow/tfjs';
import { check, ink, Plot, random, select, show } from 'lab';
import { toNumber, variant } from 'lab';
import { batchNorm, layerNorm, weightNorm } from './mechanism';

type T = tf.Tensor;

const norms = { 'one case': layerNorm, 'the batch': batchNorm };
const norm = variant('axis', norms, {
  label: 'layer norm takes its statistics over',
});
export const axis = norm === layerNorm ? 1 : 0;
export const epsilon = select('epsilon', {
  label: 'ε under the root',
  options: [0, 1e-5, 1e-2],
});

// 64 cases of 32 inputs, a layer of 48 neurons without a bias.
const x = random.normal([64, 32]).add(0.3);
const weights = random.normal([32, 48], 0, 1 / Math.sqrt(32));
const [gain, bias] = [tf.ones([48]), tf.zeros([48])];
const layers: Record<string, (x: T, w: T) => T> = {
  batch: (x, w) => batchNorm(tf.matMul(x, w), gain, bias, epsilon),
  weight: weightNorm,
  layer: (x, w) => norm(tf.matMul(x, w), gain, bias, epsilon),
};
const column = random.normal([32, 1]);
const row = random.normal([1, 32]);
const perNeuron = random.uniform([1, 48], 0.5, 3);
const perCase = random.uniform([64, 1], 0.5, 3);
const changes: Record<string, (x: T, w: T) => [T, T]> = {
  'W × 2.5': (x, w) => [x, w.mul(2.5)],
  'W + a vector': (x, w) => [x, w.add(column)],
  'W × one per neuron': (x, w) => [x, w.mul(perNeuron)],
  'x × 2.5': (x, w) => [x.mul(2.5), w],
  'x + a vector': (x, w) => [x.add(row), w],
  'x × one per case': (x, w) => [x.mul(perCase), w],
};
// Table 1 of the paper, in the same order.
const table: Record<string, string[]> = {
  batch: ['yes', 'no', 'yes', 'yes', 'yes', 'no'],
  weight: ['yes', 'no', 'yes', 'no', 'no', 'no'],
  layer: ['yes', 'yes', 'no', 'yes', 'no', 'yes'],
};

const rows: { layer: string; change: string }[] = [];
const differ: typeof rows = [];
for (const [layer, output] of Object.entries(layers)) {
  for (const [i, [change, apply]] of Object.entries(
    changes,
  ).entries()) {
    const before = output(x, weights);
    const after = output(...apply(x, weights));
    const moved = await toNumber(after.sub(before).abs().max());
    const paper = table[layer][i];
    const places = Math.min(5, Math.max(0, -Math.log10(moved)));
    const row = { layer, change, paper, places };
    rows.push(row);
    const other = paper === 'yes' ? moved > 1e-4 : moved < 0.5;
    if (other) differ.push(row);
  }
}
const place = { x: 'layer', y: 'change' };
const frame = { stroke: ink.broken, strokeWidth: 2, inset: 1 };
show(
  'invariance',
  Plot.plot({
    title: differ.length
      ? `${differ.length} of 18 answers are not the paper’s: framed`
      : 'What a layer does not notice, as the paper says',
    x: { label: 'norm', domain: Object.keys(layers) },
    y: { label: null, domain: Object.keys(changes) },
    color: { label: 'decimal places unchanged', domain: [0, 5] },
    marks: [
      Plot.cell(rows, { ...place, fill: 'places' }),
      Plot.cell(differ, { ...place, ...frame }),
      Plot.text(rows, { ...place, text: 'paper' }),
    ],
  }),
);
check(
  'entries of 18 that differ from the table of the paper',
  differ.length,
  {
    below: 1,
    because: 'the paper derives which changes each layer ignores',
    breaks: { axis: 'the batch' },
  },
);

// Each of the 64 cases alone, as 64 batches of one.
const preact = tf.matMul(x, weights);
const together = norm(preact, gain, bias, epsilon);
const alone = norm(preact.expandDims(1), gain, bias, epsilon);
const apart = alone.squeeze([1]).sub(together).abs().max(1);
const changed = 64 - (await toNumber(apart.less(1e-4).sum()));
check('cases of 64 that come out differently when alone', changed, {
  below: 1,
  because: 'the statistics of a case need no other case',
  breaks: { axis: 'the batch' },
});
