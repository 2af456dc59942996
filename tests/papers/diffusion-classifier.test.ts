import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  alphaBar,
  cleaned,
  denoise,
  denoisingLoss,
  dual,
  layer,
  noisy,
  readOut,
  silu,
  standardise,
  timeCode,
  type Weights,
} from '../../content/papers/diffusion-classifier/mechanism.ts';
import { closeTo } from './numbers.ts';

const read = (x: tf.Tensor) => Array.from(x.dataSync());
const close = closeTo(5);

test('the schedule is a product of 1 − β, β linear with both ends in it', () => {
  close(alphaBar(3, 0.1, 0.3), [0.9, 0.9 * 0.8, 0.9 * 0.8 * 0.7], 12);
  const kept = alphaBar(1000, 1e-4, 0.02);
  expect(kept).toHaveLength(1000);
  expect(kept[0]).toBeCloseTo(0.9999, 10);
  expect(kept[999] * 1e5).toBeCloseTo(4.036, 2);
});

test('formula (1) mixes by roots, and keeps the variance of a standard variable', async () => {
  const [clean, noise] = [tf.tensor2d([[1, -1]]), tf.tensor2d([[0.5, 2]])];
  close(read(noisy(clean, noise, 0.36)), [0.6 + 0.4, -0.6 + 1.6]);
  close(read(noisy(clean, noise, 1)), [1, -1]);
  close(read(noisy(clean, noise, 0)), [0.5, 2]);
  const rows = noisy(clean.tile([2, 1]), noise.tile([2, 1]), tf.tensor2d([[0.36], [1]]));
  close(read(rows), [1, 1, 1, -1]);
  const far = tf.randomNormal([1000, 196], 0, 1, 'float32', 3);
  const { variance } = tf.moments(noisy(tf.zeros([1000, 196]), far, 0.36));
  expect(read(variance)[0] / 0.64).toBeCloseTo(1, 1);
});

test('formula (5) undoes (1) when the noise is known', () => {
  const [clean, noise] = [tf.tensor2d([[1, -0.3]]), tf.tensor2d([[0.5, 2]])];
  close(read(cleaned(noisy(clean, noise, 0.2), noise, 0.2)), [1, -0.3]);
  close(read(cleaned(tf.tensor2d([[2]]), tf.tensor2d([[1]]), 0.36)), [(2 - 0.8) / 0.6]);
});

test('the code of a step is sines, then cosines, of falling frequencies', () => {
  const code = timeCode([0, 3], 2, 100);
  expect(code.shape).toEqual([2, 4]);
  close(read(code), [0, 0, 1, 1, Math.sin(3), Math.sin(0.3), Math.cos(3), Math.cos(0.3)]);
});

test('silu is z over 1 + exp(−z)', () => {
  close(read(silu(tf.tensor1d([-2, 0, 3]))), [-2 / (1 + Math.exp(2)), 0, 3 / (1 + Math.exp(-3))]);
});

/** A denoiser of 3 pixels with blocks of 2, 2, 1, 2 and 2 units. */
function small(): Weights {
  const [inputs, outputs] = [
    [3, 2, 2, 3, 4, 2],
    [2, 2, 1, 2, 2, 3],
  ];
  const all: Weights = {};
  for (const [i, out] of outputs.entries()) {
    all[`w${i + 1}`] = tf.randomNormal([inputs[i], out], 0, 1, 'float32', 10 + i);
    all[`b${i + 1}`] = tf.randomNormal([out], 0, 1, 'float32', 20 + i);
    if (i < 5) all[`v${i + 1}`] = tf.randomNormal([4, out], 0, 1, 'float32', 30 + i);
  }
  return all;
}

test('the denoiser agrees with the sums done by hand, skips included', () => {
  const weights = small();
  const x = [0.3, -1, 0.7];
  const code = [0.1, 0.2, -0.3, 0.4];
  const number = (name: string, i: number, j: number) => read(weights[name])[i * weights[name].shape[1]! + j];
  const block = (b: number, input: number[]) =>
    read(weights[`b${b}`]).map((bias, j) => {
      const z =
        bias +
        input.reduce((s, v, i) => s + v * number(`w${b}`, i, j), 0) +
        code.reduce((s, v, i) => s + v * number(`v${b}`, i, j), 0);
      return z / (1 + Math.exp(-z));
    });
  const h1 = block(1, x);
  const h2 = block(2, h1);
  const h3 = block(3, h2);
  const h4 = block(4, [...h3, ...h2]);
  const h5 = block(5, [...h4, ...h1]);
  const noise = read(weights.b6).map(
    (bias, j) => bias + h5.reduce((s, v, i) => s + v * number('w6', i, j), 0),
  );
  const found = denoise(tf.tensor2d([x]), tf.tensor2d([code]), weights);
  for (const [i, expected] of [h1, h2, h3, h4, h5].entries()) close(read(found.blocks[i]), expected, 4);
  close(read(found.noise), noise, 4);
  close(read(layer(tf.tensor2d([x]), tf.tensor2d([code]), weights, 1)), h1, 4);
});

test('pictures in a stack are denoised as each alone', () => {
  const weights = small();
  const [x, code] = [
    tf.randomNormal([2, 2, 3], 0, 1, 'float32', 40),
    tf.randomNormal([2, 2, 4], 0, 1, 'float32', 41),
  ];
  const found = denoise(x, code, weights);
  for (const i of [0, 1]) {
    const alone = denoise(x.gather(i), code.gather(i), weights);
    close(read(found.noise.gather(i)), read(alone.noise));
    for (const [b, block] of alone.blocks.entries()) close(read(found.blocks[b].gather(i)), read(block));
  }
});

test('the loss is the mean square of what is missing', () => {
  expect(read(denoisingLoss(tf.tensor2d([[1, 2]]), tf.tensor2d([[0, 4]])))[0]).toBeCloseTo(2.5, 6);
});

test('features are scaled by the labelled ones, each set by its own, and a 1 follows', () => {
  const known = tf.tensor3d([
    [
      [1, 10],
      [3, 30],
    ],
    [
      [0, 0],
      [4, 2],
    ],
  ]); // prettier-ignore
  const rows = tf.tensor3d([[[5, 20]], [[2, 3]]]);
  const found = standardise(rows, known);
  expect(found.shape).toEqual([2, 1, 3]);
  close(read(found), [3, 0, 1, 0, 2, 1], 4);
  // A pixel that never changes gives no infinity.
  close(
    read(
      standardise(
        tf.tensor2d([[2, 1]]),
        tf.tensor2d([
          [2, 0],
          [2, 2],
        ]),
      ),
    ),
    [0, 0, 1],
    3,
  ); // prettier-ignore
});

test('the dual form (4) gives the ridge regression of the primal form', async () => {
  const H = tf.randomNormal([1, 3, 2], 0, 1, 'float32', 5);
  const Y = tf.randomNormal([1, 3, 2], 0, 1, 'float32', 6);
  const rows = tf.randomNormal([1, 4, 2], 0, 1, 'float32', 7);
  const K = read(dual(H, 0.7));
  const h = read(H);
  const dot = (i: number, j: number) => h[2 * i] * h[2 * j] + h[2 * i + 1] * h[2 * j + 1];
  close(
    K,
    [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => dot(i, j) + (i === j ? 0.7 : 0))),
  );
  // A = (HHᵀ + λI)⁻¹Y by many rounds of descent; W = (HᵀH + λI)⁻¹HᵀY by Cramer's rule.
  let A: tf.Tensor = tf.zeros([1, 3, 2]);
  for (let i = 0; i < 3000; i++) A = A.sub(tf.matMul(dual(H, 0.7), A).sub(Y).mul(0.05));
  const [p, q, , r] = read(tf.matMul(H, H, true).add(tf.eye(2).mul(0.7)));
  const inverse = tf
    .tensor3d([
      [
        [r, -q],
        [-q, p],
      ],
    ])
    .div(p * r - q * q); // prettier-ignore
  const W = tf.matMul(inverse, tf.matMul(H, Y, true));
  close(read(readOut(rows, H, A)), read(tf.matMul(rows, W)), 3);
});
