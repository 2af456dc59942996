import type * as tf from '@tensorflow/tfjs';
import { broken, chart, check, parameters, steps } from 'lab';
import { theory, toArray, toNumber } from 'lab';
import { cycle } from './experiment';
import { circular } from './mechanism';
import { cycleWith, starts } from './models';
import { exact, matrixOf, n, trainer } from './task';

// The same start and the same pairs on a circle.
const around = cycleWith(circular);
const net = parameters(starts[cycle.J - 1].cycle);
const learn = trainer(net, around, 120);
for await (const round of steps(120, 'circular padding')) {
  await learn(round);
}
const matrix = matrixOf((source) => around(net.values(), source));

// A source beside the left end.
const answer = (matrix: tf.Tensor2D) =>
  toArray(matrix.slice([1], [1]).reshape([n]));
const truth = await answer(exact);
const zeros = await answer(cycle.matrix);
const circle = await answer(matrix);
const rows = truth.map((exact, i) => {
  const x = (i + 1) / (n + 1);
  return { x, circle: circle[i], zeros: zeros[i], exact };
});
chart('ends', {
  title: 'On a circle, a source at the left is felt at the right',
  over: 'x',
  x: {
    label: 'x',
    ticks: [0, 0.2, 0.4, 0.6, 0.8],
    domain: [0, 1],
  },
  y: { label: 'solution u' },
  lines: {
    circle: broken('circular'),
    zeros: 'zeros',
    exact: theory('exact'),
  },
}).add(...rows);

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
