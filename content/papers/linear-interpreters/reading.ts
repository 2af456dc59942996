import * as tf from '@tensorflow/tfjs';
import { check, images, linalg, show, slider, toNumber } from 'lab';
import { best } from './fixed';
import { halve, interpreter, pass } from './mechanism';
import { digits, enlarged, superRes, unit } from './networks';

type T = tf.Tensor;

export const image = slider('image', {
  label: 'image, 0 to 9 is its digit',
  min: 0,
  max: 39,
  value: 0,
  step: 1,
});
const row = slider('row', {
  label: 'row of output pixels',
  min: 0,
  max: 13,
  value: 6,
  step: 1,
});

// F of four images; its rows are what each output pixel reads.
const shown = [0, 1, 2, 3].map((i) => (image + i) % 40);
const x0 = halve(digits.gather(shown));
const { F, r, y } = interpreter(superRes, unit, x0);
const pixels = [1, 3, 5, 7, 9, 11, 13];
const kernels = (F: T) =>
  F.gather(pixels.map((column) => 14 * row + column)).reshape([
    -1, 7, 7,
  ]);
const one = best.slice([0], [49]).transpose();
const maps = F.unstack();
const read = shown.map((i, at) => [
  i < 10 ? `F of the ${i}` : `F of image ${i}`,
  kernels(maps[at]),
]);
show(
  'kernels',
  await images(
    { 'best for all': kernels(one), ...Object.fromEntries(read) },
    {
      title: `What seven pixels of row ${row} read`,
      columns: pixels.map((column) => `${column}`),
      palette: 'diverging',
      range: [-1.5, 1.5],
    },
  ),
);

// F = Σ s u vᵀ: what goes in, and what then comes out.
const { u, s, v } = await linalg.svd(maps[0]);
const six = (vectors: number[][], side: number) =>
  tf
    .tensor2d(vectors)
    .transpose()
    .slice([0], [6])
    .reshape([6, side, side, 1]);
const directions = {
  'in: v': enlarged(six(v, 7)).squeeze([3]),
  'out: u': six(u, 14).squeeze([3]),
};
show(
  'svd',
  await images(directions, {
    title: 'The six directions that F amplifies most',
    columns: s.slice(0, 6).map((gain) => `× ${gain.toFixed(0)}`),
    palette: 'diverging',
    range: [-0.4, 0.4],
  }),
);

const far = async (found: T, truth: T) =>
  toNumber(found.sub(truth).abs().greater(0.01).sum());
const seen = x0.reshape([-1, 49, 1]);
const replay = tf.matMul(F, seen).squeeze([2]).add(r);
check(
  'of 784 output pixels, those that F x + r gives otherwise',
  await far(replay, y),
  {
    below: 1,
    because: 'formula (1) is exact: no step of it is approximate',
    breaks: { unit: 'decided by each signal' },
  },
);

// Back-propagation from each of 196 outputs of the first image.
const copies = tf.tile(x0.slice([0], [1]), [196, 1, 1, 1]);
const slopes = tf.grad((x: T) => {
  const [y] = pass(superRes, unit, [x, copies], 1).at(-1)!;
  return y.reshape([196, 196]).mul(tf.eye(196)).sum();
})(copies);
check(
  'of 9,604 slopes ∂y/∂x, those that F gives otherwise',
  await far(maps[0], slopes.reshape([196, 49])),
  {
    below: 1,
    because: 'formula (4): a ReLU has slope 1 or 0, as decided',
    breaks: { unit: 'decided by each signal' },
  },
);
