import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, ink, mean, Plot } from 'lab';
import { show, toArray } from 'lab';
import { kept, learnt, lost } from './experiment';

// Every weight of the six students, from least to most certain.
const all = [learnt, kept, lost].map((x) => x.flatten());
const table = await toArray<number[][]>(tf.stack(all, 1));
const weights = table
  .map(([before, kept, lost]) => ({ before, kept, lost }))
  .sort((a, b) => Math.abs(a.before) - Math.abs(b.before));

const some = weights.filter((_, i) => i % 12 === 0);
const panels = { kept: 'with memory', lost: 'without' };
const dots = (y: 'kept' | 'lost', fill: string) => {
  const rows = some.map((row) => ({ ...row, panel: panels[y] }));
  return Plot.dot(rows, {
    fx: 'panel',
    x: 'before',
    y,
    fill,
    r: 2,
  });
};
show(
  'fields',
  Plot.plot({
    title: 'Each weight’s field after task 1, and after task 2',
    width: 460,
    height: 320,
    x: { label: 'θ after task 1' },
    y: { label: 'θ after task 2' },
    fx: { label: null, domain: Object.values(panels) },
    marks: [
      Plot.ruleX([0], { stroke: ink.muted }),
      Plot.ruleY([0], { stroke: ink.muted }),
      dots('kept', ink.mechanism),
      dots('lost', ink.baseline),
    ],
  }),
);

type Row = (typeof weights)[number];
const flips = (rows: Row[], after: 'kept' | 'lost') =>
  mean(rows.map((row) => (row.before * row[after] < 0 ? 1 : 0)));
const size = weights.length / 8;
const eighths = Array.from({ length: 8 }, (_, i) =>
  weights.slice(i * size, (i + 1) * size),
);
chart('flips', {
  title: 'Weights whose sign task 2 turns, by how sure they were',
  over: 'certainty',
  x: { label: 'mean |m| after task 1, eighth by eighth' },
  y: { label: 'signs turned (%)', percent: true, domain: [0, 60] },
  lines: { lost: baseline('without'), kept: 'with memory' },
}).add(
  ...eighths.map((rows) => ({
    certainty: mean(
      rows.map(({ before }) => Math.tanh(Math.abs(before))),
    ),
    kept: flips(rows, 'kept'),
    lost: flips(rows, 'lost'),
  })),
);

const quarter = weights.length / 4;
const least = flips(weights.slice(0, quarter), 'kept');
const most = flips(weights.slice(-quarter), 'kept');
check(
  'turned in the least sure quarter, per one in the surest',
  least / most,
  {
    above: 5,
    because: 'a field that has grown is a long way from zero',
    breaks: { pull: 0 },
  },
);
