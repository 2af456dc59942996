import * as tf from '@tensorflow/tfjs';
import { chart, check, slope, theory, toArray, variant } from 'lab';
import { deepen, design, logSigma, ntk } from './mechanism';
import { withoutMiddle } from './mechanism';

type T = tf.Tensor;

const activation = variant(
  'middle',
  { kept: design, dropped: withoutMiddle },
  { label: 'the term h₂ of formula (6) is' },
);

// The kernel depends on δ = 1 − ξ alone: a table of 512 values.
const [least, most] = [Math.log(1e-8), Math.log(0.9)];
const logDeltas = tf.linspace(least, most, 512);
export const logits = logDeltas.exp().neg().log1p().sub(logDeltas);

/** Reads tables at δ: between two entries, in a straight line. */
export function reader(logDelta: T) {
  const place = logDelta.sub(least).mul(511 / (most - least));
  const floor = place.clipByValue(0, 510).floor();
  const index = floor.toInt();
  const part = place.sub(floor);
  const step = (table: T) =>
    table.slice([1], [511]).sub(table.slice([0], [511]));
  return (table: T) =>
    table.gather(index).add(step(table).gather(index).mul(part));
}

// ‖x − x′‖² = 2δ. Which power of it does the kernel follow?
const deltas = (await toArray<number[]>(logDeltas)).map(Math.exp);
const distance = deltas.map((delta) => Math.sqrt(2 * delta));
const near = (table: number[]) =>
  table.filter((_, i) => deltas[i] > 1e-6 && deltas[i] < 1e-3);
const logDistance = near(distance).map(Math.log);
const dims = [2, 3, 4, 5, 6, 8];
const { logit, logNtk } = ntk(logits, dims.map(activation), 100);
const tables = await toArray<number[][]>(logSigma(logit));
const rows = tables.map((table, i) => ({
  d: dims[i],
  law: dims[i],
  alpha: -slope(logDistance, near(table)),
}));
chart(
  'exponents',
  {
    title: 'The exponent of the kernel, design by design',
    over: 'd',
    x: { label: 'd in formula (6)', ticks: dims },
    y: { label: 'exponent α', domain: [0, 9] },
    lines: {
      law: theory('α = d'),
      alpha: { label: 'measured', dots: 'only' },
    },
  },
  rows,
);

const off = rows.map(({ d, alpha }) => Math.abs(alpha - d));
check(
  'largest distance of a measured exponent from d',
  Math.max(...off),
  {
    below: 0.02,
    because: 'formulas (5) and (6): ψ grows as distance to −d',
    breaks: { middle: 'dropped' },
  },
);

// How deep must it be? Beside the limit, networks of finite depth.
const tableAfter = async (more: number) => {
  const table = deepen({ logit, logNtk }, more).gather(0);
  return toArray<number[]>(table.sub(table.gather(511)).exp());
};
const shallow = await tableAfter(0);
const deep = await tableAfter(1e6 - 100);
const psi = await tableAfter(Number.POSITIVE_INFINITY);
const shown = deltas.map((_, i) => i).filter((i) => i % 12 === 0);
chart(
  'kernel',
  {
    title:
      'Deep kernels of d = 2, and their limit of infinite depth',
    over: 'r',
    x: { type: 'log', label: 'distance ‖x − x′‖' },
    y: { type: 'log', label: 'kernel, 1 at the largest distance' },
    lines: {
      shallow: { label: '100 layers', as: 'series 1', dots: false },
      deep: { label: '10⁶ layers', as: 'series 2', dots: false },
      psi: { label: 'limit', dots: false },
      law: theory('slope −2'),
    },
  },
  shown.map((i) => ({
    r: distance[i],
    shallow: shallow[i],
    deep: deep[i],
    psi: psi[i],
    law: psi[200] * (distance[200] / distance[i]) ** 2,
  })),
);
