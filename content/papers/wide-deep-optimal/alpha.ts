import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, mean, random, select } from 'lab';
import { steps, theory, toArray, toNumber } from 'lab';
import { logPsi, more } from './experiment';
import { apart, bayes, flip, logDelta } from './islands';
import { side, test, wrong, y } from './islands';
import { logits, reader } from './kernel';
import { deepen, exponent, logSigma, ntk, vote } from './mechanism';

type T = tf.Tensor;

const d = select('d', {
  label: 'dimension d that the theory takes',
  options: [2, 3, 4],
});

// Activations from nearly linear to nearly cubic.
const shares = [0.9, 0.8, 0.7, 0.6, 0.5, 0.35, 0.2, 0.06, 0.01];
const family = shares.map((c) => [0, c, 0, 1 - c]);
const kernels = ntk(logits, family, 150);
const atDepth = deepen(kernels, more).unstack();
const psi = logSigma(kernels.logit).unstack();

// α < d, n = ∞: an integral over the square, as a sum over the
// grid, in which a point's own cell is a disc of the same area.
const own = tf.eye(side ** 2);
const between = reader(logDelta(test, test));
const height = test.slice([0, 2]).squeeze([1]);
const area = height.pow(3).div(side ** 2);
const rim = reader(area.div(2 * Math.PI).log());
function smoothed(table: T, alpha: number) {
  const disc = rim(table).add(Math.log(d / (d - alpha)));
  const others = between(table).mul(tf.sub(1, own));
  return wrong(vote(others.add(own.mul(disc)), bayes));
}

// α > d, n = ∞: only near labels count. Their distances, to the
// power d, are the arrivals Γ₁ < Γ₂ < … of a Poisson process.
const most = 200;
const gaps = random.uniform([2000, most], 1e-6, 1).log().neg();
const arrivals = tf.cumsum(gaps, 1).log();
const labels = random.flip(tf.ones([2000, most]), flip);
function nearOnes(alpha: number) {
  const power = alpha / d;
  const near = arrivals.mul(-power).exp().mul(labels).sum(1);
  const far = most ** (1 - power) / (power - 1);
  const sum = near.add((1 - 2 * flip) * far);
  return toNumber(sum.lessEqual(0).mean());
}
const lawOf = (i: number, alpha: number) =>
  alpha < d ? smoothed(psi[i], alpha) : nearOnes(alpha);

const valley = chart('valley', {
  title: 'Where the error goes as data grow, exponent by exponent',
  over: 'alpha',
  x: {
    type: 'log',
    label: 'exponent α of the kernel',
    ticks: [1, 2, 3, 4, 6, 8],
  },
  y: {
    label: 'disagreement with the Bayes rule, %',
    percent: true,
  },
  bounds: [{ x: d, label: 'α = d' }],
  lines: {
    n100: { label: 'n = 100', as: 'series 1' },
    n500: { label: 'n = 500', as: 'series 2' },
    n2000: 'n = 2,000',
    law: theory('n = ∞'),
  },
});

// All 2,000 points, or the mean over sets of n of them.
const sizes = [100, 200, 500, 1000, 2000];
const sets = (n: number) => 2000 / n;
const ballots = tf.concat(
  sizes.map((n) => {
    const set = tf.range(0, 2000).div(n).floor().expandDims(1);
    const members = set.equal(tf.range(0, sets(n)));
    return members.mul(y.expandDims(1));
  }),
  1,
);
const pairs = reader(apart);
async function errors(logKernel: T) {
  const misses = vote(logKernel, ballots).mul(bayes).lessEqual(0);
  const shares = await toArray<number[]>(misses.mean(0));
  return sizes.map((n) => mean(shares.splice(0, sets(n))));
}
function nearestLabels(n: number) {
  const each = apart.reshape([side ** 2, sets(n), n]).argMin(2);
  const index = each.add(tf.range(0, sets(n)).mul(n));
  return wrong(y.gather(index.toInt()));
}
for await (const i of steps([...family.keys()], 'activations')) {
  const alpha = exponent(family[i]);
  const [n100, , n500, , n2000] = await errors(pairs(atDepth[i]));
  const law = alpha === d ? 0 : await lawOf(i, alpha);
  valley.add({ alpha, n100, n500, n2000, law });
}

const network = await errors(pairs(logPsi));
const hilbert = await errors(apart.neg());
const neighbour = await Promise.all(sizes.map(nearestLabels));
chart(
  'growth',
  {
    title: 'Error as data grow, for the activation of the control',
    over: 'n',
    x: { type: 'log', label: 'training points n' },
    y: {
      label: 'disagreement with the Bayes rule, %',
      percent: true,
      domain: [0, 32],
    },
    lines: {
      neighbour: baseline('nearest label'),
      hilbert: theory('Hilbert estimate'),
      network: 'network',
    },
  },
  sizes.map((n, i) => ({
    n,
    neighbour: neighbour[i],
    hilbert: hilbert[i],
    network: network[i],
  })),
);

check(
  'error with 2,000 points, over that with 100',
  network[4] / network[0],
  {
    below: 0.7,
    because: 'at α = d the classifier is consistent',
    breaks: { linear: 0.01 },
  },
);
const beyond = valley.rows.filter(({ alpha }) => alpha > 3);
const off = beyond.map(({ n2000, law }) => Math.abs(n2000 - law));
check(
  'mean distance from n = ∞ of the errors beyond α = 3',
  mean(off),
  {
    below: 0.06,
    because: 'only the nearest labels count, by ranks to −α/d',
    breaks: { d: 4 },
  },
);
