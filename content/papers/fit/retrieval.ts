import { baseline, broken, chart, check, select } from 'lab';
import { cut, fully, m, rightly } from './networks';

const compare = select('compare', {
  label: 'the vermilion lines are',
  options: ['cut', 'not cut'],
});
const off = compare === 'cut';

const full = await fully();
const sizes = [1, 2, 4] as const;
const found = chart('found', {
  title: (rows) =>
    rows.at(-1)!.fit > 0.7
      ? 'Answers need enough latents, and an open path'
      : 'Questions answered, by the number of latents',
  over: 'm',
  x: {
    type: 'log',
    label: 'latents for each group, m',
    ticks: [1, 2, 4],
    tickFormat: 'd',
  },
  y: {
    label: 'answered correctly',
    percent: true,
    domain: [0, 100],
  },
  bounds: [{ y: 0.25 }],
  lines: {
    full: baseline('full attention'),
    fit: 'FIT',
    global: broken('no global layer'),
    back: { ...broken('no return'), dashed: true },
  },
});
for (const size of sizes)
  found.add({
    m: size,
    full,
    fit: await rightly(size, cut),
    global: await rightly(size, off ? 'global' : 'nothing'),
    back: await rightly(size, off ? 'return' : 'nothing'),
  });

const chosen = found.rows[sizes.indexOf(m as 1 | 2 | 4)].fit;
check('questions answered with the chosen latents', chosen, {
  above: 0.75,
  because: 'four latents can carry four keys and their values',
  breaks: { latents: 1 },
});
const [one, two, four] = found.rows.map(({ fit }) => fit);
check(
  'smaller gain when latents are doubled',
  Math.min(two - one, four - two),
  {
    above: 0.08,
    because: 'what a latent cannot carry does not arrive',
    breaks: { cut: 'return' },
  },
);
const { global, back } = found.last!;
check(
  'larger distance of cut networks from guessing',
  Math.max(Math.abs(global - 0.25), Math.abs(back - 0.25)),
  {
    below: 0.12,
    because: 'no other way leads from group to group',
    breaks: { compare: 'not cut' },
  },
);
