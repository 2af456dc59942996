import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, images, parameters } from 'lab';
import { show, slider, steps, toNumber, variant } from 'lab';
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
const errors = chart('error', {
  title: 'Error of what was learned, by the number of grids',
  over: 'J',
  x: {
    label: 'grids J, or as many numbers',
    ticks: [1, 2, 3, 4, 5],
    tickFormat: 'd',
  },
  y: { type: 'log', label: 'relative error', domain: [0.02, 1] },
  lines: { chain: baseline('convolutions'), cycle: 'V-cycle' },
});
const depths = [...new Set([1, 2, 3, levels])];
for (const J of depths.filter((J) => J <= levels)) {
  const start = starts[J - 1];
  const fit = await trained(J, start.cycle, cycleWith(padding));
  const other = await trained(J, start.chain, chained);
  cycles.push(fit);
  chains.push(other);
  show('operators', await operators());
  errors.add({ J, chain: other.error, cycle: fit.error });
}
export const cycle = cycles.at(-1)!;
export const plain = chains.at(-1)!;

async function operators() {
  const all = (fits: Fit[]) =>
    tf.stack([...fits.map((each) => each.matrix), exact]);
  const rows = {
    'V-cycle on J grids': all(cycles),
    'one grid, same size': all(chains),
  };
  const names = cycles.map(({ J }) => `J = ${J}`);
  return images(rows, {
    title:
      'Where a source is felt: learned operators and the exact',
    columns: [...names, 'exact'],
    range: [0, await toNumber(exact.max())],
    inks: {
      'V-cycle on J grids': 'mechanism',
      'one grid, same size': 'baseline',
    },
  });
}

check('relative error of the deepest V-cycle', cycle.error, {
  below: 0.12,
  because: 'five grids reach from every point to every other',
  breaks: { levels: 2 },
});
const without = plain.error / cycle.error;
check(
  'error of one-grid convolutions over the V-cycle’s',
  without,
  {
    above: 4,
    because: 'fine convolutions pay for distance point by point',
    breaks: { levels: 2 },
  },
);
const two = (cycles[1] ?? cycle).error / cycle.error;
check('error of two grids over that of all grids', two, {
  above: 4,
  because: 'each grid carries waves twice as long as the last',
  breaks: { levels: 2 },
});
