import * as tf from '@tensorflow/tfjs';
import { bound, check, ink, linalg, Plot, random } from 'lab';
import { select, show, slider, variant } from 'lab';
import { capped, couplings, membership } from './mechanism';
import { uncapped } from './mechanism';

const cap = variant(
  'cap',
  { capped, uncapped },
  { label: 'columns of A' },
);
export const kind = select('couplings', {
  options: ['monotone', 'Hebbian', 'sign turned'],
});
const margin = slider('margin', {
  label: 'margin m',
  min: 0.05,
  max: 0.9,
  value: 0.1,
  step: 0.05,
});
// Twenty nodes of three states. Hebbian: three patterns attract,
// as strongly as the monotone machine's strongest eigenvalue.
const [n, k] = [20, 3];
export const seg = membership(Array(n).fill(k));
const A = random.normal([3, n * k]);
const monotone = couplings(cap(A, seg, margin), seg);
const stored = tf.oneHot(
  random.integers([3, n], 0, k),
  k,
  1,
  0,
  'float32',
);
const V = stored.sub(1 / k).reshape([3, n * k]);
const attract = couplings(V, seg).neg();
export const bias = random.normal([1, n * k], 0, 0.1);

const eigenvalues = async (phi: tf.Tensor) =>
  (await linalg.eigh(phi)).values;
const spectrum = await eigenvalues(monotone);
const raw = await eigenvalues(attract);
const radius = Math.max(...spectrum.map(Math.abs));
export const hebbian = attract.mul(radius / raw[0]);
const phis = {
  monotone,
  'sign turned': monotone.neg(),
  Hebbian: hebbian,
};
export const phi = phis[kind];

const ticks = (values: number[], machine: string) =>
  [
    ...new Set(
      values.map((value) => Math.round(200 * value) / 200),
    ),
  ].map((value) => ({ value, machine }));
show(
  'spectrum',
  Plot.plot({
    title: 'All eigenvalues of the couplings',
    x: { label: 'eigenvalue' },
    y: { label: null, domain: ['monotone', 'Hebbian'] },
    marks: [
      bound({ x: 1, label: '1' }),
      Plot.tickX(ticks(spectrum, 'monotone'), {
        x: 'value',
        y: 'machine',
        stroke: ink.mechanism,
      }),
      Plot.tickX(ticks(await eigenvalues(hebbian), 'Hebbian'), {
        x: 'value',
        y: 'machine',
        stroke: ink.baseline,
      }),
    ],
  }),
);
check('smallest eigenvalue of I − Φ', 1 - spectrum[0], {
  above: 0.05,
  because: 'formula (4) keeps it above m, which is 0.1',
  breaks: { cap: 'uncapped' },
});
