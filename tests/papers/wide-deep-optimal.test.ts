import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  deepen,
  design,
  exponent,
  layer,
  logSigma,
  ntk,
  prime,
  vote,
  withoutMiddle,
} from '../../content/papers/wide-deep-optimal/mechanism.ts';
import { closeTo } from './numbers.ts';

const read = (x: tf.Tensor) => x.array() as Promise<number[][]>;
const logitOf = (xi: number[]) => tf.tensor1d(xi.map((x) => Math.log(x / (1 - x))));
const close = closeTo(4);
const dual = (c2: number[], xi: number) => c2.reduce((sum, c, k) => sum + c * xi ** k, 0);
const dualPrime = (c2: number[], xi: number) =>
  c2.reduce((sum, c, k) => sum + (k ? k * c * xi ** (k - 1) : 0), 0);

/** Formula (2) in float64, as it stands. */
function byHand(c2: number[], xi: number, depth: number) {
  let [sigma, K] = [xi, xi];
  for (let l = 0; l < depth; l++) {
    K = dual(c2, sigma) + K * dualPrime(c2, sigma);
    sigma = dual(c2, sigma);
  }
  return { sigma, K };
}

const activations = [
  [0, 0.5, 0, 0.5],
  [0, 0, 1, 0],
  [0.2, 0.4, 0.2, 0.2],
  [0, 0, 0.3, 0.7],
  [0.1, 0.9, 0, 0],
  design(5),
];
const xis = [0.05, 0.3, 0.5, 0.9, 0.999];

test('the coefficients of the derivative', () => {
  expect(prime([0.2, 0.4, 0.2, 0.2])).toEqual([0.4, 0.4, 0.6000000000000001]);
});

test('the exponent is −4 log|A′| / log B′', () => {
  expect(exponent([0, 0.5, 0, 0.5])).toBeCloseTo(2, 9);
  expect(exponent([0, 0.8, 0, 0.2])).toBeCloseTo(1.3264, 4);
  // A′² = 1/4, B′ = 1/4 + 2 · 3/4.
  expect(exponent([0, 0.25, 0.75])).toBeCloseTo((2 * Math.log(4)) / Math.log(1.75), 9);
});

test('formula (6): coefficients sum to one, B′ = 2, α = d', () => {
  for (const d of [2, 3, 4, 7.5]) {
    const c2 = design(d);
    expect(c2.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    expect(prime(c2).reduce((a, b) => a + b)).toBeCloseTo(2, 9);
    expect(exponent(c2)).toBeCloseTo(d, 9);
    expect(c2[0]).toBe(0);
  }
  expect(design(4)).toEqual([0, 0.25, 0.5, 0.25]);
});

test('without its middle term each design has α = 2', () => {
  for (const d of [2, 3, 8]) close(withoutMiddle(d), [0, 0.5, 0, 0.5], 9);
});

test('φ̌ is E φ(u)φ(v): the Hermite series of φ, by simulation', async () => {
  const [, c1, cc, c3] = design(3).map(Math.sqrt);
  const phi = (x: tf.Tensor) =>
    x
      .mul(c1)
      .add(
        x
          .square()
          .sub(1)
          .mul(cc / Math.SQRT2),
      )
      .add(
        x
          .pow(3)
          .sub(x.mul(3))
          .mul(c3 / Math.sqrt(6)),
      );
  const u = tf.randomNormal([200_000], 0, 1, 'float32', 5);
  const z = tf.randomNormal([200_000], 0, 1, 'float32', 6);
  for (const xi of [0.2, 0.5, 0.9]) {
    const v = u.mul(xi).add(z.mul(Math.sqrt(1 - xi ** 2)));
    const [found] = await phi(u).mul(phi(v)).mean().data();
    expect(Math.abs(found - dual(design(3), xi))).toBeLessThan(0.06);
  }
});

test('layer by layer, Σ and K are those of formula (2)', async () => {
  for (const depth of [0, 1, 2, 6]) {
    const found = ntk(logitOf(xis), activations, depth);
    const sigma = await read(logSigma(found.logit));
    const K = await read(found.logNtk);
    for (const [v, c2] of activations.entries())
      for (const [i, xi] of xis.entries()) {
        const truth = byHand(c2, xi, depth);
        expect(sigma[v][i] / Math.log(truth.sigma)).toBeCloseTo(1, 2);
        expect(K[v][i]).toBeCloseTo(Math.log(truth.K), 3);
      }
  }
});

test('one layer is one layer', async () => {
  const logit = logitOf(xis).expandDims(0);
  const one = layer({ logit, logNtk: logSigma(logit) }, [design(3)]);
  const same = ntk(logitOf(xis), [design(3)], 1);
  close((await read(one.logNtk))[0], (await read(same.logNtk))[0]);
});

test('points close together: 1 − Σ grows by B′ a layer, K as on the diagonal', async () => {
  const logit = tf.tensor1d([Math.log(1e8)]);
  const found = ntk(logit, [[0, 0.5, 0, 0.5]], 10);
  const delta = 1 - byHand([0, 0.5, 0, 0.5], 1 - 1e-8, 10).sigma;
  expect(Math.exp((await read(logSigma(found.logit.neg())))[0][0]) / delta).toBeCloseTo(1, 3);
  // 1 + B′ + … + B′ᴸ.
  expect(Math.exp((await read(found.logNtk))[0][0])).toBeCloseTo(2 ** 11 - 1, 0);
});

test('deepening is what the layers would have done', async () => {
  const c2 = [[0, 0.5, 0, 0.5], design(4)];
  const some = ntk(logitOf([0.3, 0.8]), c2, 40);
  const all = await read(ntk(logitOf([0.3, 0.8]), c2, 70).logNtk);
  const more = await read(deepen(some, 30));
  for (const v of [0, 1]) close([more[v][1] - more[v][0]], [all[v][1] - all[v][0]], 3);
});

test('at infinite depth K is ψ, which solves ψ(φ̌(ξ)) = A′² ψ(ξ)', async () => {
  const c2 = design(3);
  const next = dual(c2, 0.7);
  const kernels = ntk(logitOf([0.7, next]), [c2], 60);
  const [[before, after]] = await read(deepen(kernels, Number.POSITIVE_INFINITY));
  expect(after - before).toBeCloseTo(Math.log(c2[1]), 3);
  const [[a, b]] = await read(deepen(kernels, 1e12));
  expect(b - a).toBeCloseTo(after - before, 3);
});

test('a vote is the mean of the labels, weighted by the kernel', async () => {
  const logKernel = tf.tensor2d([
    [Math.log(1), Math.log(2), Math.log(5)],
    [300, 200, 100],
  ]);
  const y = tf.tensor2d([
    [1, 0],
    [-1, 1],
    [1, 1],
  ]);
  const found = await read(vote(logKernel, y));
  close(found[0], [0.5, 7 / 8]);
  close(found[1], [1, 0]);
});
