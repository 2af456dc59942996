import * as tf from '@tensorflow/tfjs';
import { check, ink, mean, Plot, select, show } from 'lab';
import { toArray, toNumber } from 'lab';
import { optionsOf, rewards, slots } from './space';

const from = select('from', {
  label: 'seen from',
  options: ['the best', 'the middle'],
});

const all = Array.from({ length: 1296 }, (_, i) => i);
const R = await toArray<number[]>(rewards);
const order = all.toSorted((a, b) => R[b] - R[a]);
const centre = order[from === 'the best' ? 0 : 648];
const own = optionsOf(centre);
/** In how many classes does i differ from the centre? */
const distance = all.map((i) => {
  const there = optionsOf(i);
  const differ = slots.filter((_, k) => own[k] !== there[k]);
  return new Set(differ.map((slot) => slot.of)).size;
});
const rings = [0, 1, 2, 3, 4, 5];
const line = rings.map((k) => {
  const ring = all.filter((i) => distance[i] === k);
  return { k, accuracy: mean(ring.map((i) => R[i])) };
});
const dots = all
  .filter((i) => distance[i] < 2 || i % 2 === 0)
  .map((i, place) => ({
    k: distance[i] && distance[i] - 0.3 + ((0.618 * place) % 0.6),
    accuracy: R[i],
  }));
const at = { x: 'k', y: 'accuracy' };
show(
  'view',
  Plot.plot({
    title: `Architectures and their mean, seen from ${from}`,
    height: 340,
    x: { label: 'classes that differ', ticks: rings },
    y: { label: 'validation accuracy', percent: true },
    marks: [
      Plot.dot(dots, { ...at, r: 1.6, fill: ink.baseline }),
      Plot.line(line, { ...at, stroke: ink.mechanism }),
      Plot.dot(line, { ...at, r: 5, fill: ink.mechanism }),
    ],
  }),
);

// Does it hold everywhere? |ΔR| between all that differ in one
// class, which is one axis here, and between any two.
const sizes = [2, 9, 9, 2, 4];
const gaps = (r: tf.Tensor) =>
  r.expandDims(-1).sub(r.expandDims(-2)).abs().sum();
const near = sizes.map((size, axis) => {
  const others = [0, 1, 2, 3, 4].filter((other) => other !== axis);
  const rows = rewards.reshape(sizes).transpose([...others, axis]);
  return gaps(rows.reshape([-1, size]));
});
const pairs = sizes.reduce((sum, size) => sum + size - 1, 0);
const ratio = tf.addN(near).div(pairs).div(gaps(rewards).div(1295));
check(
  'gap between neighbours, over that of any two',
  await toNumber(ratio),
  {
    below: 0.78,
    because: 'one class changed leaves most of what works',
    breaks: { table: 'shuffled' },
  },
);
