import * as tf from '@tensorflow/tfjs';
import { check, curve, ink, Plot, show, toArray } from 'lab';
import { cb, gain, simulate } from './experiment';
import { acts, criticalCw, kernelFlow } from './mechanism';

// Four activations, each at its own critical C_W: 60 networks.
const [depth, networks, width] = [32, 60, 128];
const names = Object.keys(acts) as (keyof typeof acts)[];
const drawn = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32];
async function measure(name: keyof typeof acts) {
  const act = acts[name];
  const init = { act, cb, cw: gain * criticalCw(act) };
  const kernels = kernelFlow(tf.ones([1, 1, 1]), init, depth);
  const metrics = simulate(init, kernels, networks, width);
  const means = metrics.map((metric) => metric.mean());
  const nets = await toArray(tf.stack(means));
  const laws = await toArray(tf.stack(kernels).flatten());
  return laws.map((law, l) => ({
    layer: l + 1,
    law,
    net: nets[l],
  }));
}
const flows = [];
for (const name of names) flows.push(await measure(name));

const inks = [ink.mechanism, ...ink.series];
const dots = 'only' as const;
show(
  'classes',
  Plot.plot({
    title: 'Four activations, two kinds of flow',
    x: { type: 'log', label: 'layer ℓ' },
    y: { type: 'log', label: 'mean square of preactivations' },
    marks: flows.map((rows, i) => {
      const some = rows.filter(({ layer }) =>
        drawn.includes(layer),
      );
      const at = { x: 'layer', ink: inks[i] };
      const law = {
        ...at,
        y: 'law',
        ink: ink.theory,
        dashed: true,
      };
      return [
        curve(rows, law),
        curve(some, { ...at, y: 'net', label: names[i], dots }),
      ];
    }),
  }),
);

const { net } = flows[names.indexOf('tanh')].at(-1)!;
check('2ℓ times K of tanh, in layer 32', 2 * depth * net, {
  between: [0.75, 1.3],
  because: 'at criticality K of tanh falls as 1/(2ℓ), formula (5)',
  breaks: { gain: 1.1 },
});
