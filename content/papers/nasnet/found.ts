import { median, select, show, toArray } from 'lab';
import { policy } from './experiment';
import { OPS } from './mechanism';
import { space } from './space';
import { known, proxy, target } from './table';

const carried = select('carried', {
  label: 'cells carried over',
  options: ['found', 'middling'],
});

/** Probability of a cell, by (2): of all the lists that write it. */
function chance(
  pi: number[][],
  [i, o, j, p, k, q, l, r]: number[],
) {
  const write = (at: number, choices: number[]) =>
    choices.reduce((all, a, m) => all * pi[at + m][a], 1);
  // A block of two equal halves has one list, others have two.
  const block = (at: number, one: number[], two: number[]) => {
    const isOne = `${one}` === `${two}`;
    const other = isOne ? 0 : write(at, [...two, ...one]);
    return write(at, [...one, ...two]) + other;
  };
  return block(0, [i, o], [j, p]) * block(4, [k, q], [l, r]);
}

// Of the cells tried on the target: each controller's likeliest,
// or the eight that are nearest to the middle of the space.
const tried = known.map((i, at) => ({ i, at, cell: space[i] }));
const half = (await toArray<number[][][]>(policy)).slice(0, 8);
const found = half.map((pi) =>
  tried.reduce((a, b) =>
    chance(pi, b.cell) > chance(pi, a.cell) ? b : a,
  ),
);
const middle = median(proxy);
const off = ({ i }: { i: number }) => Math.abs(proxy[i] - middle);
const middling = tried
  .toSorted((a, b) => off(a) - off(b))
  .slice(0, 8);
export const chosen = carried === 'found' ? found : middling;

const words = ([i, o, j, p]: number[]) =>
  `${OPS[o]} of h${i} + ${OPS[p]} of h${j}`;
const unique = new Map(chosen.map((one) => [one.i, one]));
show(
  'cells carried over',
  [...unique.values()].map(({ i, at, cell }) => ({
    'block 1, h2': words(cell.slice(0, 4)),
    'block 2, h3': words(cell.slice(4)),
    proxy: proxy[i],
    target: target[at],
  })),
);
