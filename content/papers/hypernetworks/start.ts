import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, random, slope } from 'lab';
import { theory, toArray, variant } from 'lab';
import { heNaive, hyperFan } from './mechanism';

type T = tf.Tensor;

const scaling = variant(
  'scaling',
  { 'hyperfan-in': hyperFan, 'of the hypernet alone': heNaive },
  { label: 'scale of V' },
);

// 48 conditions of length √8 through one ReLU layer of 32 units.
const raw = random.normal([48, 8]);
const unit = raw.div(raw.square().mean(1, true).sqrt());
const h = tf.relu(tf.matMul(unit, random.normal([8, 32], 0, 0.5)));

/** log₁₀ of the mean square after each of four written layers. */
async function signals(variance: typeof hyperFan, m: number) {
  const std = variance(h, m).sqrt();
  let x: T = random.normal([48, m, 1]);
  const size = (x: T) =>
    x.square().mean([1, 2]).log().mean().div(Math.LN10);
  const sizes = [size(x)];
  for (let layer = 0; layer < 4; layer++) {
    const V = random.normal([32, m * m]).mul(std);
    const weights = tf.matMul(h, V).reshape([48, m, m]);
    x = tf.relu(tf.matMul(weights, x));
    sizes.push(size(x));
  }
  return toArray<number[]>(tf.stack(sizes));
}
const m = 32;
const naive = await signals(heNaive, m);
const ours = await signals(scaling, m);
const layers = ours.map((_, i) => i);
chart('layers', {
  title:
    'Size of the signal in a network whose weights are written',
  over: 'layer',
  x: { label: 'layers passed', ticks: layers },
  y: { label: 'mean square, power of ten' },
  lines: {
    law: { ...theory(`${m} times a layer`), dots: false },
    naive: baseline('scaled for the hypernet alone'),
    ours: 'scaled for both networks',
  },
}).add(
  ...layers.map((layer) => ({
    layer,
    naive: naive[layer],
    ours: ours[layer],
    law: layer * Math.log10(m),
  })),
);
check(
  'powers of ten that a written layer grows by',
  Math.abs(slope(layers, ours)),
  {
    below: 0.25,
    because: 'formula (8) counts the fan-in of the target',
    breaks: { scaling: 'of the hypernet alone' },
  },
);
