import { check, ink, mean, median, Plot, random } from 'lab';
import { select, show, toArray } from 'lab';
import { policy } from './experiment';
import { OPS } from './mechanism';
import { space } from './space';
import { known, proxy, target } from './table';

const pairing = select('pairing', {
  label: 'accuracies on the target',
  options: ['their own', 'shuffled'],
});
const carried = select('carried', {
  label: 'cells carried over',
  options: ['found', 'middling'],
});

const order = random.permutation(known.length);
const points = known.map((i, k) => ({
  proxy: proxy[i],
  target: target[pairing === 'shuffled' ? order[k] : k],
  cell: space[i],
}));

// Of the cells tried on the target, each controller's likeliest.
const chances = await toArray<number[][][]>(policy);
const both = [0, 4].flatMap((at) => [
  [at, at + 1, at + 2, at + 3],
  [at + 2, at + 3, at, at + 1],
]);
/** ln π of a cell: the sum over both orders of both its blocks. */
function likelihood(pi: number[][], cell: number[]) {
  const way = (from: number[], at: number) =>
    Math.exp(
      from.reduce(
        (s, j, k) => s + Math.log(pi[at + k][cell[j]]),
        0,
      ),
    );
  const one = way(both[0], 0) + way(both[1], 0);
  const two = way(both[2], 4) + way(both[3], 4);
  return one * two;
}
const likeliest = (pi: number[][]) =>
  points.reduce((a, b) =>
    likelihood(pi, b.cell) > likelihood(pi, a.cell) ? b : a,
  );
const found = chances.slice(0, 8).map(likeliest);
const middle = median(proxy);
const middling = points
  .toSorted(
    (a, b) =>
      Math.abs(a.proxy - middle) - Math.abs(b.proxy - middle),
  )
  .slice(0, 8);
export const chosen = carried === 'found' ? found : middling;

const at = { x: 'proxy', y: 'target' };
const convolutions = (cell: number[]) =>
  [1, 3, 5, 7].filter((j) => cell[j] === 1).length;
const dots = points.map(({ cell, ...point }) => ({
  ...point,
  r: 2 + convolutions(cell),
}));
const best = chosen.map(({ cell, ...point }) => point);
const [label] = best;
show(
  'transfer',
  Plot.plot({
    title: 'What is good small is good large',
    height: 330,
    x: {
      label: 'accuracy on the proxy, 8 × 8 pixels',
      percent: true,
    },
    y: {
      label: 'on the target, 14 × 14, twice as deep',
      percent: true,
    },
    marks: [
      Plot.dot(dots, { ...at, r: 'r', fill: ink.baseline }),
      Plot.dot(best, { ...at, r: 7, stroke: ink.mechanism }),
      Plot.text([{ ...label, text: 'found' }], {
        ...at,
        text: 'text',
        dx: -12,
        textAnchor: 'end',
        fill: ink.mechanism,
      }),
    ],
  }),
);
const words = (cell: number[], b: number) =>
  [0, 2]
    .map((j) => [cell[4 * b + j], OPS[cell[4 * b + j + 1]]])
    .map(([input, op]) => `${op} of h${input}`)
    .join(' + ');
show('found', [
  ...new Map(
    chosen.map((point) => [
      point.cell.join(''),
      {
        'block 1, h2': words(point.cell, 0),
        'block 2, h3': words(point.cell, 1),
        proxy: point.proxy,
        target: point.target,
      },
    ]),
  ).values(),
]);

/** Places in order, the mean place where values are equal. */
function ranks(values: number[]) {
  return values.map(
    (v) =>
      values.filter((u) => u < v).length +
      values.filter((u) => u === v).length / 2,
  );
}
function correlation(x: number[], y: number[]) {
  const [mx, my] = [mean(x), mean(y)];
  const sum = (f: (i: number) => number) =>
    x.reduce((s, _, i) => s + f(i), 0);
  const xy = sum((i) => (x[i] - mx) * (y[i] - my));
  const xx = sum((i) => (x[i] - mx) ** 2);
  const yy = sum((i) => (y[i] - my) ** 2);
  return xy / Math.sqrt(xx * yy);
}
const rho = correlation(
  ranks(points.map((point) => point.proxy)),
  ranks(points.map((point) => point.target)),
);
check('rank correlation of proxy and target', rho, {
  above: 0.55,
  because: 'a cell knows nothing of size, depth or filters',
  breaks: { pairing: 'shuffled' },
});
const right = (list: typeof points) =>
  mean(list.map((point) => point.target));
check(
  'target accuracy of the cells found, above the mean',
  right(chosen) - right(points),
  {
    above: 0.04,
    because: 'the search on the proxy serves the target',
    breaks: { carried: 'middling' },
  },
);
