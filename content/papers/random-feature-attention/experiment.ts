import * as tf from '@tensorflow/tfjs';
import { bound, check, curve, ink, mean, Plot, random } from 'lab';
import { show, slider, variant } from 'lab';
import { gram, learnAll, sphere } from './learner';
import { allKeys, attentionFeatures } from './mechanism';
import { attentionKernel, firstKey } from './mechanism';
import { mlpFeatures, mlpKernel } from './mechanism';
import { d, n, order, S, wanted } from './targets';

type T = tf.Tensor;

const heads = slider('heads', {
  label: 'heads M',
  min: 5,
  max: 400,
  value: 300,
  step: 1,
  scale: 'log',
});
const pools = { 'all keys': allKeys, 'the first key': firstKey };
const pool = variant('pool', pools, { label: 'a head averages' });

// Twelve regressions: 2, 4 or 8 keys; attention or the MLP, each
// with M(d + 1) values, and then with infinitely many.
const kernels: T[] = [];
const targets: T[] = [];
for (const N of [2, 4, 8]) {
  const [query, keys] = [sphere([S, d]), sphere([S, N, d])];
  const W = random.normal([heads, d + 1, d + 1], 0, 1 / 2);
  const w = random.normal([(N + 1) * d + 1, heads * (d + 1)]);
  const p = pool(N);
  const four = tf.tidy(() => [
    gram(attentionFeatures(query, keys, W, p), n),
    gram(mlpFeatures(query, keys, w), n),
    attentionKernel(query, keys, p, n),
    mlpKernel(query, keys, n),
  ]);
  kernels.push(...four);
  const y = wanted(query, keys);
  targets.push(y, y, y, y);
}

interface Row {
  samples: number;
  attention: number;
  mlp: number;
  limit: number; // infinitely many heads
  mlpLimit: number;
}
const limit = { ink: ink.theory, dashed: true, dots: false };
const ours = { ink: ink.mechanism, dots: 'only' } as const;
const theirs = { ink: ink.baseline, dots: 'only' } as const;
export const runs = [2, 4, 8].map((N) => ({
  N,
  rows: [] as Row[],
}));
const x = 'samples';
const most = 1 - 36 ** 2 / (8 * 204); // 8 keys that count 1 … 8
const count = (heads * (d + 1)).toLocaleString('en');
const draw = () =>
  show(
    'curves',
    Plot.plot({
      title: `Attention and MLP, ${count} trained values each`,
      x: { type: 'log', label: 'samples learnt n' },
      y: { type: 'log', label: 'test error / variance' },
      marks: [
        order ? bound({ y: most, label: 'no order, 8 keys' }) : [],
        runs.map(({ N, rows }) => [
          curve(rows, { x, y: 'mlpLimit', ...limit }),
          curve(rows, { x, y: 'limit', ...limit }),
          curve(rows, {
            x,
            y: 'mlp',
            label: `MLP, ${N} keys`,
            ...theirs,
          }),
          curve(rows, {
            x,
            y: 'attention',
            label: N === 8 ? 'attention' : '',
            ...ours,
          }),
        ]),
      ],
    }),
  );
const drawn = [16, 32, 48, 64, 80, 96, 128, 160, 192, 256, 320, n];
await learnAll(kernels, tf.stack(targets), 16, (samples, all) => {
  if (!drawn.includes(samples)) return;
  for (const [i, { rows }] of runs.entries()) {
    const four = all.slice(4 * i, 4 * i + 4).map(mean);
    const [attention, mlp, limit, mlpLimit] = four;
    rows.push({ samples, attention, mlp, limit, mlpLimit });
  }
  draw();
});

/** How many samples bring the error below one half. */
export function halfway(N: number, line: 'attention' | 'mlp') {
  const { rows } = runs.find((run) => run.N === N)!;
  const i = rows.findIndex((row) => row[line] < 0.5);
  if (i < 1) return rows[i]?.samples ?? Number.NaN;
  const [a, b] = [rows[i - 1], rows[i]];
  const part = (a[line] - 0.5) / (a[line] - b[line]);
  return a.samples * (b.samples / a.samples) ** part;
}
const last = runs[2].rows.at(-1)!;
check('test error of attention with 8 keys', last.attention, {
  below: 0.05,
  because: 'its features are sums over the keys, as the target is',
  breaks: { pool: 'the first key' },
});
check('test error of the MLP with 8 keys', last.mlp, {
  above: 0.5,
  because: '384 samples are fewer than its 703 polynomials',
  breaks: { target: '⟨β, x⟩' },
});
check(
  'samples that attention needs with 8 keys, relative to 2',
  halfway(8, 'attention') / halfway(2, 'attention'),
  {
    between: [0.7, 1.6],
    because: 'no feature of a head depends on the number of keys',
    breaks: { pool: 'the first key' },
  },
);
