import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, nn, random, theory } from 'lab';
import { toNumber, variant } from 'lab';
import { affine, dequantize, type Grid } from './mechanism';
import { quantize, symmetric } from './mechanism';
import { net, train } from './network';

type T = tf.Tensor;
const int = variant('rounding', {
  nearest: tf.round,
  floor: tf.floor,
});
const side = variant(
  'side',
  { 'after ReLU': tf.relu, 'before ReLU': (x: T) => x.clone() },
  { label: 'outputs of layer 1' },
);

/** By how many decibels is a signal above its rounding noise? */
async function decibels(x: T, grid: Grid) {
  const onGrid = dequantize(quantize(x, grid, int), grid);
  const noise = onGrid.sub(x).square().mean();
  const ratio = x.square().mean().div(noise);
  return 10 * Math.log10(await toNumber(ratio));
}

const uniform = random.uniform([100_000], -1, 1);
const one = tf.scalar(1);
const digits = train.x.slice([0], [1000]);
const outputs = side(nn.dense(digits, net.w[0], net.b[0]));
const [low, high] = [tf.minimum(outputs.min(), 0), outputs.max()];
const largest = outputs.abs().max();
const signal = chart('decibels', {
  title: 'How far a signal stands above its rounding noise',
  over: 'bits',
  x: { label: 'bits b' },
  y: { label: 'signal over noise (dB)' },
  lines: {
    theory: theory('formula (3)'),
    uniform: { label: 'uniform', as: 'theory', dots: 'only' },
    symmetric: baseline('symmetric'),
    affine: 'affine',
  },
});
for (let bits = 2; bits <= 10; bits++) {
  signal.add({
    bits,
    theory: 20 * Math.log10(2 ** bits - 1),
    uniform: await decibels(uniform, affine(one.neg(), one, bits)),
    affine: await decibels(outputs, affine(low, high, bits)),
    symmetric: await decibels(outputs, symmetric(largest, bits)),
  });
}

const off = signal.rows.map((row) =>
  Math.abs(row.uniform - row.theory),
);
check(
  'largest distance from formula (3), in decibels',
  Math.max(...off),
  {
    below: 0.15,
    because: 'rounding to nearest leaves noise of variance S²/12',
    breaks: { rounding: 'floor' },
  },
);
const four = signal.at(4);
const gain = four.affine - four.symmetric;
check('decibels won by the affine range at 4 bits', gain, {
  near: 20 * Math.log10(15 / 7),
  within: 0.3,
  because: 'after ReLU it spends no code on negative values',
  breaks: { side: 'before ReLU' },
});
