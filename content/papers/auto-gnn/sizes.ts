import { baseline, chart, mean, steps, toArray } from 'lab';
import { begin, byWay } from './search';

// Every step size twice: with learning, and without.
const sizes = [1, 2, 3, 4, 5];
const search = begin(
  [0.2, 0].flatMap((rate) =>
    sizes.map((s) => ({ s, guide: 'entropy', rate })),
  ),
);
const seen: number[][] = [];
for await (const _ of steps(40, 'step sizes'))
  seen.push(await toArray(byWay(search.next().reward)));
const best = await toArray<number[]>(byWay(search.record));
const of = (k: number) => mean(seen.map((row) => row[k]));
const y = {
  label: 'accuracy, 40 children a search',
  percent: true,
};
chart('sizes', {
  title: 'What a step of s classes costs, and what it finds',
  over: 's',
  x: { label: 'classes changed at once, s', ticks: sizes },
  y,
  lines: {
    unlearnt: { ...baseline('children, no learning'), dots: true },
    child: { label: 'children', dots: true },
    best: { label: 'best', as: 'series 1', dots: true },
  },
}).add(
  ...sizes.map((s, k) => ({
    s,
    child: of(k),
    unlearnt: of(k + 5),
    best: best[k],
  })),
);
