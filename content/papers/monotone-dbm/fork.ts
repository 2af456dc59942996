import { bound, curve, ink, Plot, show } from 'lab';
import { alpha, evidence, forked } from './experiment';

// Weiss' equation (7), solved for λ, and the same mirrored: the
// two values between which an undamped step goes to and fro.
const values = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
const arms = [values, values.map((mu) => -mu)];
const solved = (sign: number, h: number) =>
  arms.map((mus) =>
    mus
      .map((mu) => ({ mu, lambda: (2 * Math.atanh(mu) - h) / mu }))
      .map((row) => ({ ...row, lambda: sign * row.lambda }))
      .filter((row) => Math.abs(row.lambda) <= 4.1),
  );
const middle = [-4, 4].map((lambda) => ({ lambda, mu: 0 }));
const theory = evidence
  ? solved(1, evidence)
  : [...solved(1, 0), ...solved(-1, 0), middle];

// Starts that came to the same are one dot. At ±2 nothing settles.
const dots = (a: number) =>
  forked
    .filter((row) => row.a === a && Math.abs(row.lambda) !== 2)
    .flatMap(({ lambda, mus }) => {
      const two = mus.map((mu) => Math.round(50 * mu) / 50);
      return [...new Set(two)].map((mu) => ({ lambda, mu }));
    });
const place = { x: 'lambda', y: 'mu' };
const word = (lambda: number, mu: number, text: string) => [
  { lambda, mu, text },
];
const text = { ...place, text: 'text', textAnchor: 'start' };
show(
  'fork',
  Plot.plot({
    title:
      'Where twenty nodes end, by the eigenvalue of their couplings',
    x: {
      label: 'eigenvalue λ of the couplings',
      domain: [-4.1, 4.1],
    },
    y: {
      label: 'agreement μ with the pattern',
      domain: [-1.2, 1.2],
    },
    marks: [
      bound({ x: 1, label: 'monotone: λ < 1' }),
      theory.map((arm) =>
        curve(arm, { ...place, ink: ink.theory, dashed: true }),
      ),
      Plot.dot(dots(1), { ...place, fill: ink.baseline, r: 4 }),
      Plot.dot(dots(alpha), {
        ...place,
        fill: ink.mechanism,
        r: 2.5,
      }),
      Plot.text(word(-1.85, 0.6, 'α = 1, undamped'), {
        ...text,
        fill: ink.baseline,
      }),
      Plot.text(word(-1.85, 0.22, `α = ${alpha}, damped`), {
        ...text,
        fill: ink.mechanism,
      }),
    ],
  }),
);
