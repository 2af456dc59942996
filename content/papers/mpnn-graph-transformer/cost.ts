import { baseline, chart } from 'lab';

// Multiplications for n nodes of d numbers, counted.
const d = 8;
const rows = Array.from({ length: 11 }, (_, i) => {
  const n = 4 * 2 ** i;
  const hub = (m: number) => 2 * n * m * d + 2 * n * m * (d + 1);
  const [few, many] = [hub(64) / 1e3, hub(1024) / 1e3];
  return { n, pairs: (2 * n * n * d) / 1e3, few, many };
});
chart('cost', {
  title: 'Cheaper than all pairs from about 2m nodes on',
  over: 'n',
  x: { type: 'log', base: 2, label: 'nodes n' },
  y: { type: 'log', label: 'thousand multiplications' },
  lines: {
    pairs: baseline('all pairs'),
    few: 'm = 64',
    many: 'm = 1024',
  },
}).add(...rows);
