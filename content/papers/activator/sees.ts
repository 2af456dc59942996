import * as tf from '@tensorflow/tfjs';
import { check, images, ink, Plot, show } from 'lab';
import { toArray, toNumber } from 'lab';
import { testPatches } from './digits';
import { net } from './experiment';
import { interaction } from './mechanism';
import { logits, ours, outputs, plain, ViT } from './networks';

type T = tf.Tensor;

const w = net.values();
const three = [plain, ViT, ours];
const x = testPatches.slice(0, 50);
const y = testPatches.slice(50, 50);

// Put patch j of y into x. By how much does the output at place i
// move? Each network's largest is 1: [16, 16], i down, j across.
const few = 20;
const from = x.slice(0, few);
const there = tf.eye(16).reshape([16, 1, 16, 1]);
const swapped = from.add(y.slice(0, few).sub(from).mul(there));
function sight(k: number) {
  const before = outputs(k, from, w);
  const after = outputs(k, swapped.reshape([-1, 16, 16]), w);
  const moved = after.reshape([16, few, 16, -1]).sub(before);
  const size = moved.square().sum(3).mean(1).sqrt();
  return size.div(size.max()).transpose();
}
show(
  'sight',
  await images(
    { '': tf.stack(three.map(sight)) },
    {
      title:
        'What changes at place i (down) when patch j (across) does',
      columns: ['plain MLP', 'ViT block', 'Activator'],
      range: [0, 0.6],
    },
  ),
);

// The score of a digit, told from three other pictures: Δ apart.
const scores = logits(x, w);
const delta = tf.stack(
  three.map((k) =>
    interaction((glued: T) => logits(glued, w).gather(k), x, y),
  ),
);
const numbers = (x: T, k: number) =>
  toArray(x.gather(k).slice(0, 12).flatten());
const dots: { block: string; score: number; told: number }[] = [];
for (const [k, block] of [
  [ViT, 'ViT block'],
  [ours, 'Activator'],
] as const) {
  const told = await numbers(scores.sub(delta), k);
  const found = await numbers(scores, k);
  dots.push(
    ...found.map((score, i) => ({ block, score, told: told[i] })),
  );
}
const ends = dots.flatMap(({ score, told }) => [score, told]);
const [least, most] = [Math.min(...ends), Math.max(...ends)];
const line = [{ least, most }];
const place = { fx: 'block', x: 'told', y: 'score', r: 2 };
const of = (name: string) =>
  dots.filter(({ block }) => block === name);
show(
  'told',
  Plot.plot({
    title:
      'Scores of a digit, predicted from pictures glued from halves',
    x: { label: 'f(A, B′) + f(A′, B) − f(A′, B′)', ticks: 4 },
    y: { label: 'score f(A, B)' },
    fx: { label: null, domain: ['ViT block', 'Activator'] },
    marks: [
      Plot.link(line, {
        x1: 'least',
        y1: 'least',
        x2: 'most',
        y2: 'most',
        stroke: ink.theory,
        strokeDasharray: '4 3',
      }),
      Plot.dot(of('ViT block'), { ...place, fill: ink.baseline }),
      Plot.dot(of('Activator'), { ...place, fill: ink.mechanism }),
    ],
  }),
);

const largest = scores.gather(ours).abs().max();
const apart = delta.gather(ours).abs().max(1);
const interact = apart.greater(largest.mul(0.01)).sum();
const pairs = await toNumber(interact);
check('pairs of digits, of 50, whose halves interact', pairs, {
  below: 1,
  because: 'formula (5): a mean over patches, each taken alone',
  breaks: { block: 'attention, then gate' },
});
