import { baseline, chart, check, select } from 'lab';
import { ours, twin } from './experiment';
import { times } from './networks';

export const block = select('block', {
  label: 'block b',
  options: [1, 2, 3, 4, 5],
  value: 4,
});
export const noiseStep = select('noiseStep', {
  label: 'noise step t',
  options: times,
  value: 10,
});

const noise = chart('noise', {
  title: `Features of block ${block}, as noise is added`,
  over: 't',
  x: { type: 'log', label: 'noise step t', ticks: times },
  y: {
    label: 'test accuracy',
    percent: true,
    domain: [0, 100],
  },
  bounds: [{ y: 0.1, label: 'chance' }],
  lines: {
    twin: { label: 'untrained', as: 'series 1' },
    pixels: baseline('pixels'),
    ours: `block ${block}`,
  },
});
for (const [j, t] of times.entries())
  noise.add({
    t,
    ours: ours[block][j],
    pixels: ours[0][j],
    twin: twin[block][j],
  });

const j = times.indexOf(noiseStep);
const read = ours[block][j];
check('gain of the chosen block over block 1', read - ours[1][j], {
  above: 0.05,
  because: 'the first block has not yet sorted noise from stroke',
  breaks: { block: 1 },
});
check('gain of the chosen block over block 5', read - ours[5][j], {
  above: 0.08,
  because: 'the last block is about the noise, which it must name',
  breaks: { block: 5 },
});
const late = ours[block][times.indexOf(200)];
check('gain of the chosen noise step over t = 200', read - late, {
  above: 0.1,
  because: 'noise drowns the strokes that tell digits apart',
  breaks: { noiseStep: 200 },
});
