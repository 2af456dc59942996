import { chart, theory } from 'lab';
import { all, K } from './walks';

// Given its network, a unit is Gaussian of variance G, formula (6).
// Over all networks it is the mean of those Gaussians.
const last = 8; // the ninth layer
const gauss = (x: number, variance: number) =>
  Math.exp(-(x * x) / (2 * variance)) /
  Math.sqrt(2 * Math.PI * variance);
const [n16, n64, n256] = all.map(({ nets }) => {
  const variances = nets[last].map((G) => G / K[last]);
  return (x: number) =>
    variances.reduce((sum, v) => sum + gauss(x, v), 0) /
    variances.length;
});
const xs = Array.from({ length: 81 }, (_, i) => (i - 40) / 6);
const rows = xs.map((x) => ({
  x,
  gauss: gauss(x, 1),
  n16: n16(x),
  n64: n64(x),
  n256: n256(x),
}));
chart('tails', {
  title: 'One preactivation of layer 9, over 200 initialisations',
  over: 'x',
  x: { label: 'preactivation / √K' },
  y: { type: 'log', label: 'density', domain: [1e-7, 2] },
  lines: {
    gauss: { ...theory('Gaussian'), clip: true },
    n256: { label: 'n = 256', as: 'series 2', clip: true },
    n64: { label: 'n = 64', as: 'mechanism' },
    n16: { label: 'n = 16', as: 'series 1' },
  },
}).add(...rows);
