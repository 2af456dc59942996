import { baseline, chart, check, mean, select, show } from 'lab';
import { auc, type Task, tasks } from './experiment';
import { pools } from './pairs';
import { signedRank } from './mechanism';

const names = [
  ...pools.map((pool) => `${pool}, last layer`),
  ...pools.map((pool) => `${pool}, all layers`),
];
const first = select('design', {
  label: 'design',
  options: names,
  value: names[5],
});
const against = select('against', {
  label: 'is compared with',
  options: names,
  value: names[0],
});
const of = (name: string) => names.indexOf(name);

// Each test sentence has an AUC of its own under either design.
const gaps = tasks.flatMap((task) => {
  const other = auc(task, of(against));
  const own = auc(task, of(first)).map((v, i) => v - other[i]);
  const sorted = own.sort((a, b) => a - b);
  const some = sorted.filter((_, i) => i % 3 === 0);
  return some.map((gap, i) => ({
    task,
    place: i / (some.length - 1),
    gap,
    zero: 0,
  }));
});
const line = { fx: 'task', dots: false };
chart(
  'gaps',
  {
    title: 'Test sentences, in order of what the design gains',
    over: 'place',
    x: { label: 'share of test sentences', percent: true },
    y: { label: 'AUC gained' },
    fx: { label: null, domain: [...tasks] },
    lines: {
      zero: { ...baseline(''), ...line },
      gap: { label: '', ...line },
    },
  },
  gaps,
);

// Formula (7), pair by pair.
const pairs = {
  'both ways over back only, mean of the last': [2, 1],
  'all layers over the last, last token': [3, 0],
  'all layers over the last, mean': [4, 1],
  'all layers over the last, mean both ways': [5, 2],
};
const won = (task: Task, [a, b]: number[]) =>
  Number((mean(auc(task, a)) - mean(auc(task, b))).toFixed(3));
const z = (task: Task, [a, b]: number[]) =>
  Number(signedRank(auc(task, a), auc(task, b)).toFixed(1));
show(
  'tests',
  Object.entries(pairs).map(([comparison, pair]) => ({
    comparison,
    'topic: won': won('topic', pair),
    'topic: z': z('topic', pair),
    'author: won': won('author', pair),
    'author: z': z('author', pair),
  })),
);

const both = (k: number) => tasks.flatMap((task) => auc(task, k));
check(
  'z of the design, over both tasks',
  signedRank(both(of(first)), both(of(against))),
  {
    above: 3,
    because:
      'it takes the mean, of words that saw the whole sentence',
    breaks: { design: 'last token, last layer' },
  },
);
