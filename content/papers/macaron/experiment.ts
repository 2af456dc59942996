import type * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, median, select, show } from 'lab';
import { slope, steps, theory, toArray, variant } from 'lab';
import { distance, firstStep, type Flow } from './mechanism';
import { flowEuler, flowFourth, flowMidpoint } from './mechanism';
import { lieStep, type Layer, networks } from './mechanism';
import { strangStep, wholeStep } from './mechanism';
import { attention, exact, ffn, start } from './systems';

type T = tf.Tensor;

const around = {
  '½ + ½': strangStep,
  '1 + 1': wholeStep,
  '1 + 0': firstStep,
};
const weight = { label: 'FFN before + after the attention' };
export const macaron = variant('halves', around, weight);
const flows = {
  'fourth order': flowFourth,
  midpoint: flowMidpoint,
  Euler: flowEuler,
};
const solver = {
  label: 'sub-steps solved by',
};
export const flow = variant('flow', flows, solver);
const inside = select('inside', {
  label: 'in the middle',
  options: ['attention', 'FFN'],
});
const swapped = inside === 'FFN';
export const middle = swapped ? ffn : attention;
export const outer = swapped ? attention : ffn;

interface Row {
  panel: string;
  layers: number;
  lie: number;
  strang: number;
  first: number;
  second: number;
}
// The title says what a reader sees, whatever is chosen.
function title(rows: readonly Row[]) {
  const { lie, strang } = rows.at(-1)!;
  return strang < lie / 20
    ? 'The macaron errs less; solved exactly, it also falls faster'
    : 'How far from the equation a network ends';
}
const none: Row[] = [];
const line = { fx: 'panel' };
const guide = { fx: 'panel', dots: false };
const x = {
  type: 'log',
  label: 'layers L',
  domain: [3, 86],
  ticks: [4, 16, 64],
  tickFormat: 'd',
} as const;
const errors = chart(
  'errors',
  {
    title,
    over: 'layers',
    x,
    y: { type: 'log', label: 'distance from the equation' },
    fx: { label: null },
    lines: {
      first: { ...theory('1/L'), ...guide },
      second: { ...theory('1/L²'), ...guide },
      lie: { ...baseline('Transformer'), ...line },
      strang: { label: 'Macaron', ...line },
    },
  },
  none,
);

// The median of twenty systems, at nine depths.
const depths = [4, 6, 8, 12, 16, 24, 32, 48, 64];
async function measure(flow: Flow, layer: Layer) {
  const step = (x: T, tau: T) => layer(flow, middle, outer, x, tau);
  const ends = networks(step, start, depths, 1);
  return toArray<number[][]>(distance(ends, exact));
}
const names = new Map<Flow, string>([
  [flowFourth, 'almost exact'],
  [flowMidpoint, 'midpoint'],
  [flowEuler, 'Euler again'],
]);
const cases = [
  { panel: 'Euler sub-steps', flow: flowEuler },
  { panel: names.get(flow)!, flow },
];
const found = [];
for await (const { panel, flow } of steps(cases, 'networks')) {
  const lie = await measure(flow, lieStep);
  const strang = await measure(flow, macaron);
  found.push({ lie, strang });
  const rows = depths.map((layers, i) => ({
    panel,
    layers,
    lie: median(lie[i]),
    strang: median(strang[i]),
    first: 2 / layers,
    second: 0.1 / layers ** 2,
  }));
  errors.add(...rows);
}
const [euler, solved] = found;

// Slope of log error against log τ, the step 1/L. Errors below
// 1e-5 count as 1e-5: with 32 bits, less may be rounding.
const order = (errors: number[][]) =>
  slope(
    depths.map((layers) => -Math.log(layers)),
    errors.map((each) => Math.log(Math.max(median(each), 1e-5))),
  );
/** Macaron of 16 layers over a Transformer: a median of ratios. */
function ratio({ strang, lie }: typeof euler, layers: number) {
  const ours = strang[depths.indexOf(16)];
  const theirs = lie[depths.indexOf(layers)];
  return median(ours.map((error, i) => error / theirs[i]));
}
// A Macaron layer takes three sub-steps, a Transformer layer two.
const each = macaron === firstStep ? 2 : 3;
const even = ratio(euler, 8 * each).toFixed(2);
show(
  'even',
  `16 Macaron layers and ${8 * each} Transformer layers take ${16 * each} sub-steps each. As built, the Macaron then makes ${even} times the Transformer's error.`,
);

check(
  'error of 16 Macaron layers, Transformer = 1',
  ratio(euler, 16),
  {
    below: 0.8,
    because: 'formula (7): no commutator is left, and half of G′G',
    breaks: { halves: '1 + 0' },
  },
);
check('order of the Macaron as built', order(euler.strang), {
  between: [0.85, 1.15],
  because: 'an Euler sub-step itself errs by τ², formula (7)',
  breaks: { halves: '1 + 1' },
});
check(
  'order of the Transformer, better sub-steps',
  order(solved.lie),
  {
    between: [0.85, 1.15],
    because: 'the commutator of formula (6), τ² in each layer',
    breaks: { interaction: 0 },
  },
);
check(
  'order of the Macaron, better sub-steps',
  order(solved.strang),
  {
    between: [1.8, 2.2],
    because: 'symmetry removes the term in τ², formula (6)',
    breaks: { flow: 'Euler' },
  },
);
