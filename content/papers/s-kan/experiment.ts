import { check, ink, mean, Plot, show, toArray } from 'lab';
import { variant } from 'lab';
import { errorOf, errors, numberOf } from './choices';
import { gates, mixture } from './gates';
import { largest, nodes, smallest } from './mechanism';
import { planted, spaces, targets, test } from './targets';

const rules = { largest, smallest };
const pick = variant('pick', rules, { label: 'the gate kept' });
export const kept = await toArray<number[][]>(pick(gates));

// Pruned and refitted: one of the 256. Beside it the four networks
// that have the same space on every edge, and the gates' mixture.
const ours = kept.map((choice, t) => errors[numberOf(choice)][t]);
const single = spaces.map((_, m) => errors[numberOf([m, m, m, m])]);
const output = nodes(test.basis, mixture.weights).add(mixture.bias);
const before = await toArray<number[]>(errorOf(output));

// Sorted, and every eighth of them drawn.
const ticks = targets.flatMap((target, t) =>
  errors
    .map((row) => ({ target, error: row[t] }))
    .sort((a, b) => a.error - b.error)
    .filter((_, i) => i % 8 === 0),
);
// A letter a single space; those that fall together share a place.
const letters: { target: string; error: number; text: string }[] =
  [];
for (const [t, target] of targets.entries()) {
  const found = spaces.map((space, m) => {
    const text = space[0].toUpperCase();
    return { target, error: single[m][t], text };
  });
  found.sort((a, b) => a.error - b.error);
  for (const one of found) {
    const last = letters.at(-1);
    const near =
      last?.target === target && one.error < 1.25 * last.error;
    if (last && near) last.text += one.text;
    else letters.push(one);
  }
}
const dots = targets.map((target, t) => {
  return { target, error: ours[t] };
});
const at = { x: 'error', y: 'target' };
show(
  'choices',
  Plot.plot({
    title:
      'All 256 networks for each target, and the one the gates keep',
    height: 330,
    x: {
      type: 'log',
      label: 'test error',
      domain: [0.007, 1.2],
      ticks: [0.01, 0.03, 0.1, 0.3, 1],
    },
    y: { label: null, domain: targets },
    marks: [
      Plot.tickX(ticks, { ...at, stroke: ink.baseline, inset: 8 }),
      Plot.text(letters, {
        ...at,
        text: 'text',
        fill: ink.theory,
        dy: -18,
      }),
      Plot.dot(dots, { ...at, r: 5, fill: ink.mechanism }),
    ],
  }),
);
show(
  'test errors',
  targets.map((target, t) => ({
    target,
    'best single space': Math.min(...single.map((row) => row[t])),
    'before pruning': before[t],
    'S-KAN': ours[t],
    'best of 256': Math.min(...errors.map((row) => row[t])),
  })),
);

const worst = (errors: number[]) => Math.max(...errors);
const safest = Math.min(...single.map(worst));
check(
  'worst error of the safest single space, S-KAN = 1',
  safest / worst(ours),
  {
    above: 2,
    because: 'each space is far from what some other draws',
    breaks: { pick: 'smallest' },
  },
);
const best = Math.min(...single.map((row) => row[4]));
check(
  'error of the best single space on the mixed target, S-KAN = 1',
  best / ours[4],
  {
    above: 3,
    because: 'no space is near to all four of its edges',
    breaks: { chooser: 'each node' },
  },
);
const better = ours.flatMap((own, t) =>
  errors.map((row) => Number(row[t] < own)),
);
check('share of the 256 networks that do better', mean(better), {
  below: 0.1,
  because: 'training finds what trying them all would find',
  breaks: { pick: 'smallest' },
});
// A cubic spline is nearly a polynomial: those edges do not count.
const missed = planted.flatMap((own, t) =>
  own
    .map((m, i) => ({ m, found: kept[t][i] }))
    .filter(({ m }) => spaces[m] !== 'spline')
    .map(({ m, found }) => Number(m !== found)),
);
check(
  'edges, splines apart, that miss their planted space',
  mean(missed),
  {
    below: 0.2,
    because: 'no other space comes near such a curve, formula (7)',
    breaks: { pick: 'smallest' },
  },
);
