import * as tf from '@tensorflow/tfjs';
import { check, images, random, select, show, toNumber } from 'lab';
import { initial } from './damage';
import { type Axis, type Branch, multiAxis } from './mechanism';
import { reachOfOne } from './mechanism';

const size = (key: string, label: string) =>
  select(key, { label, options: [2, 4, 8], value: 4 });
const b = size('block', 'side b of a block');
const g = size('grid', 'side g of the grid');
const side = select('side', {
  label: 'side of the picture',
  options: [16, 32, 64],
});
const third = select('third', {
  label: 'the third column mixes along',
  options: ['both axes', 'blocks twice', 'the grid twice'],
});

// Random weights: who could hear of one pixel, whatever was learnt?
const C = 4;
const sizes = { block: b, grid: g };
const columns: [string, Axis[]][] = [
  ['blocks', ['block', 'block']],
  ['grid', ['grid', 'grid']],
  [
    third,
    third === 'both axes'
      ? ['grid', 'block']
      : third === 'blocks twice'
        ? ['block', 'block']
        : ['grid', 'grid'],
  ],
];
const before = random.normal([1, side, side, C]);
const at = Math.floor(side * 0.4);
const place = tf.oneHot(at, side).toFloat();
const pixel = place.reshape([side, 1]).mul(place);
const push = random.normal([C], 0, 4).mul(pixel.expandDims(2));
const after = before.add(push);

/** The pixels that one layer and two layers change: [2, side, side]. */
function reached(axes: Axis[]) {
  const branches: Branch[] = axes.map((axis) => ({
    axis,
    size: sizes[axis],
  }));
  const w = initial(
    random,
    C,
    branches.map(({ size }) => size),
    { gate: 0.5, small: 1 },
  );
  const one = (x: tf.Tensor) => multiAxis(x, w, '1', branches);
  const two = (x: tf.Tensor) => multiAxis(one(x), w, '2', branches);
  const moved = [one, two].map((layers) =>
    layers(after).sub(layers(before)).abs().max(3).greater(1e-7),
  );
  return tf.concat(moved).toFloat();
}

const maps = columns.map(([, axes]) =>
  tf.tidy(() => reached(axes)),
);
const [one, two] = tf.unstack(tf.stack(maps), 1);
// The pushed pixel is darker than those that hear of it.
const drawn = (x: tf.Tensor) => x.mul(0.6).add(pixel.mul(0.4));
show(
  'reach',
  await images(
    { 'one layer': drawn(one), 'two layers': drawn(two) },
    {
      title: `Pixels that hear of the dark one, of ${side}²`,
      columns: columns.map(([name]) => name),
      range: [0, 1],
    },
  ),
);

const count = (map: tf.Tensor) => toNumber(map.slice([2]).sum());
const first = await count(one);
const law = reachOfOne(b, g);
check('pixels one layer reaches, over b² + g² − 1', first / law, {
  near: 1,
  within: 0.02,
  because: 'formula (6): a block and a comb share one pixel',
  breaks: { third: 'blocks twice' },
});
const second = await count(two);
check('pixels that two layers leave out', side ** 2 - second, {
  below: 16,
  because: 'every cell of the comb is filled when b·g = 16',
  breaks: { side: 32 },
});
