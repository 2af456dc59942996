import { curve, ink, Plot, show } from 'lab';

// Multiplications for n nodes of d numbers, counted.
const d = 8;
const rows = Array.from({ length: 11 }, (_, i) => {
  const n = 4 * 2 ** i;
  const hub = (m: number) => 2 * n * m * d + 2 * n * m * (d + 1);
  const [few, many] = [hub(64) / 1e3, hub(1024) / 1e3];
  return { n, pairs: (2 * n * n * d) / 1e3, few, many };
});
const baseline = { ink: ink.baseline, label: 'all pairs' };
show(
  'cost',
  Plot.plot({
    title: 'Cheaper than all pairs from about 2m nodes on',
    x: { type: 'log', base: 2, label: 'nodes n' },
    y: { type: 'log', label: 'thousand multiplications' },
    marks: [
      curve(rows, { x: 'n', y: 'pairs', ...baseline }),
      curve(rows, { x: 'n', y: 'few', label: 'm = 64' }),
      curve(rows, { x: 'n', y: 'many', label: 'm = 1024' }),
    ],
  }),
);
