/**
 * First and second derivatives against finite differences: the cases and the measure, for any backend.
 * Pure: `tf` and the cells' overrides are given, so that a page can run the same table on WebGPU.
 */
type TF = typeof import('@tensorflow/tfjs-core');
type Tensor = import('@tensorflow/tfjs-core').Tensor;
type F = (x: any) => Tensor;

export interface GradientCase {
  name: string;
  /** The function of one tensor; its output may have any shape. */
  f: F;
  shape: number[];
  /** Values lie between these. */
  range: [number, number];
  /** False where the second derivative is not offered; the case's name says why. */
  second: boolean;
}

export interface GradientError {
  first: number;
  /** Absent where the second derivative is not offered. */
  second?: number;
}

/** Fixed numbers between -1 and 1 without a pattern that a wrong axis order would keep. */
export const noise = (n: number, phase = 0): number[] =>
  Array.from({ length: n }, (_, k) => {
    const x = Math.sin((k + 1) * 12.9898 + phase * 78.233) * 43758.5453;
    return 2 * (x - Math.floor(x)) - 1;
  });

type Overrides = any;

/** Every function whose derivatives the kernel promises. */
export function gradientCases(tf: TF, overrides: Overrides): GradientCase[] {
  const t = (shape: number[], phase = 1) =>
    tf.tensor(
      noise(
        shape.reduce((a, b) => a * b, 1),
        phase,
      ),
      shape,
    );
  const of = (name: string, f: F, shape = [2, 3], range: [number, number] = [-1.5, 1.5], second = true) => ({
    name,
    f,
    shape,
    range,
    second,
  });
  const positive: [number, number] = [0.4, 2];
  const t4 = (shape: number[], phase = 1) => t(shape, phase) as any;
  return [
    // Functions of each element.
    of('exp', (x) => tf.exp(x)),
    of('tanh', (x) => tf.tanh(x)),
    of('sigmoid', (x) => tf.sigmoid(x)),
    of('softplus', (x) => tf.softplus(x)),
    of('elu', (x) => tf.elu(x)),
    of('selu', (x) => tf.selu(x)),
    of('relu squared', (x) => tf.square(tf.relu(x))),
    of('leakyRelu squared', (x) => tf.square(tf.leakyRelu(x, 0.3))),
    of('prelu squared', (x) => tf.square(tf.prelu(x, t([3])))),
    of('prelu by its slope', (x) => tf.square(tf.prelu(t([2, 3]), x))),
    of('a tanh made of exp', (x) => {
      const e = tf.exp(tf.mul(x, 2));
      return tf.div(tf.sub(e, 1), tf.add(e, 1));
    }),
    of('silu', (x) => tf.mul(x, tf.sigmoid(x))),
    of('gelu by tanh', (x) =>
      tf.mul(x, tf.add(1, tf.tanh(tf.mul(0.8, tf.add(x, tf.mul(0.045, tf.pow(x, 3))))))),
    ),
    of('sin(cos)', (x) => tf.sin(tf.cos(x))),
    of('erf', (x) => tf.erf(x)),
    of('expm1', (x) => tf.expm1(x)),
    of('log', (x) => tf.log(x), [2, 3], positive),
    of('log1p', (x) => tf.log1p(x), [2, 3], positive),
    of('sqrt', (x) => tf.sqrt(x), [2, 3], positive),
    of('rsqrt', (x) => tf.rsqrt(x), [2, 3], positive),
    of('reciprocal', (x) => tf.reciprocal(x), [2, 3], positive),
    of('pow by its base', (x) => tf.pow(x, tf.scalar(2.5)), [2, 3], positive),
    of('pow by its exponent', (x) => tf.pow(tf.tensor([0.5, 1.5, 2]), x)),
    of('x to the x', (x) => tf.pow(x, x), [2, 3], positive),
    of('div', (x) => tf.div(t([2, 3]), x), [2, 3], positive),
    of('atan2', (x) => tf.atan2(x, tf.add(tf.square(x), 1))),
    of('atan', (x) => tf.atan(x)),
    of('sinh and cosh', (x) => tf.mul(tf.sinh(x), tf.cosh(x))),
    of('clip cubed', (x) => tf.pow(tf.clipByValue(tf.mul(x, tf.tensor([1, 4, 1])), -3, 3), 3)),
    of('abs cubed', (x) => tf.pow(tf.abs(x), 3), [2, 3], positive),
    of('squaredDifference', (x) => tf.squaredDifference(tf.exp(x), t([3]))),
    of('maximum and minimum', (x) => tf.square(tf.maximum(tf.minimum(x, t([3])), -0.5))),
    // Over an axis.
    of('softmax', (x) => tf.softmax(x)),
    of('softmax squared', (x) => tf.square(tf.softmax(x))),
    of('logSoftmax', (x) => tf.logSoftmax(x)),
    of('logSumExp', (x) => tf.logSumExp(x, -1)),
    of('max squared', (x) => tf.square(tf.max(x, 1))),
    of('min squared', (x) => tf.square(tf.min(x, 0))),
    of('mean cubed', (x) => tf.pow(tf.mean(x, 0), 3)),
    of('prod', (x) => tf.prod(x, 1)),
    of('cumsum cubed', (x) => tf.pow(tf.cumsum(x, 1), 3)),
    of('cumprod', (x) => tf.cumprod(x, 1)),
    of('cumprod exclusive, reversed, of axis 0', (x) => tf.cumprod(x, 0, true, true), [4, 2]),
    of('norm', (x) => tf.norm(x)),
    of('variance', (x) => tf.moments(x, 1).variance),
    of('layer norm', (x) => {
      const { mean, variance } = tf.moments(x, 1, true);
      return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 0.1)));
    }),
    of('batchNorm without scale or offset', (x) =>
      overrides.batchNorm(tf.square(x), t([3]), tf.tensor([1, 2, 0.5]), undefined, undefined, 0.1),
    ),
    of('batchNorm', (x) =>
      tf.batchNorm(
        tf.square(x),
        tf.mean(x, 0) as any,
        tf.tensor([1, 2, 0.5]),
        t([3]) as any,
        t([3], 2) as any,
        0.1,
      ),
    ),
    // Losses.
    of('softmaxCrossEntropy', (x) =>
      overrides.losses.softmaxCrossEntropy(
        [
          [0, 1, 0],
          [0.5, 0, 0.5],
        ],
        x,
        undefined,
        0.1,
      ),
    ),
    of('sigmoidCrossEntropy', (x) =>
      tf.losses.sigmoidCrossEntropy(
        tf.tensor2d([
          [0, 1, 0],
          [1, 0, 1],
        ]),
        x,
      ),
    ),
    of('huberLoss', (x) => tf.losses.huberLoss(t([2, 3]), x)),
    of('cosineDistance', (x) => tf.losses.cosineDistance(t([2, 3]), tf.exp(x), 1)),
    // Masks.
    of('where', (x) => tf.where(tf.greater(x, 0), tf.pow(x, 3), tf.mul(x, 2))),
    of('a mask times a cube', (x) => tf.mul(tf.pow(x, 3), tf.cast(tf.greater(x, 0.2), 'float32'))),
    of('a mask that broadcasts', (x) =>
      tf.mul(tf.pow(x, 3), tf.cast(tf.lessEqual(tf.expandDims(tf.max(x, 1), 1), x), 'float32')),
    ),
    of('a mask of two comparisons', (x) =>
      tf.mul(
        tf.square(x),
        tf.cast(tf.logicalAnd(tf.less(x, t([3])), tf.logicalNot(tf.less(x, -1.4))), 'float32'),
      ),
    ),
    of('bandPart', (x) => tf.square(tf.linalg.bandPart(x, 0, 1)), [3, 3]),
    of('the row of the largest', (x) =>
      tf.square(tf.sum(tf.mul(tf.oneHot(tf.argMax(x, 1), 3, 1, 0, 'float32'), x), 1)),
    ),
    // Products.
    of('matMul', (x) => tf.square(tf.matMul(x, t([3, 2])))),
    of('matMul transposed', (x) => tf.matMul(tf.tanh(x), x, true, false)),
    of('matMul, one left for a batch', (x) => tf.square(tf.matMul(x, t([4, 3, 2]))), [1, 2, 3]),
    of('matMul, one right for a batch', (x) => tf.square(tf.matMul(t([4, 2, 3]), x)), [1, 3, 2]),
    of(
      'matMul, both transposed, one right',
      (x) => tf.square(tf.matMul(t([4, 3, 2]), x, true, true)),
      [1, 2, 3],
    ),
    of('matMul, a batch for one left', (x) => tf.square(tf.matMul(t([1, 2, 3]), x, false, true)), [2, 2, 3]),
    of('fused matMul with sigmoid', (x) =>
      tf.fused.matMul({ a: x, b: t([3, 2]), bias: t([2]), activation: 'sigmoid' }),
    ),
    of('einsum kernel', (x) => tf.square(tf.einsum('ij,jk->ki', x, t([3, 2])))),
    of('einsum that sums an operand', (x) => tf.square(overrides.einsum('ij,k->k', x, t([2])))),
    of('einsum', (x) => tf.square(overrides.einsum('bij,bkj->bik', x, t([2, 3, 2]))), [2, 2, 2]),
    of('einsum of the same twice', (x) => overrides.einsum('ij,kj->ik', tf.exp(x), x)),
    of('einsum of three', (x) => tf.square(overrides.einsum('i,ij,j->', t([2]), x, t([3])))),
    of('dot', (x) => tf.square(tf.dot(x, t([3, 2])))),
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
      (x) => tf.square(tf.stridedSlice(x, [0, 1], [2, 4], [1, 2], 1, 0, 0, 0, 1)),
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
    of('conv2d by its input', (x) => tf.square(tf.conv2d(x, t4([2, 2, 2, 3]), 1, 'same')), [1, 3, 3, 2]),
    of('conv2d by its filter', (x) => tf.square(tf.conv2d(t4([1, 4, 4, 2]), x, 2, 'valid')), [2, 2, 2, 2]),
    of(
      'conv2d by both',
      (x) => tf.conv2d(x, tf.reshape(tf.tanh(tf.slice(x, 0, 1)), [2, 2, 2, 1]) as any, 1, 'same'),
      [1, 2, 2, 2],
    ),
    of(
      'conv2d dilated, by its input',
      (x) => tf.square(tf.conv2d(x, t4([2, 2, 1, 2]), 1, 'same', 'NHWC', [2, 2])),
      [1, 4, 4, 1],
    ),
    of(
      'conv2d dilated, by its filter',
      (x) => tf.square(tf.conv2d(t4([1, 5, 5, 2]), x, 1, 'valid', 'NHWC', [2, 3])),
      [2, 2, 2, 2],
    ),
    of('conv1d dilated', (x) => tf.square(tf.conv1d(x, t([2, 1, 2]) as any, 1, 'same', 'NWC', 2)), [1, 6, 1]),
    of(
      'conv2dTranspose',
      (x) => tf.square(tf.conv2dTranspose(x, t4([2, 2, 3, 2]), [1, 4, 4, 3], 2, 'same')),
      [1, 2, 2, 2],
    ),
    of(
      'depthwiseConv2d',
      (x) => tf.square(tf.depthwiseConv2d(x, t4([2, 2, 2, 2]), 1, 'same')),
      [1, 3, 3, 2],
      [-1, 1],
      false,
    ),
    of(
      'depthwiseConv2d by its filter',
      (x) => tf.square(tf.depthwiseConv2d(t4([1, 4, 4, 2]), x, 2, 'same')),
      [2, 2, 2, 1],
      [-1, 1],
      false,
    ),
    of('avgPool', (x) => tf.square(tf.avgPool(x, 2, 1, 'same')), [1, 3, 3, 2]),
    of('avgPool, whole windows', (x) => tf.square(tf.avgPool(x, 2, 2, 'valid')), [1, 4, 4, 1]),
    of('maxPool', (x) => tf.square(tf.maxPool(x, 2, 2, 'valid')), [1, 4, 4, 1], [-3, -0.5], false),
    of('resizeBilinear', (x) => tf.square(tf.image.resizeBilinear(x, [4, 4])), [1, 2, 2, 1], [-1, 1], false),
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

/** Largest error of the first and second derivative, relative to the largest derivative. */
export async function gradientError(tf: TF, c: GradientCase): Promise<GradientError> {
  const size = c.shape.reduce((a, b) => a * b, 1);
  const [low, high] = c.range;
  const at = noise(size, 5).map((v) => low + ((v + 1) / 2) * (high - low));
  const tensor = (values: number[]) => tf.tensor(values, c.shape);
  const value = (x: Tensor) => {
    const y = c.f(x);
    return tf.sum(tf.mul(y, tf.tensor(noise(y.size, 3), y.shape)));
  };
  const slope = tf.grad(value);
  const read = async (f: (x: Tensor) => Tensor, values: number[]) => {
    const out = tf.tidy(() => f(tensor(values)));
    const data = [...(await out.data())];
    out.dispose();
    return data;
  };
  const first = await directional(size, at, (values) => read(value, values), await read(slope, at));
  if (!c.second) return { first };
  const v = noise(size, 7);
  const hessian = await read(
    tf.grad((x: Tensor) => tf.sum(tf.mul(slope(x), tensor(v)))),
    at,
  );
  return { first, second: worst(hessian, await along((values) => read(slope, values), at, v)) };
}

/** The slope times three directions, against differences of the value. */
async function directional(
  size: number,
  at: number[],
  f: (values: number[]) => Promise<number[]>,
  slope: number[],
) {
  const said: number[] = [];
  const found: number[] = [];
  for (const phase of [11, 12, 13]) {
    const v = noise(size, phase);
    said.push(v.reduce((sum, d, k) => sum + d * slope[k], 0));
    found.push((await along(f, at, v))[0]);
  }
  return worst(said, found);
}

/** d f(at + s v) / ds at 0, by a central difference of fourth order. */
async function along(f: (values: number[]) => Promise<number[]>, at: number[], v: number[], h = 0.03) {
  const shifted = (s: number) => f(at.map((a, k) => a + s * h * v[k]));
  const [far, near, nearBack, farBack] = [
    await shifted(2),
    await shifted(1),
    await shifted(-1),
    await shifted(-2),
  ];
  return near.map((n, k) => (8 * (n - nearBack[k]) - (far[k] - farBack[k])) / (12 * h));
}

function worst(said: number[], found: number[]): number {
  const scale = Math.max(1e-3, ...found.map(Math.abs));
  const errors = said.map((s, k) => Math.abs(s - found[k]) / scale);
  return errors.every(Number.isFinite) ? Math.max(...errors) : Number.POSITIVE_INFINITY;
}
