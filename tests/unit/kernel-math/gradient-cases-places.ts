/** The cases of functions that move, pick or filter: see gradient-cases.ts. */
import { constant, type GradientCase, of, type TF } from './gradient-error.ts';

/** Indices, pictures, and a derivative inside a derivative. */
export function placeCases(tf: TF): GradientCase[] {
  const t = constant(tf);
  return [
    // Places.
    of('gather', (x) => tf.square(tf.gather(x, tf.tensor1d([2, 0, 2], 'int32'), 1))),
    of('gatherND', (x) =>
      tf.square(
        tf.gatherND(
          x,
          tf.tensor2d(
            [
              [0, 1],
              [1, 2],
              [0, 1],
            ],
            [3, 2],
            'int32',
          ),
        ),
      ),
    ),
    of(
      'scatterND',
      (x) => tf.square(tf.scatterND(tf.tensor2d([[1], [3], [1]], [3, 1], 'int32'), x, [5])),
      [3],
    ),
    of('topk', (x) => tf.square(tf.topk(tf.add(x, [1, 5, 3]), 2).values)),
    of('slice and concat', (x) => tf.square(tf.concat([tf.slice(x, [0, 1], [2, 2]), x], 1))),
    of('stridedSlice', (x) => tf.square(tf.stridedSlice(x, [0, 3], [2, 0], [1, -2])), [2, 4]),
    of(
      'stridedSlice with a mask',
      (x) => tf.square(tf.stridedSlice(x, [1, 1], [1, 4], [1, 2], 1, 1)),
      [2, 4],
    ),
    of('pad, tile, reverse', (x) =>
      tf.square(
        tf.reverse(
          tf.tile(
            tf.pad(x, [
              [0, 0],
              [1, 0],
            ]),
            [1, 2],
          ),
          1,
        ),
      ),
    ),
    of('mirrorPad', (x) =>
      tf.square(
        tf.mirrorPad(
          x,
          [
            [0, 1],
            [2, 1],
          ],
          'reflect',
        ),
      ),
    ),
    of('mirrorPad symmetric', (x) =>
      tf.square(
        tf.mirrorPad(
          x,
          [
            [0, 0],
            [1, 2],
          ],
          'symmetric',
        ),
      ),
    ),
    of('split into one', (x) => tf.square(tf.split(x, 1)[0])),
    of('stack, unstack, split', (x) =>
      tf.square(tf.stack([tf.unstack(x)[1], tf.reshape(tf.split(x, 2)[0], [3])])),
    ),
    of('transpose', (x) => tf.square(tf.transpose(x, [2, 0, 1])), [2, 3, 2]),
    of('depthToSpace', (x) => tf.square(tf.depthToSpace(x, 2)), [1, 2, 2, 4]),
    of(
      'unsortedSegmentSum',
      (x) => tf.square(tf.unsortedSegmentSum(x, tf.tensor1d([1, 0, 1], 'int32'), 2)),
      [3, 2],
    ),
    of('broadcastTo', (x) => tf.square(tf.broadcastTo(x, [3, 2, 3])), [1, 3]),
    // Pictures.
    of('conv2d by its input', (x) => tf.square(tf.conv2d(x, t([2, 2, 2, 3]), 1, 'same')), [1, 3, 3, 2]),
    of('conv2d by its filter', (x) => tf.square(tf.conv2d(t([1, 4, 4, 2]), x, 2, 'valid')), [2, 2, 2, 2]),
    of(
      'conv2d by both',
      (x) => tf.conv2d(x, tf.reshape(tf.tanh(tf.slice(x, 0, 1)), [2, 2, 2, 1]) as any, 1, 'same'),
      [1, 2, 2, 2],
    ),
    of(
      'conv2d dilated, by its input',
      (x) => tf.square(tf.conv2d(x, t([2, 2, 1, 2]), 1, 'same', 'NHWC', [2, 2])),
      [1, 4, 4, 1],
    ),
    of(
      'conv2d dilated, by its filter',
      (x) => tf.square(tf.conv2d(t([1, 5, 5, 2]), x, 1, 'valid', 'NHWC', [2, 3])),
      [2, 2, 2, 2],
    ),
    of('conv1d dilated', (x) => tf.square(tf.conv1d(x, t([2, 1, 2]) as any, 1, 'same', 'NWC', 2)), [1, 6, 1]),
    of(
      'conv2dTranspose',
      (x) => tf.square(tf.conv2dTranspose(x, t([2, 2, 3, 2]), [1, 4, 4, 3], 2, 'same')),
      [1, 2, 2, 2],
    ),
    of(
      'depthwiseConv2d',
      (x) => tf.square(tf.depthwiseConv2d(x, t([2, 2, 2, 2]), 1, 'same')),
      [1, 3, 3, 2],
      [-1, 1],
      false,
    ),
    of(
      'depthwiseConv2d by its filter',
      (x) => tf.square(tf.depthwiseConv2d(t([1, 4, 4, 2]), x, 2, 'same')),
      [2, 2, 2, 1],
      [-1, 1],
      false,
    ),
    of('avgPool', (x) => tf.square(tf.avgPool(x, 2, 1, 'same')), [1, 3, 3, 2]),
    of('avgPool, whole windows', (x) => tf.square(tf.avgPool(x, 2, 2, 'valid')), [1, 4, 4, 1]),
    of('maxPool', (x) => tf.square(tf.maxPool(x, 2, 2, 'valid')), [1, 4, 4, 1], [-3, -0.5], false),
    ...[
      [false, false],
      [true, false],
      [false, true],
    ].flatMap(([corners, centres]) => [
      of(
        `resizeBilinear ${corners} ${centres}`,
        (x) => tf.square(tf.image.resizeBilinear(x, [5, 3], corners, centres)),
        [1, 2, 4, 2],
      ),
      of(
        `resizeNearestNeighbor ${corners} ${centres}`,
        (x) => tf.square(tf.image.resizeNearestNeighbor(x, [5, 3], corners, centres)),
        [1, 2, 4, 2],
      ),
    ]),
    of(
      'conv3d',
      (x) => tf.square(tf.conv3d(x, t([2, 2, 2, 1, 2]) as any, 1, 'same')),
      [1, 2, 3, 3, 1],
      [-1, 1],
      false,
    ),
    of(
      'gather with a batch',
      (x) =>
        tf.square(
          tf.gather(
            x,
            tf.tensor2d(
              [
                [0, 2],
                [1, 1],
                [2, 2],
              ],
              [3, 2],
              'int32',
            ),
            1,
            1,
          ),
        ),
      [3, 3],
      [-1, 1],
      false,
    ),
    of('cumsum of the middle axis', (x) => tf.square(tf.cumsum(x, 1)), [2, 3, 2]),
    of('prod of the last axis', (x) => tf.prod(x, -1), [2, 3, 2]),
    // A derivative inside: a gradient penalty, whose gradient is a second derivative itself.
    of(
      'gradient penalty',
      (x) => {
        const g = tf.grad((u: any) => tf.sum(tf.tanh(tf.matMul(u, t([3, 2])))))(x);
        return tf.square(tf.sub(tf.sqrt(tf.sum(tf.square(g), 1)), 1));
      },
      [2, 3],
      [-1.5, 1.5],
      false,
    ),
  ];
}
