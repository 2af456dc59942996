import * as tf from '@tensorflow/tfjs';
import { adam, images, parameters, random, show } from 'lab';
import { slider, steps, toArray } from 'lab';
import { align, alike, cut, embeddings } from './mechanism';
import { fourLosses } from './mechanism';
import { draw, inputs, test, tests } from './pairs';

const updates = slider('updates', {
  label: 'updates',
  min: 50,
  max: 300,
  value: 100,
  step: 10,
});
const alignment = slider('alignment', {
  label: 'weight of the alignment λ₄',
  min: 0,
  max: 4,
  value: 1,
  step: 0.5,
});
const temperature = slider('temperature', {
  label: 'temperature τ',
  min: 0.03,
  max: 0.5,
  value: 0.1,
  step: 0.01,
});

export const N = 4;
export const D = 32;
export const widths = [4, 8, 16, 32];

// Three trainings side by side, from the same weights, on the same
// pairs: which of the four losses count, and the alignment.
export const modes = ['last', 'mrl', '2d'] as const;
export type Mode = (typeof modes)[number];
const counted = tf.tensor2d([
  [1, 1, 1],
  [0, 1, 1],
  [0, 0, 1],
  [0, 0, 1],
]);
const aligned = tf.tensor1d([0, 0, alignment]);

const places = Array.from({ length: N }, (_, i) => i);
const net = parameters<Record<string, tf.Tensor>>(
  Object.fromEntries(
    places.map((i) => {
      const from = i === 0 ? inputs : D;
      const w = random.normal([1, from, D], 0, 1 / Math.sqrt(from));
      return [`layer ${i + 1}`, w.tile([3, 1, 1])];
    }),
  ),
);
const layersOf = (w: Record<string, tf.Tensor>) =>
  places.map((i) => w[`layer ${i + 1}`]);
const thrice = (x: tf.Tensor) => x.expandDims(0).tile([3, 1, 1]);

const optimiser = adam(net, { rate: 6e-3 });
for await (const _ of steps(updates, 'training all three')) {
  const pairs = thrice(draw(64));
  const n = random.integer(0, N - 1);
  const d = widths[random.integer(0, 3)];
  await optimiser.step((w) => {
    const found = embeddings(pairs, layersOf(w));
    const [last, early] = [found[N - 1], found[n]];
    const four = fourLosses(last, early, d, temperature);
    const pull = align(last, early, 0.3).mul(aligned);
    return four.mul(counted).sum().add(pull.sum());
  });
}

/** Whose partner is the nearest of all, by the first d entries. */
function found(x: tf.Tensor, d: number) {
  const nearest = alike(cut(x, d), tests).argMax(2);
  const own = tf.range(0, tests, 1, 'int32');
  return nearest.equal(own).toFloat().mean(1);
}
const embedded = embeddings(thrice(test), layersOf(net.values()));
const seen = (layer: number) =>
  alike(cut(embedded[layer - 1], 8), 16);
show(
  'alike',
  await images(
    { 'layer 1': seen(1), 'layer 4': seen(4) },
    {
      title: 'The same after training, by eight entries',
      columns: ['last only', 'widths', 'both'],
      range: [-1, 1],
      palette: 'diverging',
    },
  ),
);
const shares = tf.stack(
  embedded.map((x) => tf.stack(widths.map((d) => found(x, d)))),
);
/** The share found, for each layer, width and training: [4, 4, 3]. */
export const grid = await toArray<number[][][]>(shares);
export const [unread] = await toArray<number[]>(
  found(test.expandDims(0), inputs),
);

/** The same by name: layers from 1, widths as they are. */
export const share = (mode: Mode, layer: number, width: number) =>
  grid[layer - 1][widths.indexOf(width)][modes.indexOf(mode)];
