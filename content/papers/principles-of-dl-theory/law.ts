import * as tf from '@tensorflow/tfjs';
import { chart, check, ink, Plot, random, slope } from 'lab';
import { theory, toArray } from 'lab';
import { activation, simulate } from './experiment';
import { exactKurtosis, excessKurtosis, layer } from './mechanism';
import { init, kernels, nus } from './walks';

type T = tf.Tensor;

// Excess kurtosis of one unit over many networks, at each layer.
async function measure(width: number, depth: number, R: number) {
  const path = kernels.slice(0, depth);
  const metrics = simulate(init, path, R, width);
  const found = metrics.map((G) => excessKurtosis(G));
  const values = await toArray(tf.stack(found));
  return values.map((value, l) => ({ l, width, value }));
}
const n8 = await measure(8, 17, 4000);
const n32 = await measure(32, 33, 2000);
const n128 = await measure(128, 17, 1000);

// The same with all their weights: 2,000 networks of 16 units.
let z: T = random.normal([2000, 1, 16]);
const real: T[] = [tf.scalar(0)];
for (const _ of [1, 2, 3, 4]) {
  const square = init.act(z).square().mean(2);
  real.push(excessKurtosis(square.mul(init.cw).add(init.cb)));
  const W = random.normal([2000, 16, 16]);
  z = layer(z, W, random.normal([2000, 1, 16]), init);
}
const values = await toArray(tf.stack(real));
const n16 = values.map((value, l) => ({ l, width: 16, value }));

const all = [n8, n16, n32, n128].flatMap((rows) =>
  rows.filter(({ l }) => [1, 2, 4, 8, 16, 32].includes(l)),
);
const exact = activation === 'ReLU' && init.cb === 0;
const perLayer = (nus[32] - nus[16]) / 16; // ν, formula (7)
const key = ['n = 8', 'n = 16', 'n = 32', 'n = 128'];
const inks = [ink.series[0], ink.series[2], ink.mechanism];
inks.push(ink.series[1]);
const place = { x: 'ratio', y: 'height', text: 'name' };
chart('law', {
  title: 'Excess kurtosis of one unit, by depth over width',
  over: 'ratio',
  x: { type: 'log', label: 'depth / width, (ℓ − 1)/n' },
  y: {
    type: 'log',
    label: 'excess kurtosis',
    domain: [0.01, 1e4],
  },
  also: () =>
    key.map((name, i) =>
      Plot.text([{ name, ratio: 1 / 128, height: 3000 / 5 ** i }], {
        ...place,
        fill: inks[i],
        textAnchor: 'start',
      }),
    ),
  lines: {
    first: { ...theory('first order'), dots: false },
    exact: {
      label: exact ? 'exact' : '',
      as: 'muted',
      dots: false,
    },
    n8: { as: 'series 1', dots: 'only' },
    n16: { as: 'series 3', dots: 'only' },
    n128: { as: 'series 2', dots: 'only' },
    n32: { dots: 'only' },
  },
}).add(
  ...all
    .sort((a, b) => a.l / a.width - b.l / b.width)
    .map(({ l, width, value }) => {
      const of = (n: number) => (width === n ? value : Number.NaN);
      const ratio = l / width;
      const law = exactKurtosis(32, 1 + 32 * ratio);
      const first = 3 * perLayer * ratio;
      const laws = { first, exact: exact ? law : Number.NaN };
      const found = { n8: of(8), n16: of(16), n32: of(32) };
      return { ratio, ...laws, ...found, n128: of(128) };
    }),
);

/** ν: E G²/(E G)² grows by the factor 1 + ν/n each layer. */
function nu(rows: typeof n8) {
  const logs = rows.map(({ value }) => Math.log(1 + value / 3));
  const layers = rows.map(({ l }) => l);
  return rows[0].width * (Math.exp(slope(layers, logs)) - 1);
}
check('ν, the noise that each layer adds', nu(n32.slice(0, 9)), {
  between: [3.6, 6.4],
  because: 'formula (7) gives 5 for ReLU',
  breaks: { activation: 'linear' },
});
const beyond = n8[8].value / ((3 * nus[8]) / 8);
check('kurtosis at depth = width, of its first order', beyond, {
  above: 2,
  because: 'past ℓ/n of about ⅛ higher orders take over',
  breaks: { rescale: true },
});
