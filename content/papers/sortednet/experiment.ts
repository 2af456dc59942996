import { check, curve, ink, mean, Plot, select } from 'lab';
import { show, steps, toArray, toNumber } from 'lab';
import { cutTo, numParameters } from './mechanism';
import { alone, names, trained } from './networks';
import { depths, digits, numBlocks, pick } from './sizes';
import { toldRight, widths } from './sizes';

export type Model = {
  width: number;
  depth: number;
  size: number;
  right: number;
};
export const training = select('training', {
  label: 'network under test',
  options: names,
});

// Networks that were only ever of one size, cut to it.
const { x, y } = digits.test;
const single: Model[] = [];
for (const [i, { width, depth }] of alone.entries()) {
  const net = cutTo(pick(trained, names.length + i), width);
  const told = toldRight(x, y, net).gather(depth).mean();
  const size = numParameters(width, depth, 196, 10);
  single.push({ width, depth, size, right: await toNumber(told) });
}

// All 160 sub-models of the three others, the widest first: cut,
// and read after every stage.
export const models: { [name: string]: Model[] } = {};
for (const name of names) models[name] = [];
const three = pick(trained, 0, names.length);
for await (const i of steps(widths.length, 'measuring')) {
  const width = widths[widths.length - 1 - i];
  const told = toldRight(x, y, cutTo(three, width)).mean(2);
  const found = await toArray<number[][]>(told);
  for (const depth of depths) {
    const size = numParameters(width, depth, 196, 10);
    for (const [k, name] of names.entries()) {
      const right = found[depth][k];
      models[name].push({ width, depth, size, right });
    }
  }
}
export const tested = models[training];

/** From the smallest: the best so far. */
export function front(all: Model[]) {
  let best = 0;
  return [...all]
    .sort((a, b) => a.size - b.size)
    .map(({ size, right }) => {
      best = Math.max(best, right);
      return { size, right: best };
    });
}

const at = { x: 'size', y: 'right' };
const inks = [ink.mechanism, ink.baseline, ink.broken];
const drawn = names.map((name, i) => [
  Plot.dot(models[name], { ...at, r: 1.6, fill: inks[i] }),
  curve(front(models[name]), {
    ...at,
    label: name,
    ink: inks[i],
    dots: false,
  }),
]);
show(
  'sizes',
  Plot.plot({
    title: 'Each dot is one of 160 networks cut out of one',
    height: 330,
    x: { type: 'log', label: 'parameters kept' },
    y: { label: 'test accuracy', percent: true },
    marks: [
      drawn.toReversed(),
      Plot.dot(single, { ...at, symbol: 'times', r: 5 }),
      Plot.text(
        single.map((m) => ({ ...m, name: 'alone' })),
        { ...at, text: 'name', dy: -12 },
      ),
    ],
  }),
);

// Measured first: the whole network, all blocks of it.
const whole = (name: string) => models[name][numBlocks].right;
const enough = 0.96 * whole(training);
const keeps = tested.filter(({ right }) => right >= enough);
check(
  'share of sub-models that keep 96 % of the whole',
  keeps.length / tested.length,
  {
    above: 0.5,
    because: 'every draw (2) trains a prefix that others share',
    breaks: { training: 'cut' },
  },
);
check(
  'share of its accuracy that the whole pays for its parts',
  1 - whole(training) / whole('cut'),
  {
    below: 0.1,
    because: 'the whole is one of the sub-models; the paper: 0.04',
    breaks: { sampled: 'up to 32' },
  },
);
const average = (name: string) =>
  mean(models[name].map(({ right }) => right));
check(
  'accuracy won by the order, mean over all sub-models',
  average(training) - average('unsorted'),
  {
    above: 0.04,
    because: 'only nested draws train the prefixes that are kept',
    breaks: { training: 'unsorted' },
  },
);
