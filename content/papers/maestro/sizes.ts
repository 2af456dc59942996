import * as tf from '@tensorflow/tfjs';
import { bound, check, curve, ink, mean, Plot, show } from 'lab';
import { steps, toArray } from 'lab';
import { ranks, trained } from './experiment';
import { rankMask } from './mechanism';
import { digits, evenly, layersOf, logits, r } from './network';
import { numbersKept, numbersOfDense } from './network';

type T = tf.Tensor;

// The dense network’s layers, as the factors of their SVD.
const own = layersOf(trained);
async function withSvd(layer: (typeof own)[0]) {
  const W = layer.right.gather(2).transpose();
  const { left, right } = await evenly(W);
  const two = (x: T) => x.slice([0], [2]);
  return {
    left: tf.concat([two(layer.left), left]),
    right: tf.concat([two(layer.right), right]),
  };
}
const layers = [await withSvd(own[0]), await withSvd(own[1])];
const { x, y } = digits.test;
const many = x.expandDims(0).tile([3, 1, 1]);

/** Accuracy of the three networks, cut to these ranks. */
async function accuracy(kept: number[][]) {
  const masks = kept.map((all) =>
    rankMask(tf.tensor1d(all), r).expandDims(1),
  );
  const z = logits(many, layers, trained.head, masks);
  const right = z.argMax(-1).equal(y).toFloat().mean(1);
  return toArray<number[]>(right);
}

/** All three are cut to the same part of the ranks LoD found. */
const cutTo = (part: number) =>
  ranks.map((all) => {
    const kept = Math.ceil(part * all[0]);
    return all.map((most) => Math.min(kept, most));
  });

type Point = { size: number; right: number };
const lines: Point[][] = [[], [], []];
const whole = await accuracy([
  [r, r, r],
  [r, r, r],
]);
const at = { x: 'size', y: 'right' };
// Where the lines end they lie on one another: names stand earlier.
const named = (
  line: Point[],
  name: string,
  fill: string,
  place: object,
) =>
  Plot.text(
    line.slice(2, 3).map((p) => ({ ...p, name })),
    { ...at, text: 'name', fill, ...place },
  );
function figure() {
  const [lod, alone, dense] = lines;
  return Plot.plot({
    title: 'Accuracy after a cut, without training again',
    x: {
      type: 'log',
      percent: true,
      label: 'parameters kept, dense layers = 100 %',
    },
    y: {
      label: 'test accuracy',
      percent: true,
      domain: [0, 100],
    },
    marks: [
      bound({ y: whole[2], label: 'dense, whole' }),
      curve(dense, {
        ...at,
        ink: ink.baseline,
        label: 'dense, SVD',
      }),
      curve(alone, { ...at, ink: ink.broken }),
      named(alone, 'lasso alone', ink.broken, {
        textAnchor: 'start',
        dx: 8,
        dy: 8,
      }),
      curve(lod, at),
      named(lod, 'this paper', ink.mechanism, {
        textAnchor: 'end',
        dx: -8,
        dy: -8,
      }),
    ],
  });
}
const parts = [0.25, 0.375, 0.5, 0.625, 0.75, 1, 1.25, 1.5, 2, 3];
const found = new Map<number, number[]>();
for await (const part of steps(parts, 'cutting')) {
  const kept = cutTo(part);
  const right = await accuracy(kept);
  found.set(part, right);
  // Beyond its own ranks a network has nothing to add.
  const most = [1, 1.25, 3];
  for (const k of [0, 1, 2]) {
    if (part > most[k]) continue;
    const size = numbersKept(kept[0][k], kept[1][k]);
    lines[k].push({ size: size / numbersOfDense, right: right[k] });
  }
  show('sizes', figure());
}

/** Mean lead of this paper’s network over another, in cuts. */
const lead = (k: number) =>
  mean(
    [0.375, 0.5, 0.625, 0.75].map((part) => {
      const right = found.get(part)!;
      return right[0] - right[k];
    }),
  );
check('accuracy won over the SVD of the dense one, cut', lead(2), {
  above: 0.03,
  because: 'an SVD knows the weights, drawn prefixes the task',
  breaks: { drawn: 'none' },
});
check('accuracy won over the lasso alone, cut', lead(1), {
  above: 0.07,
  because: 'formula (5) trains prefixes to stand alone',
  breaks: { drawn: 'none' },
});
