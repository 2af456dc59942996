import * as tf from '@tensorflow/tfjs';
import { ink, Plot, show, toArray } from 'lab';
import { act, activation, cb, cw, simulate } from './experiment';
import { kernelFlow, vertexFlow } from './mechanism';

// The same architecture drawn 200 times, at three widths.
const [depth, networks, drawn] = [33, 200, 10];
export const init = { act, cb, cw };
export const kernels = kernelFlow(tf.ones([1, 1, 1]), init, depth);
const kernel = tf.stack(kernels).flatten();
const vertex = vertexFlow(kernel, init);
export const K = await toArray(kernel);
/** V/K², the variance of G/K times the width: a row a layer. */
export const nus = await toArray(vertex.div(kernel.square()));

async function draw(width: number) {
  const metrics = simulate(init, kernels, networks, width);
  const G = tf.stack(metrics).reshape([depth, networks]);
  return { width, nets: await toArray<number[][]>(G) };
}
export const all = [
  await draw(16),
  await draw(64),
  await draw(256),
];

const rows = all.flatMap(({ width, nets }) =>
  K.map((K, l) => {
    const two = Math.exp(2 * Math.sqrt(nus[l] / width));
    const place = { n: `n = ${width}`, layer: l + 1 };
    const band = { K, low: K / two, high: K * two };
    return { ...place, ...band, nets: nets[l].slice(0, drawn) };
  }),
);
const paths = rows.flatMap(({ n, layer, nets }) =>
  nets.map((G, net) => ({ n, layer, G, net })),
);
const at = { x: 'layer', fx: 'n' };
const dashed = { stroke: ink.theory, strokeDasharray: '4 3' };
show(
  'walks',
  Plot.plot({
    title: `One ${activation} architecture, initialised ${drawn} times, at three widths n`,
    x: { label: 'layer ℓ', ticks: [10, 20, 30] },
    fx: { label: null, domain: ['n = 16', 'n = 64', 'n = 256'] },
    y: {
      type: 'log',
      label: 'mean square of preactivations',
      domain: [1e-4, 1e3],
      ticks: [0.01, 1, 100],
    },
    marks: [
      Plot.line(paths, {
        ...at,
        y: 'G',
        z: 'net',
        stroke: ink.mechanism,
        strokeWidth: 1,
        strokeOpacity: 0.6,
        clip: true,
      }),
      ...['low', 'K', 'high'].map((y) =>
        Plot.line(rows, { ...at, y, ...dashed, clip: true }),
      ),
    ],
  }),
);
