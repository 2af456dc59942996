import { check, ink, mean, Plot, random, select, show } from 'lab';
import { chosen } from './found';
import { space } from './space';
import { known, proxy, target } from './table';

const pairing = select('pairing', {
  label: 'accuracies on the target',
  options: ['their own', 'shuffled'],
});

const order = random.permutation(known.length);
const shuffled = pairing === 'shuffled';
const convolutions = (cell: number[]) =>
  [1, 3, 5, 7].filter((j) => cell[j] === 1).length;
const points = known.map((i, k) => ({
  proxy: proxy[i],
  target: target[shuffled ? order[k] : k],
  r: 2 + convolutions(space[i]),
}));
const carried = chosen.map(({ at }) => points[at]);

const at = { x: 'proxy', y: 'target' };
const name = [{ proxy: 0.76, target: 0.95, text: 'carried over' }];
show(
  'transfer',
  Plot.plot({
    title: shuffled
      ? 'Accuracies of the target, dealt out anew'
      : 'What is good small is good large',
    height: 330,
    x: {
      label: 'accuracy on the proxy, 8 × 8 pixels',
      percent: true,
      domain: [28, 78],
    },
    y: {
      label: 'on the target, 14 × 14, twice as deep',
      percent: true,
      domain: [56, 96],
    },
    marks: [
      Plot.dot(points, { ...at, r: 'r', fill: ink.baseline }),
      Plot.dot(carried, { ...at, r: 8, stroke: ink.mechanism }),
      Plot.text(name, {
        ...at,
        text: 'text',
        textAnchor: 'end',
        fill: ink.mechanism,
      }),
    ],
  }),
);

/** Places in order; equal values share theirs. */
const ranks = (values: number[]) =>
  values.map((v) => {
    const equal = values.filter((u) => u === v).length;
    return values.filter((u) => u < v).length + equal / 2;
  });
function correlation(x: number[], y: number[]) {
  const [mx, my] = [mean(x), mean(y)];
  const product = (
    a: number[],
    ma: number,
    b: number[],
    mb: number,
  ) => mean(a.map((v, i) => (v - ma) * (b[i] - mb)));
  const spread = product(x, mx, x, mx) * product(y, my, y, my);
  return product(x, mx, y, my) / Math.sqrt(spread);
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
  'target accuracy of the cells carried over, above the mean',
  right(carried) - right(points),
  {
    above: 0.04,
    because: 'the search on the proxy serves the target',
    breaks: { carried: 'middling' },
  },
);
