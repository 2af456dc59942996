import { baseline, chart, slider } from 'lab';

const size = slider('size', {
  label: 'width d_h of a head',
  min: 4,
  max: 128,
  value: 32,
  step: 4,
});

// Multiplications in a head for N tokens; DWC is 5 × 5.
const rows = Array.from({ length: 13 }, (_, i) => {
  const N = 16 * 2 ** (i * 0.75);
  const pairs = 2 * N ** 2 * size;
  const keysFirst = 2 * N * size ** 2 + 25 * N * size;
  return { N, pairs, keysFirst };
});
chart('cost', {
  title: `Keys first wins from ${Math.ceil(size + 12.5)} tokens on`,
  over: 'N',
  x: {
    type: 'log',
    base: 2,
    label: 'tokens N',
    ticks: [16, 64, 256, 1024, 4096],
    tickFormat: 'd',
  },
  y: {
    type: 'log',
    label: 'multiplications in a head',
    domain: [1e4, 2e11],
    tickFormat: 's',
  },
  bounds: [{ x: 3136, label: 'Swin' }],
  lines: {
    pairs: baseline('all pairs'),
    keysFirst: 'keys first + DWC',
  },
}).add(...rows);
