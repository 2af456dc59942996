import * as tf from '@tensorflow/tfjs';
import { check, ink, linalg, Plot, select, show } from 'lab';
import { slider, toArray } from 'lab';
import { mapError, stream } from './mechanism';
import { d, deep, images, layers, shallow } from './networks';

const pairing = select('pairing', {
  label: 'both networks see',
  options: ['the same images', 'different images'],
});
const ridge = slider('ridge', {
  label: 'ridge λ',
  min: 0.001,
  max: 10,
  value: 0.1,
  scale: 'log',
});

// The states of all layers of the deep network side by side, and
// of each layer of the shallow one, with a column of ones.
const below = stream(images, shallow).states.slice(1);
const above = tf.concat(stream(images, deep).states.slice(1), 1);
const turned = pairing === 'the same images' ? 0 : 1;
const targets = tf.concat([
  above.slice([turned]),
  above.slice([0], [turned]),
]);
const [fitted, scored] = [600, 400];

// One ridge regression for each shallow layer, to all deep ones.
const errors: number[][] = [];
for (const h of below) {
  const x = h.concat(tf.ones([1000, 1]), 1);
  const train = x.slice([0], [fitted]);
  const gram = tf.matMul(train, train, true);
  const right = tf.matMul(
    train,
    targets.slice([0], [fitted]),
    true,
  );
  const W = await linalg.solve(
    gram.add(tf.eye(d + 1).mul(ridge)) as tf.Tensor2D,
    right as tf.Tensor2D,
  );
  const found = tf.matMul(
    x.slice([fitted], [scored]),
    tf.tensor2d(W),
  );
  const exact = targets.slice([fitted], [scored]);
  errors.push(await toArray<number[]>(mapError(found, exact, d)));
}

const rows = errors.flatMap((list, j) =>
  list.map((error, l) => {
    return { l: l + 1, j: j + 1, error, told: 1 - error ** 2 };
  }),
);
const best = Array.from({ length: layers }, (_, l) => {
  const column = rows.filter((row) => row.l === l + 1);
  return column.reduce((a, b) => (b.error < a.error ? b : a));
});
const at = { x: 'l', y: 'j' };
show(
  'maps',
  Plot.plot({
    title: 'Which shallow layer best predicts each deep one',
    height: 230,
    x: { label: 'layer of the deep network', ticks: 12 },
    y: { label: 'layer of the shallow network', reverse: true },
    color: { label: 'told, 1 − ε²', legend: true },
    marks: [
      Plot.cell(rows, { ...at, fill: 'told', inset: 1 }),
      Plot.dot(best, { ...at, r: 6, fill: ink.paper }),
      Plot.dot(best, { ...at, r: 3, fill: ink.mechanism }),
    ],
  }),
);

/** The correlation of ranks, ties sharing theirs; 0 of a constant. */
function spearman(xs: number[], ys: number[]) {
  const ranks = (list: number[]) =>
    list.map((v) => {
      const less = list.filter((u) => u < v).length;
      const same = list.filter((u) => u === v).length;
      return less + (same - 1) / 2;
    });
  const [a, b] = [ranks(xs), ranks(ys)];
  const centre = (xs.length - 1) / 2;
  const product = (u: number[], v: number[]) =>
    u.reduce((s, r, i) => s + (r - centre) * (v[i] - centre), 0);
  const size = Math.sqrt(product(a, a) * product(b, b));
  return size === 0 ? 0 : product(a, b) / size;
}
const order = spearman(
  best.map(({ l }) => l),
  best.map(({ j }) => j),
);
check(
  'rank correlation of a layer and the one that tells it',
  order,
  {
    above: 0.7,
    because: 'early layers answer to early ones, late ones to late',
    breaks: { network: 'random' },
  },
);
check(
  'least error of a map to the last layer',
  best.at(-1)!.error,
  {
    below: 0.7,
    because: 'what both know of a digit, a linear map carries over',
    breaks: { pairing: 'different images' },
  },
);
