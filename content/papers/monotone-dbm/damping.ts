import { bound, check, curve, ink, Plot, show } from 'lab';
import { evidence, map } from './experiment';

// The one answer for λ < 0, formula (7), by halving.
function answer(lambda: number) {
  let [low, high] = [0, 1];
  for (let i = 0; i < 40; i++) {
    const mu = (low + high) / 2;
    const next = Math.tanh((lambda * mu + evidence) / 2);
    if (next > mu) low = mu;
    else high = mu;
  }
  return low;
}

// The largest α that settles there, formula (8); none where a
// strong field bends the entropy more than λ pulls.
function largest(lambda: number) {
  const mu = answer(lambda);
  const bend = lambda + (2 * mu ** 2) / (1 - mu ** 2);
  return bend < 0 ? -2 / bend : Number.POSITIVE_INFINITY;
}
// What forward-backward splitting guarantees: 2m/L².
const guaranteed = (lambda: number) =>
  (2 * (1 + lambda / 19)) / (1 - lambda) ** 2;

const lambdas = Array.from({ length: 60 }, (_, i) => -15 + i / 4);
const limits = lambdas
  .map((lambda) => ({ lambda, alpha: largest(lambda) }))
  .filter(({ alpha }) => alpha > 0.08 && alpha < 1.25);
const sure = lambdas
  .map((lambda) => ({ lambda, alpha: guaranteed(lambda) }))
  .filter(({ alpha }) => alpha > 0.08 && alpha < 1.25);

const settled = map.filter(({ move }) => move < 0.02);
const one = settled.filter(({ apart }) => apart < 0.1);
const several = settled.filter(({ apart }) => apart >= 0.1);
const restless = map.filter(({ move }) => move >= 0.02);
const place = { x: 'lambda', y: 'a' };
const dashed = {
  x: 'lambda',
  y: 'alpha',
  ink: ink.theory,
  dashed: true,
};
const dots = { ...place, r: 3.5 };
const words = (lambda: number, text: string, fill: string) =>
  Plot.text([{ lambda, a: 1.5, text }], {
    ...place,
    text: 'text',
    fill,
  });
show(
  'map',
  Plot.plot({
    title: 'What damping a machine needs',
    x: {
      label: 'eigenvalue λ of the couplings',
      domain: [-15.5, 5.5],
    },
    y: {
      type: 'log',
      label: 'damping α',
      domain: [0.08, 2],
      ticks: [0.1, 0.2, 0.5, 1],
    },
    marks: [
      bound({ x: 2 }),
      curve(limits, dashed),
      curve(sure, dashed),
      Plot.dot(one, { ...dots, fill: ink.mechanism }),
      Plot.dot(several, { ...dots, fill: ink.baseline }),
      Plot.dot(restless, { ...dots, fill: ink.broken }),
      words(-9, 'keeps moving', ink.broken),
      words(-0.7, 'one answer', ink.mechanism),
      words(4, 'several', ink.baseline),
    ],
  }),
);

const told = (row: (typeof map)[number]) =>
  row.lambda >= 0 || row.a < largest(row.lambda);
const wrong = map.filter((row) => told(row) !== row.move < 0.02);
check(
  'machines that formula (8) tells wrongly, of 140',
  wrong.length,
  {
    below: 9,
    because: 'the step settles if it shrinks small deviations',
    breaks: { step: 'average' },
  },
);
