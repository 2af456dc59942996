/** Every operation that a notebook may use, to be computed on two backends and compared. Pure: `tf` is given. */
import { forward, inside, make, type OperationCase, positive, type T, type TF } from './operation-case.ts';
import { pictureCases, placeCases, wholeCases } from './operation-cases-shapes.ts';

/** The whole table. */
export function operationCases(tf: TF, overrides: any): OperationCase[] {
  return [
    ...elementwise(tf),
    ...pairs(tf),
    ...reductions(tf),
    ...products(tf, overrides),
    ...pictureCases(tf),
    ...placeCases(tf),
    ...wholeCases(tf, overrides),
  ];
}

function elementwise(tf: TF): OperationCase[] {
  const smooth = [
    'abs',
    'square',
    'neg',
    'exp',
    'expm1',
    'sin',
    'cos',
    'tan',
    'sinh',
    'cosh',
    'tanh',
    'atan',
    'asinh',
    'sigmoid',
    'logSigmoid',
    'softplus',
    'erf',
    'relu',
    'relu6',
    'elu',
    'selu',
    'leakyRelu',
    'sign',
    'floor',
    'ceil',
    'round',
    'step',
    'zerosLike',
    'onesLike',
    'clone',
  ] as const;
  const above = ['log', 'log1p', 'sqrt', 'rsqrt', 'reciprocal'] as const;
  const within = ['asin', 'acos', 'atanh'] as const;
  return [
    ...smooth.map((name) => make(name, (x) => (tf as any)[name](x))),
    ...above.map((name) => make(name, (x) => tf[name](x), undefined, positive)),
    ...within.map((name) => make(name, (x) => tf[name](x), undefined, inside)),
    make('acosh', (x) => tf.acosh(tf.add(x, 1)), undefined, positive),
    make('tanh near zero', (x) => tf.tanh(x), undefined, { range: [-0.4, 0.4] }),
    make('clipByValue', (x) => tf.clipByValue(x, -1, 0.5)),
    make('cast to int', (x) => tf.cast(tf.mul(x, 10), 'int32'), undefined, forward),
    make('cast to bool', (x) => tf.cast(tf.relu(x), 'bool'), undefined, forward),
    make('sign of small numbers', (x) => tf.sign(tf.mul(x, 1e-9)), undefined, forward),
    make('isNaN', (x) => tf.isNaN(tf.sqrt(x)), undefined, forward),
    make('isInf', (x) => tf.isInf(tf.div(1, tf.relu(x))), undefined, forward),
    make('isFinite', (x) => tf.isFinite(tf.log(x)), undefined, forward),
    make('0/0 is NaN', (x) => tf.isNaN(tf.div(tf.sub(x, x), tf.sub(x, x))), undefined, forward),
  ];
}

function pairs(tf: TF): OperationCase[] {
  const two = [[4, 6], [6]];
  const away = (b: T) => tf.add(tf.square(b), 0.5);
  const comparisons = ['greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'notEqual'] as const;
  const logical = ['logicalAnd', 'logicalOr', 'logicalXor'] as const;
  return [
    ...(['add', 'sub', 'mul', 'maximum', 'minimum', 'squaredDifference', 'atan2'] as const).map((name) =>
      make(name, (a, b) => tf[name](a, b), two),
    ),
    make('div', (a, b) => tf.div(a, away(b)), two),
    make('divNoNan', (a, b) => tf.divNoNan(a, tf.relu(b)), two, forward),
    make('floorDiv', (a, b) => tf.floorDiv(a, away(b)), two, forward),
    make('mod', (a, b) => tf.mod(a, away(b)), two),
    make('pow', (a, b) => tf.pow(away(a), b), two),
    make('prelu', (a, b) => tf.prelu(a, b), two),
    make('where', (a, b) => tf.where(tf.greater(a, b), a, tf.broadcastTo(tf.square(b), [4, 6])), two),
    ...comparisons.map((name) => make(name, (a, b) => tf[name](tf.round(a), tf.round(b)), two, forward)),
    ...logical.map((name) =>
      make(name, (a, b) => tf[name](tf.greater(a, 0), tf.greater(b, 0)), two, forward),
    ),
    make('logicalNot', (a) => tf.logicalNot(tf.greater(a, 0)), undefined, forward),
    make('addN', (a, b) => tf.addN([a, b, a]), [
      [4, 6],
      [4, 6],
    ]),
    make('a mask', (a, b) => tf.mul(a, tf.cast(tf.lessEqual(a, b), 'float32')), two),
  ];
}

function reductions(tf: TF): OperationCase[] {
  const cube = [[3, 4, 5]];
  const axes = ['sum', 'mean', 'max', 'min', 'prod', 'logSumExp'] as const;
  return [
    ...axes.map((name) => make(`${name} of the last axis`, (x) => tf[name](x, -1), cube)),
    ...axes.map((name) => make(`${name} of the first axis`, (x) => tf[name](x, 0, true), cube)),
    ...axes.map((name) => make(`${name} of all`, (x) => tf[name](x), cube)),
    make('sum of a mask by rows', (x) => tf.sum(tf.greater(x, 0), 1), cube, forward),
    make(
      'transpose of integers',
      (x) => tf.transpose(tf.cast(tf.mul(x, 9), 'int32'), [0, 2, 1]),
      cube,
      forward,
    ),
    make(
      'transpose of integers as floats',
      (x) => tf.transpose(tf.cast(tf.cast(tf.mul(x, 9), 'int32'), 'float32'), [0, 2, 1]),
      cube,
      forward,
    ),
    make('transpose of a mask', (x) => tf.transpose(tf.greater(x, 0), [1, 0, 2]), cube, forward),
    make('addN of twenty', (x) => tf.addN(Array.from({ length: 20 }, (_, k) => tf.mul(x, k))), cube),
    make('sum of a mask', (x) => tf.sum(tf.greater(x, 0)), cube, forward),
    make('mean of integers', (x) => tf.mean(tf.cast(tf.mul(x, 9), 'int32'), 1), cube, forward),
    make(
      'any and all',
      (x) => [tf.any(tf.greater(x, 1.5), 1), tf.all(tf.greater(x, -1.5), 1)],
      cube,
      forward,
    ),
    make('argMax and argMin', (x) => [tf.argMax(x, 1), tf.argMin(x, 0)], cube, forward),
    make('norm', (x) => tf.norm(x, 2, 1), cube),
    make('norm of all', (x) => tf.norm(x, 'euclidean'), cube),
    make(
      'moments',
      (x) => {
        const m = tf.moments(x, [0, 1]);
        return [m.mean, m.variance];
      },
      cube,
    ),
    make('softmax', (x) => tf.softmax(x), cube),
    make('logSoftmax', (x) => tf.logSoftmax(x), cube),
    make('cumsum', (x) => tf.cumsum(x, 1, true, true), cube),
    make('cumprod', (x) => tf.cumprod(x, 1), cube),
    make(
      'bincount',
      (x) => tf.bincount(tf.cast(tf.mul(tf.abs(x), 3), 'int32') as T, tf.tensor1d([]), 8),
      [[20]],
      forward,
    ),
    make('unsortedSegmentSum', (x) => tf.unsortedSegmentSum(x, tf.tensor1d([2, 0, 2, 1], 'int32'), 4)),
    make(
      'unsortedSegmentSum of a row',
      (x) => tf.unsortedSegmentSum(x, tf.tensor1d([1, 0, 1, 1, 0], 'int32'), 2),
      [[5]],
    ),
    make('topk', (x) => tf.topk(x, 3).values, cube),
    make('topk indices', (x) => tf.topk(x, 3).indices, cube, forward),
  ];
}

function products(tf: TF, overrides: any): OperationCase[] {
  const flags = [
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ];
  const sizes: [string, number[], number[]][] = [
    ['single', [], []],
    ['a batch', [3], [3]],
    ['one right', [3], [1]],
    ['one left', [1], [3]],
    ['two batch axes', [2, 3], [2, 3]],
  ];
  const shape = (batch: number[], m: number, n: number, turned: boolean) => [
    ...batch,
    ...(turned ? [n, m] : [m, n]),
  ];
  const matMuls = sizes.flatMap(([name, left, right]) =>
    flags.flatMap(([ta, tb]) =>
      [
        [4, 5, 3],
        [40, 24, 33],
      ].map(([m, k, n]) =>
        make(
          `matMul ${name} ${m}×${k}×${n}${ta ? ' Aᵀ' : ''}${tb ? ' Bᵀ' : ''}`,
          (a, b) => tf.matMul(a, b, ta, tb),
          [shape(left, m, k, ta), shape(right, k, n, tb)],
        ),
      ),
    ),
  );
  const activations = ['linear', 'relu', 'sigmoid', 'elu'] as const;
  return [
    ...matMuls,
    ...activations.map((activation) =>
      make(`fused matMul ${activation}`, (a, b, bias) => tf.fused.matMul({ a, b, bias, activation }), [
        [4, 5],
        [5, 3],
        [3],
      ]),
    ),
    make('fused matMul of a batch', (a, b, bias) => tf.fused.matMul({ a, b, bias, activation: 'relu' }), [
      [3, 30, 20],
      [3, 20, 25],
      [25],
    ]),
    make('fused matMul transposed', (a, b) => tf.fused.matMul({ a, b, transposeA: true, transposeB: true }), [
      [5, 4],
      [3, 5],
    ]),
    make('dot', (a, b) => tf.dot(a, b), [[4, 6], [6]]),
    make('outerProduct', (a, b) => tf.outerProduct(a, b), [[4], [6]]),
    make('einsum kernel', (a, b) => tf.einsum('bij,bjk->bik', a, b), [
      [2, 3, 4],
      [2, 4, 2],
    ]),
    make('einsum kernel of one', (a) => tf.einsum('ij->ji', a)),
    make('einsum', (a, b) => overrides.einsum('bihd,bjhd->bhij', a, b), [
      [2, 3, 2, 4],
      [2, 3, 2, 4],
    ]),
  ];
}
