import * as tf from '@tensorflow/tfjs';
import { chart, check, linalg, mean, random, select } from 'lab';
import { slider, theory } from 'lab';
import { gram, learnAll, sphere, standardise } from './learner';
import { allKeys, attentionFeatures } from './mechanism';
import { attentionKernel, biasedKappa } from './mechanism';
import { leftByMean } from './mechanism';

const c = slider('c', {
  label: 'mean c',
  min: 0,
  max: 8,
  value: 1,
  step: 0.25,
});
const direction = select('direction', {
  label: 'mean of W',
  options: ['the identity', 'a random rotation'],
});

// Three keys in d = 8 dimensions; 384 samples, and 160 to test.
const [d, N, n, S, M] = [8, 3, 384, 544, 300];
const [query, keys] = [sphere([S, d]), sphere([S, N, d])];
const beta = sphere([8, d]).transpose();
const along = tf.matMul(keys.reshape([S * N, d]), beta);
const value = along.reshape([S, N, 8]);
const met = tf.matMul(keys, query.expandDims(2)); // ⟨x₀, xᵢ⟩
const square = standardise(value.square().mean(1), n);
const pair = standardise(value.mul(met).mean(1), n);
const targets = tf.concat([square, pair], 1);

// The mean W₀: the identity for the coordinates, 0 for the 1.
const { u } = await linalg.svd(random.normal([d, d]));
const turn =
  direction === 'the identity' ? tf.eye(d) : tf.tensor2d(u);
const W0 = turn.pad([
  [0, 1],
  [0, 1],
]);
const score = tf
  .matMul(keys, tf.matMul(query, turn).expandDims(2))
  .squeeze([2]);
const W = random.normal([M, d + 1, d + 1], 0, 1 / 2);
const pool = allKeys(N);
const means = [...new Set([0, 0.5, 1, 2, 4, 8, 16, 64, c])];
means.sort((a, b) => a - b);
const kernels = means.flatMap((c) =>
  tf.tidy(() => {
    const kappa = biasedKappa(score.mul(c), n, 8);
    const biased = W.add(W0.mul(c));
    return [
      attentionKernel(query, keys, pool, n, kappa),
      gram(attentionFeatures(query, keys, biased, pool), n),
    ];
  }),
);

interface Row {
  c: number;
  square: number;
  pair: number;
  squareLimit: number;
  pairLimit: number;
}
const sweep = chart('mean', {
  title: 'A mean of W, and which target it helps',
  over: 'c',
  x: {
    type: 'symlog',
    constant: 0.25,
    label: 'mean c of W',
    ticks: [0, 1, 2, 4, 8, 16, 64],
    tickFormat: '~g',
  },
  y: { label: 'test error / variance', domain: [0, 1.05] },
  bounds: [{ y: 1 }, { y: leftByMean(d, N) }],
  lines: {
    squareLimit: { ...theory(''), dots: false },
    pairLimit: { ...theory(''), dots: false },
    square: { label: 'f₁,₂', as: 'series 2', dots: 'only' },
    pair: { label: 'f₂,₁', dots: 'only' },
  },
});
let rows: Row[] = [];
const all = tf.stack(kernels.map(() => targets));
await learnAll(kernels, all, 32, (_, errors) => {
  const of = (e: number[]) => [
    mean(e.slice(0, 8)),
    mean(e.slice(8)),
  ];
  rows = means.map((c, i) => {
    const [squareLimit, pairLimit] = of(errors[2 * i]);
    const [square, pair] = of(errors[2 * i + 1]);
    return { c, square, pair, squareLimit, pairLimit };
  });
});
sweep.add(...rows);

const [none, chosen] = [sweep.at(0), sweep.at(c)];
check(
  'error at f₂,₁ with the mean, of that without',
  chosen.pair / none.pair,
  {
    below: 0.95,
    because: 'the mean puts ⟨x₀, xᵢ⟩ into every score',
    breaks: { direction: 'a random rotation' },
  },
);
check(
  'error at f₁,₂ with the mean, of that without',
  chosen.square / none.square,
  {
    above: 1.25,
    because: 'f₁,₂ does not depend on the query',
    breaks: { c: 0 },
  },
);
check(
  'error at f₂,₁ with a mean of 64, of formula 10',
  sweep.at(64).pair / leftByMean(d, N),
  {
    near: 1,
    within: 0.4,
    because:
      'in the limit all heads are one, and half of it is noise',
    breaks: { direction: 'a random rotation' },
  },
);
