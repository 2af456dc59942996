import { baseline, chart, check, select, slider } from 'lab';
import { slope, theory } from 'lab';
import { attentionCost, bestGroup, leastCost } from './mechanism';
import { m } from './networks';

const groups = select('groups', {
  label: 'tokens in a group',
  options: ['the cheapest', '16'],
});
const exponent = slider('exponent', {
  label: 'tokens of the second figure, 2 to the',
  min: 8,
  max: 26,
  value: 18,
  step: 1,
});

// The cheapest group is looked for, not taken from formula (6).
const tries = Array.from(
  { length: 2801 },
  (_, i) => 2 ** (i / 100),
);
function cheapest(L: number) {
  const costs = tries
    .filter((n) => n <= L)
    .map((n) => ({ n, cost: attentionCost(L, n, m).sum }));
  return costs.reduce((a, b) => (b.cost < a.cost ? b : a));
}
const sizes = Array.from({ length: 10 }, (_, i) => 4 ** (i + 4));
const rows = sizes.map((L) => {
  const best = cheapest(L);
  const fixed = attentionCost(L, 16, m).sum;
  const fit = groups === '16' ? fixed : best.cost;
  return {
    L,
    n: best.n,
    full: 2 * L * L,
    fit,
    law: leastCost(L, m),
  };
});
const powers = [1e3, 1e5, 1e7];
chart(
  'cost',
  {
    title: 'What attention costs as tokens are added',
    over: 'L',
    x: {
      type: 'log',
      label: 'tokens L',
      ticks: powers,
      tickFormat: '~s',
    },
    y: {
      type: 'log',
      label: 'multiplications per channel',
      tickFormat: '~s',
    },
    lines: {
      full: baseline('full, 2L²'),
      law: theory('formula (6)'),
      fit: { label: 'FIT', dots: 'only' },
    },
  },
  rows,
);

const L = 2 ** exponent;
const terms = Array.from({ length: exponent + 1 }, (_, i) => {
  const n = 2 ** i;
  return { n, ...attentionCost(L, n, m) };
});
chart(
  'terms',
  {
    title: 'Small groups cost among the latents, large ones inside',
    over: 'n',
    x: { type: 'log', label: 'tokens in a group, n', ticks: 4 },
    y: {
      type: 'log',
      label: 'multiplications per channel',
      tickFormat: '~s',
    },
    bounds: [{ x: bestGroup(L, m), label: 'n*' }],
    lines: {
      local: { label: 'local', as: 'series 1', dots: false },
      across: { label: 'global', as: 'series 2', dots: false },
      sum: { label: 'sum', dots: false },
    },
  },
  terms,
);

const large = rows.slice(5);
const power = slope(
  large.map(({ L }) => Math.log(L)),
  large.map(({ fit }) => Math.log(fit)),
);
check('power of L with which the cost grows', power, {
  near: 4 / 3,
  within: 0.02,
  because: 'formula (6): the two ways to pay balance at n*',
  breaks: { groups: '16' },
});
