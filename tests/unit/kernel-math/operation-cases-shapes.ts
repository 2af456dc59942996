/** More of the table of operation-cases.ts. */
import { forward, make, type OperationCase, type T, type Tensor, type TF } from './operation-case.ts';

/** Convolutions, pools and pictures. */
export function pictureCases(tf: TF): OperationCase[] {
  const x = [2, 7, 8, 3];
  const convolutions = [1, 2, 3].flatMap((stride) =>
    (['same', 'valid', 1] as const).flatMap((pad) => [
      make(
        `conv2d stride ${stride} pad ${pad}`,
        (a, w) => tf.conv2d(a, w, stride, pad, 'NHWC', 1, pad === 1 ? 'floor' : undefined),
        [x, [3, 3, 3, 4]],
      ),
      make(
        `depthwiseConv2d stride ${stride} pad ${pad}`,
        (a, w) => tf.depthwiseConv2d(a, w, stride, pad, 'NHWC', 1, pad === 1 ? 'floor' : undefined),
        [x, [3, 3, 3, 1]],
      ),
      make(
        `maxPool stride ${stride} pad ${pad}`,
        (a) => tf.maxPool(tf.sub(a, 3) as T, 3, stride, pad, pad === 1 ? 'floor' : undefined),
        [x],
      ),
      make(
        `avgPool stride ${stride} pad ${pad}`,
        (a) => tf.avgPool(a, 3, stride, pad, pad === 1 ? 'floor' : undefined),
        [x],
      ),
    ]),
  );
  return [
    ...convolutions,
    make('conv2d of an oblong filter', (a, w) => tf.conv2d(a, w, [1, 2], 'same'), [x, [3, 2, 3, 4]]),
    make(
      'conv2d with an explicit pad',
      (a, w) =>
        tf.conv2d(a, w, 1, [
          [0, 0],
          [1, 0],
          [2, 1],
          [0, 0],
        ]),
      [x, [3, 2, 3, 4]],
    ),
    make('conv2d 1×1', (a, w) => tf.conv2d(a, w, 1, 'same'), [x, [1, 1, 3, 4]]),
    make('conv2d as large as the picture', (a, w) => tf.conv2d(a, w, 1, 'valid'), [x, [7, 8, 3, 2]]),
    make('conv2d dilated', (a, w) => tf.conv2d(a, w, 1, 'same', 'NHWC', 2), [x, [3, 3, 3, 2]]),
    make('conv2d of one picture', (a, w) => tf.conv2d(a, w, 1, 'same'), [
      [7, 8, 3],
      [3, 3, 3, 2],
    ]),
    make('depthwiseConv2d with multiplier', (a, w) => tf.depthwiseConv2d(a, w, 1, 'same'), [x, [3, 3, 3, 2]]),
    make(
      'depthwiseConv2d dilated',
      (a, w) => tf.depthwiseConv2d(a, w, 1, 'same', 'NHWC', 2),
      [x, [3, 3, 3, 1]],
      forward,
    ),
    make('separableConv2d', (a, d, p) => tf.separableConv2d(a, d, p, 1, 'same'), [
      x,
      [3, 3, 3, 1],
      [1, 1, 3, 4],
    ]),
    make('conv2dTranspose', (a, w) => tf.conv2dTranspose(a, w, [2, 8, 8, 3], 2, 'same'), [
      [2, 4, 4, 2],
      [3, 3, 3, 2],
    ]),
    make('conv2dTranspose stride 1', (a, w) => tf.conv2dTranspose(a, w, [2, 6, 6, 3], 1, 'valid'), [
      [2, 4, 4, 2],
      [3, 3, 3, 2],
    ]),
    make('conv1d', (a, w) => tf.conv1d(a, w, 1, 'same'), [
      [2, 9, 3],
      [3, 3, 4],
    ]),
    make('conv1d dilated', (a, w) => tf.conv1d(a, w, 1, 'valid', 'NWC', 2), [
      [2, 9, 3],
      [3, 3, 4],
    ]),
    make(
      'fused conv2d',
      (a, w, bias) => tf.fused.conv2d({ x: a, filter: w, bias, strides: 1, pad: 'same', activation: 'relu' }),
      [x, [3, 3, 3, 4], [4]],
    ),
    make(
      'fused depthwiseConv2d',
      (a, w, bias) =>
        tf.fused.depthwiseConv2d({ x: a, filter: w, bias, strides: 1, pad: 'same', activation: 'relu' }),
      [x, [3, 3, 3, 1], [3]],
    ),
    make('conv3d', (a, w) => tf.conv3d(a, w, 1, 'same'), [
      [1, 3, 4, 4, 2],
      [2, 2, 2, 2, 3],
    ]),
    make('pool by window', (a) => tf.pool(a, 2, 'avg', 'valid', 1, 2), [[2, 6, 6, 3]]),
    make('resizeBilinear', (a) => tf.image.resizeBilinear(a, [5, 11]), [x]),
    make('resizeBilinear with corners aligned', (a) => tf.image.resizeBilinear(a, [9, 4], true), [x]),
    make('resizeNearestNeighbor', (a) => tf.image.resizeNearestNeighbor(a, [14, 16]), [x]),
    make(
      'cropAndResize',
      (a) => tf.image.cropAndResize(a, tf.tensor2d([[0, 0, 0.5, 1]]), tf.tensor1d([1], 'int32'), [3, 3]),
      [x],
      forward,
    ),
    make('flipLeftRight', (a) => tf.image.flipLeftRight(a), [x], forward),
    make('rotateWithOffset', (a) => tf.image.rotateWithOffset(a, 0.3), [x], forward),
    make('localResponseNormalization', (a) => tf.localResponseNormalization(a, 1, 1, 0.5), [x]),
    make('depthToSpace', (a) => tf.depthToSpace(a, 2), [[1, 3, 2, 8]]),
    make(
      'spaceToBatchND and back',
      (a) =>
        tf.batchToSpaceND(
          tf.square(
            tf.spaceToBatchND(
              a,
              [2, 2],
              [
                [0, 0],
                [0, 0],
              ],
            ),
          ),
          [2, 2],
          [
            [0, 0],
            [0, 0],
          ],
        ),
      [[1, 4, 6, 2]],
    ),
  ];
}

/** What moves and picks. */
export function placeCases(tf: TF): OperationCase[] {
  const ids = (values: number[]) => tf.tensor1d(values, 'int32');
  const pads = [
    [1, 2],
    [0, 1],
  ] as [number, number][];
  return [
    make('slice', (x) => tf.slice(x, [1, 2], [2, 3])),
    make('slice of a vector', (x) => tf.slice(x, [5], [7]), [[24]]),
    make('slice of the last number', (x) => tf.slice(x, [3, 5], [1, 1])),
    make('slice of a column', (x) => tf.slice(x, [0, 2], [-1, 1])),
    make('slice of rows', (x) => tf.slice(x, [1, 0], [2, -1])),
    make('slice of everything', (x) => tf.slice(x, [0, 0], [4, 6])),
    make('slice of three axes', (x) => tf.slice(x, [1, 0, 2], [2, 3, 2]), [[3, 4, 5]]),
    make('slice of four axes', (x) => tf.slice(x, [1, 1, 0, 0], [1, 2, 3, 4]), [[2, 4, 3, 4]]),
    make('slice of five axes', (x) => tf.slice(x, [0, 1, 1, 0, 1], [2, 1, 2, 2, 1]), [[2, 3, 3, 2, 3]]),
    make('slice of whole numbers', (x) => tf.slice(tf.cast(x, 'int32'), [1, 1], [2, 4]), [[4, 6]], forward),
    make('slice of truths', (x) => tf.slice(tf.greater(x, 0), [1, 1], [3, 2]), [[4, 6]], forward),
    make('stridedSlice', (x) => tf.stridedSlice(x, [0, 5], [4, 0], [2, -2])),
    make('concat', (a, b) => tf.concat([a, b, a], 1), [
      [4, 6],
      [4, 2],
    ]),
    make('concat of the first axis', (a, b) => tf.concat([a, b], 0), [
      [4, 6],
      [2, 6],
    ]),
    make('stack', (a, b) => tf.stack([a, b], 1), [
      [4, 6],
      [4, 6],
    ]),
    make('unstack', (x) => tf.unstack(x, 1)),
    make('unstack of long rows', (x) => tf.unstack(x), [[3, 40]]),
    make('unstack along the middle', (x) => tf.unstack(x, 1), [[2, 3, 4]], forward),
    make('unstack of whole numbers', (x) => tf.unstack(tf.cast(x, 'int32'), 1), [[4, 6]], forward),
    make('split', (x) => tf.split(x, [1, 3, 2], 1)),
    make('split of rows', (x) => tf.split(x, 2)),
    make('split along the middle', (x) => tf.split(x, [1, -1], 1), [[3, 4, 2]], forward),
    make('reshape', (x) => tf.square(tf.reshape(x, [3, 8]))),
    make('expandDims and squeeze', (x) => tf.squeeze(tf.expandDims(x, 1))),
    make('transpose', (x) => tf.transpose(x)),
    make('transpose of four axes', (x) => tf.transpose(x, [0, 2, 3, 1]), [[2, 3, 4, 5]]),
    make('tile', (x) => tf.tile(x, [2, 3])),
    make('tile of three axes', (x) => tf.tile(x, [2, 1, 3]), [[2, 3, 4]]),
    make('tile of the middle', (x) => tf.tile(x, [1, 3, 1]), [[2, 2, 30]]),
    make('tile of a column', (x) => tf.tile(x, [1, 5]), [[4, 1]]),
    make('tile of nothing more', (x) => tf.tile(x, [1, 1]), [[4, 6]]),
    make('tile of five axes', (x) => tf.tile(x, [1, 2, 1, 1, 3]), [[2, 3, 1, 2, 2]], forward),
    make(
      'pad of five axes',
      (x) =>
        tf.pad(
          x,
          [
            [0, 0],
            [1, 2],
            [0, 0],
            [0, 0],
            [0, 1],
          ],
          4,
        ),
      [[2, 3, 1, 2, 2]],
    ),
    make('tile of five axes once', (x) => tf.tile(x, [1, 1, 1, 1, 1]), [[2, 3, 1, 2, 2]], forward),
    make('tile of truths', (x) => tf.tile(tf.greater(x, 0), [1, 2]), [[4, 6]], forward),
    make(
      'broadcastTo',
      (x) => tf.broadcastTo(x, [3, 4, 6]),
      [[4, 1]].map(() => [1, 4, 6]),
    ),
    make('reverse', (x) => tf.reverse(x, 1)),
    make('pad', (x) => tf.pad(x, pads, 0.5)),
    make('mirrorPad reflect', (x) => tf.mirrorPad(x, pads, 'reflect')),
    make('mirrorPad symmetric', (x) => tf.mirrorPad(x, pads, 'symmetric')),
    make('gather', (x) => tf.gather(x, ids([3, 0, 3, 1]))),
    make('gather of long rows', (x) => tf.gather(x, ids([4, 0, 4])), [[5, 40]]),
    make('gather along the middle', (x) => tf.gather(x, ids([1, 1, 4, 0]), 1), [[2, 5, 3]]),
    make('gather of truths', (x) => tf.gather(tf.greater(x, 0), ids([3, 0])), [[4, 6]], forward),
    make('gather of columns', (x) => tf.gather(x, ids([5, 0, 5]), 1)),
    make('gather of a table', (x) =>
      tf.gather(
        x,
        tf.tensor2d(
          [
            [0, 1],
            [3, 1],
          ],
          [2, 2],
          'int32',
        ),
      ),
    ),
    make('gather from each row', (x) =>
      tf.gather(
        x,
        tf.tensor2d(
          [
            [0, 1],
            [3, 1],
            [2, 2],
            [5, 0],
          ],
          [4, 2],
          'int32',
        ),
        1,
        1,
      ),
    ),
    make('gatherND', (x) =>
      tf.gatherND(
        x,
        tf.tensor2d(
          [
            [0, 1],
            [3, 5],
            [0, 1],
          ],
          [3, 2],
          'int32',
        ),
      ),
    ),
    make('scatterND', (x) => tf.scatterND(tf.tensor2d([[1], [3], [1], [0]], [4, 1], 'int32'), x, [5, 6])),
    make(
      'tensorScatterUpdate',
      (x) => tf.tensorScatterUpdate(x, tf.tensor2d([[1], [3]], [2, 1], 'int32'), tf.ones([2, 6])),
      undefined,
      forward,
    ),
    make('oneHot', (x) => tf.oneHot(tf.argMax(x, 1), 6), undefined, forward),
    make('oneHot as floats', (x) => tf.oneHot(tf.argMax(x, 1), 6, 0.9, 0.1, 'float32'), undefined, forward),
    make('searchSorted', (x) => tf.searchSorted(tf.cumsum(tf.abs(x), 1), x), undefined, forward),
    make('booleanMask by gather', (x) => tf.gather(x, tf.reshape(tf.topk(tf.sum(x, 1), 2).indices, [2]))),
    make('diag', (x) => tf.diag(x), [[4]], forward),
    make('bandPart', (x) => tf.linalg.bandPart(x, 1, 0), [[5, 5]]),
    make('eye', () => tf.eye(4), [[1]], forward),
    make('range and linspace', () => [tf.range(0, 9, 2), tf.linspace(0, 1, 5)], [[1]], forward),
    make('fill', () => tf.fill([2, 3], 0.7), [[1]], forward),
    make('unique', (x) => tf.unique(tf.round(x)).values, [[12]], forward),
    make('meshgrid', (a, b) => tf.meshgrid(a, b), [[3], [4]]),
  ];
}

/** Losses, layers and what is built of many operations. */
export function wholeCases(tf: TF, overrides: any): OperationCase[] {
  const rows = [
    [5, 3],
    [5, 3],
  ];
  const of = (name: string, f: (labels: T, x: T) => Tensor) =>
    make(name, (a, b) => f(tf.sigmoid(a), b), rows);
  return [
    of('meanSquaredError', (a, b) => tf.losses.meanSquaredError(a, b)),
    of('absoluteDifference', (a, b) => tf.losses.absoluteDifference(a, b)),
    of('huberLoss', (a, b) => tf.losses.huberLoss(a, b)),
    of('hingeLoss', (a, b) => tf.losses.hingeLoss(a, b)),
    of('logLoss', (a, b) => tf.losses.logLoss(a, tf.sigmoid(b))),
    of('cosineDistance', (a, b) => tf.losses.cosineDistance(a, b, 1)),
    of('sigmoidCrossEntropy', (a, b) => tf.losses.sigmoidCrossEntropy(a, b)),
    of('softmaxCrossEntropy of tfjs', (a, b) => tf.losses.softmaxCrossEntropy(a, b)),
    of('softmaxCrossEntropy', (a, b) => overrides.losses.softmaxCrossEntropy(a, b)),
    make(
      'batchNorm',
      (x, o, s) => tf.batchNorm(x, tf.mean(x, 0) as T, tf.moments(x, 0).variance as T, o, s, 0.01),
      [[4, 6], [6], [6]],
    ),
    make('cumsum from the end', (x) => overrides.cumsum(x, -1)),
    make('cumprod from the end', (x) => overrides.cumprod(x, -2)),
    make('batchNorm alone', (x) => overrides.batchNorm(x, tf.mean(x, 0), tf.moments(x, 0).variance)),
    make(
      'basicLSTMCell',
      (x, k, b) => tf.basicLSTMCell(tf.scalar(1), k, b, x, tf.zeros([2, 4]), tf.ones([2, 4]))[1],
      [[2, 3], [7, 16], [16]],
    ),
    make('qr', (x) => tf.linalg.qr(x)[1], [[4, 3]], forward),
    make('gramSchmidt', (x) => tf.linalg.gramSchmidt(x), [[3, 4]]),
    make('randomNormal with a seed', () => tf.randomNormal([3, 4], 0, 1, 'float32', 7), [[1]], forward),
    make('dropout with a seed', (x) => tf.dropout(x, 0.4, undefined, 3)),
    make('attention', (q, k, v) => tf.matMul(tf.softmax(tf.matMul(q, k, false, true)), v), [
      [2, 2, 5, 4],
      [2, 2, 5, 4],
      [2, 2, 5, 4],
    ]),
    make('a second derivative', (x) =>
      tf.grad((u: T) => tf.sum(tf.square(tf.tanh(tf.matMul(u, tf.transpose(u))))))(x),
    ),
  ];
}
