import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, mean, random } from 'lab';
import { select, theory } from 'lab';
import { gram, learnAll, sphere, standardise } from './learner';
import { allKeys, attentionFeatures } from './mechanism';
import { attentionKernel, mlpFeatures } from './mechanism';
import { mlpKernel } from './mechanism';

const n = select('learnt', {
  label: 'samples n',
  options: [64, 128, 256],
});

// Four keys in d = 4 dimensions; n samples to learn, 192 to test.
const [d, N, S] = [4, 4, n + 192];
const [query, keys] = [sphere([S, d]), sphere([S, N, d])];
const along = keys.mul(sphere([8, 1, 1, d])).sum(3);
const y = standardise(along.square().mean(2).transpose(), n);

// Of the widest layer of each kind, the first M heads, or M(d + 1)
// hidden units: as many trained values.
const counts = [5, 10, 20, 40, 80, 160, 320];
const W = random.normal([320, d + 1, d + 1], 0, 1 / 2);
const w = random.normal([(N + 1) * d + 1, 320 * (d + 1)]);
const pool = allKeys(N);
const layers = [
  attentionFeatures(query, keys, W, pool),
  mlpFeatures(query, keys, w),
];
const kernels = [
  attentionKernel(query, keys, pool, n),
  mlpKernel(query, keys, n),
];
for (const layer of layers) {
  for (const M of counts) {
    kernels.push(gram(layer.slice([0, 0], [-1, M * (d + 1)]), n));
  }
}

const wide = chart('heads', {
  title: 'How many heads are as good as infinitely many',
  over: 'M',
  x: { type: 'log', label: 'heads M' },
  y: { type: 'log', label: `test error after ${n} samples` },
  bounds: [{ x: n / (d + 1), label: 'n trained values' }],
  lines: {
    mlpLimit: { ...theory(''), dots: false },
    limit: { ...theory(''), dots: false },
    mlp: { ...baseline('MLP'), dots: 'only' },
    attention: { label: 'attention', dots: 'only' },
  },
});
let errors: number[] = [];
const same = tf.stack(kernels.map(() => y));
await learnAll(kernels, same, 32, (_, now) => {
  errors = now.map(mean);
});
const [limit, mlpLimit, ...rest] = errors;
wide.add(
  ...counts.map((M, i) => ({
    M,
    limit,
    mlpLimit,
    attention: rest[i],
    mlp: rest[counts.length + i],
  })),
);

check(
  'error of 320 heads, relative to infinitely many',
  wide.last.attention / limit,
  {
    near: 1,
    within: 0.3,
    because: '1,600 trained values are far more than 64 samples',
    breaks: { learnt: 256 },
  },
);
