import * as tf from '@tensorflow/tfjs';
import { bound, check, ink, Plot, parameters, random } from 'lab';
import { select, sgd, show, slider, steps, toArray } from 'lab';
import { classMeans, gradients, labelsOf } from './mechanism';
import { start } from './mechanism';
import { lengths, threshold } from './theory';

const minorityDecay = slider('minorityDecay', {
  label: 'weight decay λ, dashed in the figure',
  min: 0.01,
  max: 0.1,
  value: 0.05,
  step: 0.001,
});
const headDepth = select('headDepth', {
  label: 'linear layers M',
  options: [1, 2, 3],
});

// One problem for each λ, all from the same start.
const sizes = [24, 10, 6, 2];
const labels = labelsOf(sizes);
const grid = Array.from({ length: 14 }, (_, i) => 0.004 * 1.3 ** i);
const decays = [minorityDecay, ...grid];
const decay = tf.tensor(decays, [15, 1, 1]);
const each = (shape: number[]) =>
  tf.tile(random.normal([1, ...shape], 0, 0.3), [15, 1, 1]);
const net = parameters(start(each, [16, 4, 42, headDepth]));
const optimiser = sgd(net, { rate: 0.3, momentum: 0.9 });
for await (const _ of steps(400, 'a training for each λ')) {
  const slopes = gradients(
    net.values(),
    labels,
    decay,
    tf.scalar(0),
  );
  optimiser.apply(slopes);
}

const norms = net
  .values()
  .features.unstack()
  .map((H) => classMeans(H, labels).norm('euclidean', 1));
const measured = await toArray<number[][]>(tf.stack(norms));
const [chosen, ...swept] = measured;

const dots = grid.flatMap((decay, i) =>
  sizes.map((n, k) => ({ decay, n, mean: swept[i][k] })),
);
const between = Array.from({ length: 121 }, (_, i) => 0.3 * i);
const lines = sizes.flatMap((size) =>
  between.map((i) => {
    const decay = 0.004 * 1.1 ** i;
    const theory = lengths(size, 42, headDepth, decay);
    return { ...theory, decay, name: `n = ${size}` };
  }),
);
const names = lines.filter(({ decay }) => decay === 0.004);
const at = { x: 'decay', y: 'mean' };
const dashed = { stroke: ink.theory, strokeDasharray: '4 3' };
const before = { textAnchor: 'end', dx: -6 };
show(
  'minority',
  Plot.plot({
    title:
      'Under stronger decay the classes vanish, smallest first',
    x: {
      type: 'log',
      label: 'weight decay λ',
      domain: [0.002, 0.15],
    },
    y: { label: 'length of the class mean', domain: [0, 0.85] },
    marks: [
      bound({ x: minorityDecay, label: `λ = ${minorityDecay}` }),
      Plot.line(lines, { ...at, z: 'name', ...dashed }),
      Plot.dot(dots, { ...at, fill: ink.mechanism, r: 3 }),
      Plot.text(names, { ...at, text: 'name', ...before }),
    ],
  }),
);

const reason = (n: number) => {
  const edge = threshold(n, 42, headDepth).toFixed(3);
  return `(6): it vanishes from ${edge} on; λ = ${minorityDecay}`;
};
check('length of the mean of the class of two', chosen[3], {
  below: 0.001,
  because: reason(2),
  breaks: { minorityDecay: 0.03 },
});
check('length of the mean of the class of six', chosen[2], {
  above: 0.15,
  because: reason(6),
  breaks: { minorityDecay: 0.065 },
});
