import * as tf from '@tensorflow/tfjs';
import { bound, check, data, ink, linalg, Plot } from 'lab';
import { parameters, random, select, sgd, show, steps } from 'lab';
import { toArray, toNumber } from 'lab';
import { lodGradient, prefixes, rankMask } from './mechanism';
import { termSizes, together } from './mechanism';

type T = tf.Tensor;

const sampling = select('sampling', {
  label: 'terms drawn',
  options: ['prefixes', 'none', 'subsets'],
});
export const inputs = select('inputs', {
  label: 'the random map learns on',
  options: ['digits', 'even inputs'],
});

// W: 64 × 64 of rank 6, between random orthogonal bases.
const r = 6;
const pixels = 64;
const sigma = [1, 0.85, 0.7, 0.55, 0.4, 0.25];
async function basis() {
  const { u } = await linalg.svd(random.normal([pixels, r]));
  return tf.tensor2d(u);
}
export const svd = {
  left: (await basis()).mul(tf.tensor1d(sigma)),
  right: await basis(),
};
const W = tf.matMul(svd.left, svd.right, false, true);

// A map of full rank, its largest singular value about 1.
export const full = random.normal([pixels, pixels], 0, 1 / 16);

// Σ of digits of 8 × 8 pixels, its largest eigenvalue made 1.
const size = { size: 8, train: 2000, test: 0 } as const;
const { train } = await data.mnist({ ...size, flat: true });
const centred = train.x.sub(train.x.mean(0));
const moment = tf.matMul(centred, centred, true);
export const pca = await linalg.eigh(moment);
export const digits = moment.div(pca.values[0]);

// K of each way to draw, over all draws (subsets: over many).
const sizes = tf.range(1, r + 1);
const shuffled = () =>
  rankMask(sizes, r).gather(
    tf.tensor1d(random.permutation(r), 'int32'),
    1,
  );
const ways: { [name: string]: () => T } = {
  prefixes: () => together(rankMask(sizes, r)),
  none: () => tf.ones([r, r]),
  subsets: () =>
    together(tf.concat(Array.from({ length: 200 }, shuffled))),
};

// Five runs side by side.
const chosen = ways[sampling]();
const plain = ways.none();
const even = tf.eye(pixels);
const aware = inputs === 'digits' ? digits : even;
export const runs = [
  'svd',
  'svd plain',
  'pca',
  'pca plain',
  'aware',
];
const maps = tf.stack([W, W, even, even, full]);
const moments = tf.stack([even, even, digits, digits, aware]);
const K = tf.stack([chosen, plain, chosen, plain, chosen]);
const D = K.mul(tf.eye(r)).sum(1, true);
const target = tf.matMul(maps, moments);
const net = parameters({
  left: random.normal([runs.length, pixels, r], 0, 0.1),
  right: random.normal([runs.length, pixels, r], 0, 0.1),
});

type Row = { step: number; term: string; size: number };
const paths: { [run: string]: Row[] } = { lod: [], plain: [] };
async function look(step: number) {
  const found = await toArray<number[][]>(termSizes(net.values()));
  for (const [i, name] of ['lod', 'plain'].entries())
    for (const [j, size] of found[i].entries())
      paths[name].push({ step, term: `${j + 1}`, size });
  const at = { x: 'step', y: 'size', z: 'term' };
  show(
    'terms',
    Plot.plot({
      title: 'The size of each term during training',
      x: { label: 'step' },
      y: { label: 'size of term j, ‖uⱼ‖‖vⱼ‖' },
      marks: [
        sigma.map((y) => bound({ y })),
        Plot.line(paths.plain, { ...at, stroke: ink.baseline }),
        Plot.line(paths.lod, {
          ...at,
          stroke: ink.mechanism,
          strokeWidth: 1.8,
        }),
      ],
    }),
  );
}

const optimiser = sgd(net, { rate: 0.3, momentum: 0.9 });
for await (const step of steps(180, 'linear maps')) {
  if (step % 10 === 0) await look(step);
  optimiser.apply(lodGradient(net.values(), target, moments, K, D));
}
await look(180);
const { left, right } = net.values();

/** U and V of one run. */
export function factors(run: string) {
  const i = runs.indexOf(run);
  return { left: left.gather(i), right: right.gather(i) };
}
export const trained = { left, right };

const off = prefixes(factors('svd')).sub(prefixes(svd));
const distance = off.square().sum([1, 2]).max().sqrt();
check(
  'distance of a prefix from the SVD cut there, worst',
  (await toNumber(distance)) / Math.hypot(...sigma),
  {
    below: 0.2,
    because: 'formula (3) with Σ = 1: one pair attains all cuts',
    breaks: { sampling: 'none' },
  },
);
const last = paths.lod.slice(-r).map(({ size }) => size);
const wrong = sigma.map((s, j) => Math.abs(last[j] - s));
check(
  'distance of a term’s size from its singular value, worst',
  Math.max(...wrong),
  {
    below: 0.06,
    because: 'term j is what b = j adds to b = j − 1',
    breaks: { sampling: 'subsets' },
  },
);
