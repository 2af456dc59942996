import * as tf from '@tensorflow/tfjs';
import { data, random } from 'lab';

type T = tf.Tensor;

// The target: 64 pixels, 12 units, 10 classes. Θ lists the weights
// of a unit together; chunks 1 to 4 hold three units each, the
// fifth all the rest.
export const units = 12;
export const [N, C] = [5, 192];
const sizes = [64 * units, units, 10 * units, 10];
export const P = N * C;
const [in1, in2] = [1 / 8, 1 / Math.sqrt(units)];
const spare = P - sizes.reduce((a, b) => a + b);
const parts = [...sizes, spare];
/** Every generated number is multiplied by one of these. */
export const scale = tf.concat(
  [in1, 0.1, in2, 0.1, 0].map((by, k) => tf.fill([parts[k]], by)),
);

function layers(weights: T) {
  const [K, R] = weights.shape;
  const [w1, b1, w2, b2] = tf.split(weights, parts, -1);
  return {
    W1: w1.reshape([K, R! * units, 64]),
    b1: b1.expandDims(-1),
    W2: w2.reshape([K * R!, 10, units]),
    b2: b2.reshape([K * R!, 1, 10]),
  };
}

/** Digits x [K, B, 64] by R networks each, Θ [K, R, P]. */
function forward(x: T, weights: T) {
  const [K, R] = weights.shape;
  const { W1, b1, W2, b2 } = layers(weights);
  const inner = tf.matMul(W1, x, false, true);
  const sums = inner.reshape([K, R!, units, -1]).add(b1);
  const hidden = tf.tanh(sums).reshape([K * R!, units, -1]);
  const logits = tf.matMul(hidden, W2, true, true).add(b2);
  return { hidden, W2, logits }; // logits [K·R, B, 10]
}

/** ∂/∂Θ of the mean cross-entropy: x [1, B, 64], Θ [1, R, P]. */
export function targetGradient(x: T, wanted: T, weights: T) {
  const R = weights.shape[1]!;
  const B = x.shape[1]!;
  const { hidden, W2, logits } = forward(x, weights);
  const off = tf.softmax(logits).sub(wanted).div(B); // [R, B, 10]
  const above = tf.matMul(W2, off, true, true);
  const inner = above.mul(tf.sub(1, hidden.square()));
  const pixels = tf.matMul(
    inner.reshape([R * units, B]),
    x.squeeze([0]),
  );
  const gradients = [
    pixels,
    inner.sum(2),
    tf.matMul(off, hidden, true, true),
    off.sum(1),
    tf.zeros([R, spare]),
  ];
  return tf.concat(
    gradients.map((each) => each.reshape([R, -1])),
    1,
  );
}

// Three tasks: the same digits, with the pixels in another order.
const digits = await data.mnist({
  size: 8,
  train: 2000,
  test: 500,
  normalise: 'standard',
  flat: true,
});
const classes = (y: T) =>
  tf.oneHot(y as tf.Tensor1D, 10, 1, 0, 'float32');
const label = digits.test.y;
export const train = {
  x: digits.train.x,
  y: classes(digits.train.y),
};
const plain = Array.from({ length: 64 }, (_, i) => i);
export const orders = [0, 1, 2].map((t) =>
  t === 0 ? plain : random.permutation(64),
);
const seen = (order: number[]) =>
  tf.gather(digits.test.x, order, 1);
export const test = tf.stack(orders.map(seen)); // [T, 500, 64]
export const truth = label.reshape([1, -1]);

/** Share right on each task: Θ [T, R, P] → [T, R]. */
export function accuracy(weights: T) {
  const { logits } = forward(test, weights);
  const right = logits.argMax(-1).equal(truth).cast('float32');
  return right.mean(1).reshape([weights.shape[0], -1]);
}
