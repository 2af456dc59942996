import * as tf from '@tensorflow/tfjs';
import {
  check,
  curve,
  images,
  ink,
  Plot,
  parameters,
  show,
  slider,
  steps,
  toNumber,
  variant,
} from 'lab';
import { circular, zero } from './mechanism';
import { chained, cycleWith, starts } from './models';
import { type Apply, errorOf, exact, type Kernels } from './task';
import { matrixOf, trainer } from './task';

const levels = slider('levels', {
  label: 'grids J, at most',
  min: 1,
  max: 5,
  value: 5,
  step: 1,
});
const padding = variant('padding', { zero, circular });

async function trained(J: number, start: Kernels, apply: Apply) {
  const net = parameters(start);
  const learn = trainer(net, apply, 120);
  const rounds = steps(120, `training, J = ${J}`);
  for await (const round of rounds) await learn(round);
  const matrix = matrixOf((source) => apply(net.values(), source));
  return { J, net, matrix, error: await errorOf(matrix) };
}
type Fit = Awaited<ReturnType<typeof trained>>;

const cycles: Fit[] = [];
const chains: Fit[] = [];
const depths = [...new Set([1, 2, 3, levels])];
for (const J of depths.filter((J) => J <= levels)) {
  const start = starts[J - 1];
  cycles.push(await trained(J, start.cycle, cycleWith(padding)));
  chains.push(await trained(J, start.chain, chained));
  show('operators', await operators());
  show('error', errors());
}
export const cycle = cycles.at(-1)!;
export const plain = chains.at(-1)!;

async function operators() {
  const all = (fits: Fit[]) =>
    tf.stack([...fits.map((each) => each.matrix), exact]);
  const rows = {
    'V-cycle': all(cycles),
    'convolutions only': all(chains),
  };
  const names = cycles.map(({ J }) =>
    J === 1 ? '1 grid' : `${J} grids`,
  );
  return images(rows, {
    title: 'Grid by grid, the learned operator fills the square',
    columns: [...names, 'exact'],
    range: [0, await toNumber(exact.max())],
    inks: {
      'V-cycle': 'mechanism',
      'convolutions only': 'baseline',
    },
  });
}

function errors() {
  const rows = (fits: Fit[]) =>
    fits.map(({ J, error }) => ({ J, error }));
  const at = { x: 'J', y: 'error' };
  const baseline = { ink: ink.baseline, label: 'convolutions' };
  const ticks = [1, 2, 3, 4, 5];
  return Plot.plot({
    title: 'Every further grid divides the error',
    x: {
      label: 'grids J, or as many numbers',
      ticks,
      tickFormat: 'd',
    },
    y: { type: 'log', label: 'relative error', domain: [0.02, 1] },
    marks: [
      curve(rows(chains), { ...at, ...baseline }),
      curve(rows(cycles), { ...at, label: 'V-cycle' }),
    ],
  });
}

check('relative error of the deepest V-cycle', cycle.error, {
  below: 0.12,
  because: 'five grids reach from every point to every other',
  breaks: { levels: 2 },
});
const without = plain.error / cycle.error;
check('error of as many numbers on one grid, times', without, {
  above: 4,
  because: 'fine convolutions pay for distance point by point',
  breaks: { levels: 2 },
});
const two = (cycles[1] ?? cycle).error / cycle.error;
check('error of two grids, times that of all', two, {
  above: 4,
  because: 'each grid carries waves twice as long as the last',
  breaks: { levels: 2 },
});
