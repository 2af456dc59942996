import { bound, check, ink, Plot, select, show } from 'lab';
import { clean, damaged, names, psnr, restored } from './networks';
import type { Name } from './networks';

export const judged = select('judged', {
  label: 'the network that is judged mixes along',
  options: ['both', 'grid', 'block'],
}) as Name;

const rows: Record<string, string | number>[] = [];
const dB = (network: string, damage: string) =>
  rows.find(
    (row) => row.network === network && row.damage === damage,
  )!.dB as number;
for (const [damage, x] of Object.entries(damaged)) {
  rows.push({ damage, network: 'damaged', dB: await psnr(x) });
  for (const network of names)
    rows.push({
      damage,
      network,
      dB: await psnr(restored(x, network)),
    });
}
const mean = await psnr(clean.mean(0, true));

const place = { x: 'dB', y: 'damage', r: 5 };
const of = (network: string) =>
  rows.filter((row) => row.network === network);
const name = (network: string) => of(network).slice(0, 1);
const label = { x: 'dB', y: 'damage', text: 'network', dy: -14 };
show(
  'lead',
  Plot.plot({
    title: 'How near to the clean digits, for each damage',
    x: { label: 'peak signal to noise, dB', domain: [0, 30] },
    y: { label: null, domain: Object.keys(damaged) },
    height: 210,
    marginLeft: 100,
    marks: [
      bound({ x: mean }),
      Plot.dot(of('damaged'), { ...place, fill: ink.muted }),
      Plot.dot(of('block'), { ...place, fill: ink.series[0] }),
      Plot.dot(of('grid'), { ...place, fill: ink.series[1] }),
      Plot.dot(of('both'), { ...place, fill: ink.mechanism }),
      Plot.text(name('damaged'), {
        ...label,
        textAnchor: 'middle',
      }),
      Plot.text(name('block'), { ...label, textAnchor: 'end' }),
      Plot.text(name('grid'), { ...label, textAnchor: 'start' }),
      Plot.text(name('both'), { ...label, textAnchor: 'middle' }),
    ],
  }),
);

const two = 'tiles and haze';
const single = Math.max(dB('grid', two), dB('block', two));
check(
  'lead over the better single axis, dB',
  dB(judged, two) - single,
  {
    above: 6,
    because: 'each damage is plain along one axis only',
    breaks: { judged: 'grid' },
  },
);
check('lead over the mean picture, dB', dB(judged, two) - mean, {
  above: 6,
  because: 'it restores a digit rather than guess one',
  breaks: { judged: 'block' },
});
const alone = ['tiles', 'haze'].map(
  (damage) =>
    dB(judged, damage) -
    Math.max(dB('grid', damage), dB('block', damage)),
);
check('smaller lead on one damage alone, dB', Math.min(...alone), {
  above: 5,
  because: 'it undoes both, also when only one is there',
  breaks: { judged: 'grid' },
});
