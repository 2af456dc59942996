import type * as tf from '@tensorflow/tfjs';
import {
  check,
  curve,
  ink,
  Plot,
  parameters,
  show,
  steps,
  toArray,
  toNumber,
} from 'lab';
import { cycle } from './experiment';
import { circular } from './mechanism';
import { cycleWith, starts } from './models';
import { errorOf, exact, matrixOf, n, trainer } from './task';

// The same start and the same pairs on a circle.
const around = cycleWith(circular);
const net = parameters(starts[cycle.J - 1].cycle);
const learn = trainer(net, around, 120);
for await (const round of steps(120, 'circular padding')) {
  await learn(round);
}
const matrix = matrixOf((source) => around(net.values(), source));

// A source beside the left end.
async function answer(matrix: tf.Tensor2D) {
  const row = await toArray(matrix.slice([1], [1]).reshape([n]));
  return row.map((u, i) => ({ x: (i + 1) / (n + 1), u }));
}
const at = { x: 'x', y: 'u', dots: false };
const broken = { ink: ink.broken, label: 'circular' };
const theory = { ink: ink.theory, dashed: true, label: 'exact' };
show(
  'ends',
  Plot.plot({
    title: 'On a circle, a source at the left is felt at the right',
    x: {
      label: 'x',
      ticks: [0, 0.2, 0.4, 0.6, 0.8],
      domain: [0, 1],
    },
    y: { label: 'solution u' },
    marks: [
      curve(await answer(matrix), { ...at, ...broken }),
      curve(await answer(cycle.matrix), { ...at, label: 'zeros' }),
      curve(await answer(exact), { ...at, ...theory }),
    ],
  }),
);

// Wrong by how much from the four points of one end to the other?
function leak(matrix: tf.Tensor2D) {
  const wrong = matrix.sub(exact).abs();
  const there = wrong.slice([0, n - 4], [4, 4]).mean();
  const back = wrong.slice([n - 4, 0], [4, 4]).mean();
  return toNumber(there.add(back).div(2));
}
const leaks = (await leak(matrix)) / (await leak(cycle.matrix));
check('leak from end to end, circular over zeros', leaks, {
  above: 4,
  because: 'on a circle the ends are neighbours, on every grid',
  breaks: { padding: 'circular' },
});
const times = (await errorOf(matrix)) / cycle.error;
show(
  'overall',
  `On a circle, ${times.toFixed(1)} times the error of zeros.`,
);
