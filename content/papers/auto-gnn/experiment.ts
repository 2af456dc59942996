import * as tf from '@tensorflow/tfjs';
import { baseline, broken, chart, check, mean } from 'lab';
import { select, slider, steps, toArray, toNumber } from 'lab';
import { begin, byWay, guides, numberOf, S } from './search';
import { classes } from './space';

const stepSize = slider('stepSize', {
  label: 'classes changed at once, s',
  min: 1,
  max: 5,
  value: 1,
  step: 1,
});
const guide = select('guide', {
  label: 'class is chosen by',
  options: guides,
});
const rate = slider('rate', {
  label: 'learning rate η',
  min: 0,
  max: 0.6,
  value: 0.2,
  step: 0.1,
});
const accept = select('accept', {
  label: 'the best is replaced by',
  options: ['a better child', 'every child'],
});
const search = begin(
  [
    { s: stepSize, guide, rate },
    { s: stepSize, guide: 'uniform', rate: 0 },
    { s: 5, guide: 'uniform', rate: 0 },
    { s: 1, guide: 'lowest', rate: 0.2 },
  ],
  accept === 'every child',
);
const names = ['found', 'kept', 'random', 'lowest'];
type Row = Record<keyof typeof lines, number>;
const named = (values: number[]) =>
  Object.fromEntries(names.map((n, i) => [n, values[i]])) as Row;

const lines = {
  random: baseline('random'),
  lowest: broken('lowest entropy'),
  kept: { label: 'no learning', as: 'series 1' as const },
  found: 'conservative',
};
const x = { label: 'networks trained' };
const children = chart('children', {
  title: 'Accuracy of the children, mean of 40 searches',
  over: 'child',
  x,
  y: { label: 'accuracy of five children', percent: true },
  lines,
});
const bests = chart('best', {
  title: 'The best architecture so far',
  over: 'child',
  x,
  y: { label: 'accuracy of the best so far', percent: true },
  lines,
});
const undecided = chart('entropy', {
  title: 'How undecided each class still is',
  over: 'child',
  x,
  y: { label: 'decision entropy, nats' },
  lines: Object.fromEntries(
    classes.map((c, i) => [
      c,
      { label: c, as: `series ${i + 1}` as 'series 1' },
    ]),
  ),
});

bests.add({
  child: 0,
  ...named(await toArray(byWay(search.record))),
});
const seen: number[][] = [];
let wrong = 0;
for await (const i of steps(80, 'children')) {
  const E = search.entropies().slice([0], [S]).mean(0);
  const { reward, gain, differ } = search.next();
  // It may not fall, and one class of a child may differ.
  const fell = gain.less(0).sum();
  const strays = differ.slice([0], [S]).greater(1).sum();
  const parts = [byWay(reward), byWay(search.record), E];
  const counts = fell.add(strays).toFloat().expandDims();
  const row = await toArray<number[]>(
    tf.concat([...parts, counts]),
  );
  seen.push(row.slice(0, 4));
  wrong += row[13];
  if (i % 5 > 0) continue;
  const last = seen.slice(-5);
  const middle = names.map((_, k) => mean(last.map((r) => r[k])));
  children.add({ child: i + 1, ...named(middle) });
  bests.add({ child: i + 1, ...named(row.slice(4, 8)) });
  const now = classes.map((c, k) => [c, row[8 + k]]);
  undecided.add({ child: i, ...Object.fromEntries(now) });
}
export const ends = numberOf(search.best).reshape([4, S]);

const early = (way: string) =>
  mean(seen.slice(0, 60).map((r) => r[names.indexOf(way)]));
check(
  'accuracy of 60 children over random, without learning',
  early('kept') - early('random'),
  {
    above: 0.06,
    because: 'formula (3) keeps most of an architecture that works',
    breaks: { stepSize: 5 },
  },
);
const late = (way: string) =>
  mean(seen.slice(-40).map((r) => r[names.indexOf(way)]));
check(
  'accuracy of the last 40 children over the lowest entropy',
  late('found') - late('lowest'),
  {
    above: 0.04,
    because:
      'formula (2): a class that is decided has little to try',
    breaks: { guide: 'lowest' },
  },
);
const left = search.entropies().slice([0], [S]).sum(1).mean();
check('entropy left after the search, nats', await toNumber(left), {
  below: 6.9,
  because: 'it begins at 7.17, and only formula (4) lowers it',
  breaks: { rate: 0 },
});
check('times the best fell, or a child strayed', wrong, {
  below: 1,
  because: 'formulas (3) and (5): one class, and only upwards',
  breaks: { accept: 'every child' },
});
