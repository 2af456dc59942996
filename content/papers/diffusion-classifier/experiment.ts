import { check, ink, Plot, show, steps } from 'lab';
import { denoise, type Weights } from './mechanism';
import { chosen, codeOf, times, untrained } from './networks';
import { accuracy, noised, t } from './probe';

const columns = ['pixels', '1', '2', '3', '4', '5'];
const panels = ['this network', 'untrained twin'];
interface Place {
  panel: string;
  block: string;
  t: number;
  right: number;
}
const map: Place[] = [];

/** The pixels, then the five blocks: accuracies [6][6 steps]. */
async function measure(panel: string, weights: Weights) {
  const { blocks } = denoise(noised, codeOf(t), weights);
  const table = [];
  for (const features of [noised, ...blocks])
    table.push(await accuracy(features));
  for (const [b, block] of columns.entries())
    for (const [j, t] of times.entries())
      map.push({ panel, block, t, right: 100 * table[b][j] });
  return table;
}
const tables: number[][][] = [];
for await (const i of steps([0, 1], 'networks')) {
  const weights = [chosen, untrained][i];
  tables.push(await measure(panels[i], weights));
  draw();
}
export const [ours, twin] = tables;

function draw() {
  const at = { x: 'block', y: 't', fx: 'panel' };
  const most = map.reduce((a, b) => (b.right > a.right ? b : a));
  const said = map.map((place) => ({
    ...place,
    said: place.right.toFixed(0),
  }));
  show(
    'map',
    Plot.plot({
      title: 'Test accuracy, %, of a linear probe of each block',
      height: 250,
      x: { label: 'block b', domain: columns },
      y: { label: 'noise step t', domain: times },
      fx: { label: null, domain: panels },
      color: { domain: [10, 85] },
      marks: [
        Plot.cell(map, { ...at, fill: 'right', inset: 0.5 }),
        Plot.cell([most], {
          ...at,
          stroke: ink.theory,
          strokeWidth: 2,
        }),
        Plot.text(said, { ...at, text: 'said', fontSize: 10 }),
      ],
    }),
  );
}

const best = Math.max(...twin.slice(1).map(([first]) => first));
check(
  'gain of block 4 over pixels at t = 10',
  ours[4][0] - ours[0][0],
  {
    above: 0.08,
    because:
      'to remove noise it had to learn what digits look like',
    breaks: { network: 'untrained' },
  },
);
check(
  'gain of block 4 over the best untrained block',
  ours[4][0] - best,
  {
    above: 0.03,
    because: 'the training helps, not the width of the network',
    breaks: { network: 'untrained' },
  },
);
