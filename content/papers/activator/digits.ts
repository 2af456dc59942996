import type * as tf from '@tensorflow/tfjs';
import { data, images, nn, show } from 'lab';

// Digits of 14 × 14 pixels in a margin of one, so that they are
// cut into 4 × 4 patches of 4 × 4 pixels: [digits, 16, 16].
const sizes = { size: 14, train: 2000, test: 1000 } as const;
const { train, test } = await data.mnist(sizes);
const margin: [number, number] = [1, 1];
function cut(x: tf.Tensor) {
  const framed = x.squeeze([3]).pad([[0, 0], margin, margin]);
  return nn.patches(framed.sub(0.13).mul(2.5), 4);
}
export const patches = cut(train.x);
export const labels = train.y;
export const testPatches = cut(test.x);
export const testLabels = test.y;

// One digit as the networks get it.
const cells = testPatches.gather(0).div(2.5).add(0.13);
const [a, b, c, e] = cells.reshape([4, 4, 4, 4]).unstack();
show(
  'patches',
  await images(
    { '1 to 4': a, '5 to 8': b, '9 to 12': c, '13 to 16': e },
    {
      title: 'A seven, cut into its sixteen patches',
      range: [0, 1],
    },
  ),
);

/** The way back, ink from 0 to 1: [B, 16, 16] → [B, 16, 16]. */
export function picture(patches: tf.Tensor) {
  const grid = patches.div(2.5).add(0.13).reshape([-1, 4, 4, 4, 4]);
  return grid.transpose([0, 1, 3, 2, 4]).reshape([-1, 16, 16]);
}
