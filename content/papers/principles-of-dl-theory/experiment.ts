import * as tf from '@tensorflow/tfjs';
import { check, curve, ink, Plot, random, select, show } from 'lab';
import { slider, slope, toArray, toggle } from 'lab';
import { acts, criticalCw, free, type Init } from './mechanism';
import { kernelFlow, metricStep, rescaled } from './mechanism';

type T = tf.Tensor;

export const activation = select('activation', {
  label: 'activation σ',
  options: ['ReLU', 'linear', 'tanh', 'sin'],
});
export const gain = slider('gain', {
  label: 'C_W, of its critical value',
  min: 0.3,
  max: 1.7,
  value: 1,
  step: 0.05,
});
export const cb = slider('cb', {
  label: 'bias variance C_b',
  min: 0,
  max: 0.5,
  value: 0,
  step: 0.05,
});
const rescale = toggle('rescale', {
  label: 'rescale every network to K, layer by layer',
});
const pass = rescale ? rescaled : free;
export const act = acts[activation];
export const cw = gain * criticalCw(act);

/** G of R networks, layer by layer, by formula (6). */
export function simulate(
  init: Init,
  kernels: T[],
  networks: number,
  width: number,
) {
  const shape = [kernels[0].shape[0]!, networks, width];
  const metrics: T[] = [kernels[0].tile([1, networks, 1])];
  for (const kernel of kernels.slice(1)) {
    const g = random.normal(shape);
    const next = metricStep(metrics.at(-1)!, g, init);
    metrics.push(pass(next, kernel));
  }
  return metrics;
}

// Five inits at once, 60 networks of each, 128 units a layer.
const gains = [0.5, 0.75, gain, 1.25, 1.5];
const column = tf.tensor3d(gains, [5, 1, 1]);
const five = { act, cb, cw: column.mul(criticalCw(act)) };
const kernels = kernelFlow(tf.ones([5, 1, 1]), five, 40);
const metrics = simulate(five, kernels, 60, 128);
const means = metrics.map((metric) => metric.mean([1, 2]));
const nets = await toArray<number[][]>(tf.stack(means));
const flat = kernels.map((kernel) => kernel.flatten());
const laws = await toArray<number[][]>(tf.stack(flat));

const layers = kernels.map((_, i) => i + 1);
const marks = gains.map((times, i) => {
  const own = i === 2 ? ink.mechanism : ink.baseline;
  const rows = layers.map((layer, l) => ({
    layer,
    net: nets[l][i],
    law: laws[l][i],
  }));
  const third = rows.filter(({ layer }) => layer % 3 === 1);
  const at = { x: 'layer', ink: own };
  const label = `× ${times}`;
  return [
    curve(rows, { ...at, y: 'law', ink: ink.theory, dashed: true }),
    curve(third, { ...at, y: 'net', label, dots: 'only' }),
  ];
});
show(
  'flow',
  Plot.plot({
    title: `A signal in 40 layers of ${activation}, by C_W as a multiple of its critical value`,
    x: { label: 'layer ℓ' },
    y: {
      type: 'log',
      label: 'mean square of preactivations',
      domain: [1e-12, 1e7],
      ticks: [1e-10, 1e-5, 1, 1e5],
    },
    marks,
  }),
);

const own = nets.map((row) => Math.log(row[2]));
const growth = slope(layers.slice(4, 30), own.slice(4, 30));
check('growth of log K with each layer', growth, {
  near: 0,
  within: 0.05,
  because: 'formula (5): critical ReLU layers keep K as it is',
  breaks: { gain: 0.75 },
});
