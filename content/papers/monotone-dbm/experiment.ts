import * as tf from '@tensorflow/tfjs';
import { check, random, slider, steps, toArray } from 'lab';
import { variant } from 'lab';
import { averaged, couplings, damped } from './mechanism';
import { membership } from './mechanism';

const solvers = { prox: damped, average: averaged };
const step = variant('step', solvers, { label: 'damped step' });
export const alpha = slider('alpha', {
  label: 'damping α',
  min: 0.1,
  max: 1,
  value: 0.4,
  step: 0.05,
});
export const evidence = slider('evidence', {
  label: 'evidence h for the pattern',
  min: 0,
  max: 3,
  value: 0,
  step: 0.1,
});

// Twenty nodes of two states. Φ has one eigenvalue λ, whose vector
// is a random pattern of signs; the others are −λ/19.
const n = 20;
const seg = membership(Array(n).fill(2));
const signs = random.signs([n, 1]);
const pattern = signs.mul([[0.5, -0.5]]).reshape([1, 2 * n]);
const A = pattern.mul(Math.sqrt(2 / (n - 1)));
const phi = couplings(A, seg).neg(); // λ = 1
const bias = pattern.mul(evidence);

// One row is one machine, one damping and one start.
const starts = [-0.9, -0.3, 0.3, 0.9];
const every = (from: number, to: number, by: number) =>
  Array.from(
    { length: 1 + (to - from) / by },
    (_, i) => from + by * i,
  );
const pairs = (lambdas: number[], alphas: number[]) =>
  lambdas.flatMap((lambda) => alphas.map((a) => ({ lambda, a })));
const fork = pairs(every(-4, 4, 0.25), [1, alpha]);
const grid = pairs(
  every(-15, 5, 1).filter((lambda) => lambda !== 2),
  [0.1, 0.15, 0.22, 0.32, 0.46, 0.68, 1],
);
const rows = [...fork, ...grid].flatMap((machine) =>
  starts.map((start) => ({ ...machine, start })),
);
const column = (field: 'lambda' | 'a' | 'start') =>
  tf.tensor2d(rows.map((row) => [row[field]]));
const [lambda, a] = [column('lambda'), column('a')];

// μ, from −1 to 1: how far q agrees with the pattern.
const mu = (q: tf.Tensor) =>
  q
    .mul(pattern)
    .sum(1)
    .mul(2 / n);
const noise = random.uniform([rows.length, n], -0.1, 0.1);
const first = tf.matMul(
  noise.add(column('start')),
  seg,
  false,
  true,
);
const q = tf.variable(first.mul(pattern).add(0.5));
const before = tf.variable(q);
for await (const _ of steps(60, 'iterating')) {
  const field = tf.matMul(q, phi).mul(lambda).add(bias);
  before.assign(q);
  q.assign(step(q, field, a, seg, 4));
}
const ends = await toArray<number[]>(mu(q));
const moves = await toArray<number[]>(q.sub(before).abs().max(1));

/** What became of the starts of each machine. */
const outcomes = [...fork, ...grid].map((machine, i) => {
  const [from, to] = [4 * i, 4 * i + 4];
  const mus = ends.slice(from, to);
  const apart = Math.max(...mus) - Math.min(...mus);
  return {
    ...machine,
    mus,
    apart,
    move: Math.max(...moves.slice(from, to)),
  };
});
export const forked = outcomes.slice(0, fork.length);
export const map = outcomes.slice(fork.length);

const at = (lambda: number) =>
  forked.find((row) => row.lambda === lambda && row.a === alpha)!;
check('distance of the two answers at λ = 3', at(3).apart, {
  near: 1.717,
  within: 0.05,
  because: 'formula (7) has the answers μ = ±0.858 there',
  breaks: { evidence: 2 },
});
