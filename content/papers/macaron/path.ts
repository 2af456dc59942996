import * as tf from '@tensorflow/tfjs';
import { ink, Plot, show, slider, toArray, toNumber } from 'lab';
import { macaron, middle, outer } from './experiment';
import { distance, flowEuler, flowFourth } from './mechanism';
import { type Force, lieStep } from './mechanism';
import { attention, both, exact, ffn, start } from './systems';

type T = tf.Tensor;

const layers = slider('layers', {
  label: 'layers L of the networks drawn',
  min: 2,
  max: 16,
  step: 1,
  value: 3,
});
const stepSize = tf.scalar(1 / layers);

/** The first system in its first two coordinates: [n][2]. */
const plane = (x: T) =>
  toArray<number[][]>(x.gather(0).slice([0, 0], [-1, 2]));

// All sub-steps of a network as it is built, by the force.
async function trace(layer: typeof macaron, name: string) {
  const moves: { from: T; to: T; force: Force }[] = [];
  const record = (force: Force, from: T, tau: T) => {
    const to = flowEuler(force, from, tau);
    moves.push({ from, to, force });
    return to;
  };
  let x = start;
  for (let k = 0; k < layers; k++) {
    x = layer(record, middle, outer, x, stepSize);
  }
  const gone = distance(x, exact.squeeze([0])).gather(0);
  const panel = `${name}, off by ${(await toNumber(gone)).toFixed(2)}`;
  const links = [];
  for (const { from, to, force } of moves) {
    const ends = await plane(to);
    for (const [i, [x1, y1]] of (await plane(from)).entries()) {
      const [x2, y2] = ends[i];
      links.push({ panel, x1, y1, x2, y2, force });
    }
  }
  return { panel, links };
}
const networks = [
  await trace(lieStep, 'Transformer'),
  await trace(macaron, 'Macaron'),
];
const panels = networks.map(({ panel }) => panel);
const links = networks.flatMap(({ links }) => links);
const by = (wanted: Force) =>
  links
    .filter(({ force }) => force === wanted)
    .map(({ force, ...link }) => link);

// The path of the equation, in both panels.
const path: { panel: string; i: number; x: number; y: number }[] =
  [];
let now = start;
for (let k = 0; k <= 24; k++) {
  for (const [i, [x, y]] of (await plane(now)).entries()) {
    for (const panel of panels) path.push({ panel, i, x, y });
  }
  now = flowFourth(both, now, tf.scalar(1 / 24));
}
const [first, final] = [path.slice(0, 16), path.slice(-16)];

const place = { fx: 'panel', x: 'x', y: 'y' };
const move = {
  fx: 'panel',
  x1: 'x1',
  y1: 'y1',
  x2: 'x2',
  y2: 'y2',
};
const warm = { stroke: ink.series[1], strokeWidth: 3 };
const cool = { stroke: ink.series[0], strokeWidth: 1.5 };
show(
  'path',
  Plot.plot({
    title: 'One force, then the other, along the path of both',
    width: 420,
    height: 330,
    x: { label: 'first coordinate' },
    y: { label: 'second coordinate' },
    fx: { label: null, domain: panels },
    marks: [
      Plot.line(path, { ...place, z: 'i', stroke: ink.theory }),
      Plot.link(by(attention), { ...move, ...warm }),
      Plot.link(by(ffn), { ...move, ...cool }),
      Plot.dot(first, { ...place, r: 2, fill: ink.theory }),
      Plot.dot(final, { ...place, r: 4, stroke: ink.theory }),
    ],
  }),
);
