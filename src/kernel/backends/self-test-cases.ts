/** The operations that decide whether a backend is trusted. Small, and chosen so that each GPU program is met once. */
import * as tf from '../tf.ts';

type T = any;

export interface TestCase {
  /** What the refusal names. */
  name: string;
  /** Shapes of its arguments, filled with fixed numbers between -1 and 1. */
  shapes: number[][];
  f: (...xs: T[]) => tf.Tensor;
  /** Only the value is compared: there is no derivative to compare. */
  forwardOnly?: true;
}

const one = (name: string, f: (x: T) => tf.Tensor, shape = [5, 7]): TestCase => ({
  name,
  shapes: [shape],
  f,
});
const two = (name: string, a: number[], b: number[], f: (a: T, b: T) => tf.Tensor): TestCase => ({
  name,
  shapes: [a, b],
  f,
});
const away = (x: T) => tf.add(tf.square(x), 0.5);

export const testCases: TestCase[] = [
  two('add', [5, 7], [7], (a, b) => tf.add(tf.mul(a, 3), b)),
  two('mul', [5, 1, 7], [3, 1], (a, b) => tf.mul(a, b)),
  two('div', [5, 7], [7], (a, b) => tf.div(a, away(b))),
  two('squaredDifference', [40, 33], [33], (a, b) => tf.squaredDifference(a, b)),
  one('exp', (x) => tf.exp(tf.mul(x, 4))),
  one('log', (x) => tf.log(away(x))),
  one('sqrt', (x) => tf.sqrt(away(x))),
  one('pow', (x) => tf.pow(away(x), 2.5)),
  one('sin', (x) => tf.sin(tf.mul(x, 6))),
  one('tanh', (x) => tf.tanh(tf.mul(x, 2))),
  one('sigmoid', (x) => tf.sigmoid(tf.mul(x, 3))),
  one('erf', (x) => tf.erf(x)),
  one('relu', (x) => tf.relu(tf.mul(x, 2))),
  one('where', (x) => tf.where(tf.greater(x, 0.1), tf.square(x), tf.mul(x, 3))),
  two('maximum', [5, 7], [7], (a, b) => tf.maximum(a, b)),
  one('sum', (x) => tf.sum(tf.square(x), 0), [300, 11]),
  one('mean', (x) => tf.mean(tf.square(x), [0, 2]), [6, 5, 4]),
  one('max', (x) => tf.max(x, 1)),
  one('softmax', (x) => tf.softmax(tf.mul(x, 5)), [6, 19]),
  one('logSoftmax', (x) => tf.logSoftmax(tf.mul(x, 5)), [6, 19]),
  one('cumsum', (x) => tf.cumsum(x, 1)),
  one('cumsum of another length', (x) => tf.cumsum(x, 1), [5, 3]),
  one('addN', (x) => tf.addN(Array.from({ length: 9 }, (_, k) => tf.mul(x, k)))),
  { ...one('sum of a mask', (x) => tf.sum(tf.greater(x, 0), 1), [3, 4, 5]), forwardOnly: true },
  two('matMul', [37, 50], [50, 41], (a, b) => tf.matMul(a, b)),
  two('matMul of small matrices', [3, 4], [4, 5], (a, b) => tf.matMul(a, b)),
  two('matMul of long rows', [4, 600], [600, 4], (a, b) => tf.matMul(a, b)),
  two('matMul of a batch', [3, 8, 6], [3, 10, 6], (a, b) => tf.matMul(a, b, false, true)),
  two('conv2d', [2, 6, 6, 3], [3, 3, 3, 5], (x, w) => tf.conv2d(x, w, 1, 'same')),
  two('conv2d with stride', [1, 7, 7, 4], [3, 3, 4, 4], (x, w) => tf.conv2d(x, w, 2, 'valid')),
  two('depthwiseConv2d', [1, 6, 6, 3], [3, 3, 3, 1], (x, w) => tf.depthwiseConv2d(x, w, 1, 'same')),
  one('maxPool', (x) => tf.maxPool(tf.sub(x, 2) as T, 2, 2, 'valid'), [1, 6, 6, 2]),
  one('avgPool', (x) => tf.avgPool(x, 2, 1, 'same'), [1, 4, 4, 2]),
  one('gather', (x) => tf.gather(x, tf.tensor1d([4, 0, 4, 2], 'int32'))),
  one('slice and concat', (x) => tf.concat([tf.slice(x, [1, 2], [3, 4]), tf.slice(x, [0, 0], [3, 2])], 1)),
  one('pad and reverse', (x) =>
    tf.reverse(
      tf.pad(x, [
        [1, 0],
        [0, 2],
      ]),
      1,
    ),
  ),
  one('transpose', (x) => tf.transpose(x, [2, 0, 1]), [4, 5, 6]),
  one('topk', (x) => tf.topk(x, 3).values),
  { ...one('argMax', (x) => tf.argMax(x, 1)), forwardOnly: true },
  { ...one('oneHot', (x) => tf.oneHot(tf.argMax(x, 1), 7, 1, 0, 'float32')), forwardOnly: true },
  { ...one('isNaN', (x) => tf.isNaN(tf.div(tf.sub(x, x), tf.sub(x, x)))), forwardOnly: true },
  one('a second derivative', (x) => tf.grad((u: T) => tf.sum(tf.square(tf.softmax(u))))(x), [3, 5]),
];
