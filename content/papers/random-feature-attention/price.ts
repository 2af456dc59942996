import { bound, check, curve, ink, Plot, show } from 'lab';
import { halfway, runs } from './experiment';
import { polynomials } from './mechanism';
import { d, degree } from './targets';

// The MLP, infinitely wide, with n in units of the polynomials in
// all its inputs, query and keys, up to the degree of the target.
const lines = runs.map(({ N, rows }, i) => {
  const room = polynomials((N + 1) * d, degree);
  const points = rows.map(({ samples, mlpLimit }) => ({
    share: samples / room,
    error: mlpLimit,
    label: `${N} keys`,
  }));
  const at = { x: 'share', y: 'error' };
  const text = { text: 'label', textAnchor: 'end', dx: -4, dy: 12 };
  return [
    curve(points, { ...at, ink: ink.series[i] }),
    Plot.text(points.slice(-1), {
      ...at,
      ...text,
      fill: ink.series[i],
    }),
  ];
});
show(
  'price',
  Plot.plot({
    title: 'The MLP’s three curves, with n counted in polynomials',
    x: {
      type: 'log',
      label: `samples n / polynomials of degree ${degree}`,
    },
    y: { type: 'log', label: 'test error / variance' },
    marks: [bound({ x: 1, label: 'one sample for each' }), lines],
  }),
);
check(
  'samples that the MLP needs with 4 keys, relative to 2',
  halfway(4, 'mlp') / halfway(2, 'mlp'),
  {
    near: 231 / 91,
    within: 0.8,
    because: 'it has to tell 231 polynomials apart, and not 91',
    breaks: { target: '⟨β, x⟩' },
  },
);
