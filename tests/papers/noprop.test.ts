import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Block } from '../../content/papers/noprop/mechanism.ts';
import {
  blocksOf,
  coefficients,
  denoise,
  inferStep,
  losses,
  noisyLabel,
  schedule,
  snrSteps,
} from '../../content/papers/noprop/mechanism.ts';

beforeAll(() => tf.setBackend('cpu'));

const values = (t: tf.Tensor) => Array.from(t.dataSync());
const near = (found: tf.Tensor | number[], expected: number[], digits = 5) => {
  const list = Array.isArray(found) ? found : values(found);
  expect(list.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(list[i]).toBeCloseTo(value, digits);
};
const steps = (T: number) => Array.from({ length: T }, (_, t) => t + 1);

describe('schedule', () => {
  test('rises from noise to label, at the values of its closed form', () => {
    const alphaBar = schedule(10);
    expect(alphaBar).toHaveLength(11);
    expect(alphaBar[0]).toBeCloseTo(0.000986636, 8);
    expect(alphaBar[5]).toBeCloseTo(0.5078537, 6);
    expect(alphaBar[10]).toBeCloseTo(0.999753, 5);
    for (let t = 1; t <= 10; t++) expect(alphaBar[t]).toBeGreaterThan(alphaBar[t - 1]);
  });

  test('has the same ends whatever the number of blocks', () => {
    for (const T of [2, 7, 16]) {
      expect(schedule(T)[0]).toBe(schedule(10)[0]);
      expect(schedule(T)[T]).toBeCloseTo(schedule(10)[10], 12);
    }
  });
});

describe('noisy label, formula (1)', () => {
  const label = tf.tensor2d([
    [0, 1, 0],
    [1, 0, 0],
  ]);

  test('is √ᾱ times the label where there is no noise, and √(1−ᾱ) times the noise where there is no label', () => {
    const levels = tf.tensor([0.25, 0.81], [2, 1, 1]);
    const zeros = tf.zeros([2, 2, 3]);
    near(noisyLabel(label, levels, zeros), [0, 0.5, 0, 0.5, 0, 0, 0, 0.9, 0, 0.9, 0, 0]);
    near(noisyLabel(tf.zeros([2, 3]), levels, tf.ones([2, 2, 3])), [
      ...Array(6).fill(0.866025),
      ...Array(6).fill(0.43589),
    ]);
  });

  test('is the label at ᾱ = 1 and the noise at ᾱ = 0', () => {
    const noise = tf.randomNormal([1, 2, 3], 0, 1, 'float32', 3);
    near(noisyLabel(label, tf.ones([1, 1, 1]), noise), values(label));
    near(noisyLabel(label, tf.zeros([1, 1, 1]), noise), values(noise));
  });
});

/** A block of 3 pixels, 2 hidden units, 4 classes with every weight different. */
function blockOf(seed: number): Block {
  const normal = (shape: number[], k: number) => tf.randomNormal(shape, 0, 1, 'float32', 10 * seed + k);
  return {
    wx: normal([3, 2], 1),
    bx: normal([1, 2], 2),
    wz: normal([4, 2], 3),
    w2: normal([4, 2], 4),
    b2: normal([1, 2], 5),
    w3: normal([2, 4], 6),
    b3: normal([1, 4], 7),
  };
}
const stackOf = (blocks: Block[]) =>
  Object.fromEntries(
    Object.keys(blocks[0]).map((name) => [name, tf.stack(blocks.map((b) => b[name as keyof Block]))]),
  ) as Block;

/** The block once more, in plain loops over one example. */
function byHand(x: number[], z: number[], block: Block): number[] {
  const m = (t: tf.Tensor) => t.arraySync() as number[][];
  const times = (v: number[], w: number[][]) =>
    w[0].map((_, j) => v.reduce((s, vi, i) => s + vi * w[i][j], 0));
  const plus = (v: number[], b: number[][]) => v.map((vi, i) => vi + b[0][i]);
  const relu = (v: number[]) => v.map((vi) => Math.max(0, vi));
  const seen = relu(plus(times(x, m(block.wx)), m(block.bx)));
  const told = relu(times(z, m(block.wz)));
  const mixed = relu(plus(times([...seen, ...told], m(block.w2)), m(block.b2)));
  const logits = plus(times(mixed, m(block.w3)), m(block.b3)).map(Math.exp);
  const sum = logits.reduce((s, v) => s + v, 0);
  return logits.map((v) => v / sum);
}

describe('a block, formula (2)', () => {
  const x = tf.tensor2d([
    [0.5, -1, 2],
    [1.5, 0.3, -0.7],
  ]);
  const z = tf.tensor2d([
    [0.1, -0.4, 1.2, 0.9],
    [-1.1, 0.6, 0.2, 0.8],
  ]);

  test.for([1, 2, 3])('is the network written out by hand (weights %i)', (seed) => {
    const block = blockOf(seed);
    const [x0, x1] = x.arraySync();
    const [z0, z1] = z.arraySync();
    near(denoise(x, z, block), [...byHand(x0, z0, block), ...byHand(x1, z1, block)]);
  });

  test('gives weights over classes: each row sums to one', () => {
    near(denoise(x, z, blockOf(4)).sum(-1), [1, 1]);
  });

  test('stacked, is each block on its own state; with one state, each block on that', () => {
    const blocks = [1, 2, 3].map(blockOf);
    const states = tf.randomNormal([3, 2, 4], 0, 1, 'float32', 9);
    const alone = blocks.map((block, t) => denoise(x, states.slice([t], [1]).reshape([2, 4]), block));
    near(denoise(x, states, stackOf(blocks)), values(tf.stack(alone)));
    near(denoise(x, z, stackOf(blocks)), values(tf.stack(blocks.map((block) => denoise(x, z, block)))));
  });

  test('comes out of its stack unchanged', () => {
    const blocks = [5, 6].map(blockOf);
    for (const [t, block] of blocksOf(stackOf(blocks)).entries()) {
      for (const [name, weights] of Object.entries(block))
        near(weights, values(blocks[t][name as keyof Block]));
    }
  });
});

describe('local losses, formula (3)', () => {
  test('are the squared distance, summed over classes, averaged over the batch, times the weight', () => {
    const guess = tf.tensor3d([
      [
        [1, 0],
        [0.5, 0.5],
      ],
      [
        [0, 1],
        [0, 3],
      ],
    ]);
    const label = tf.tensor2d([
      [1, 0],
      [0, 1],
    ]);
    near(losses(guess, label, tf.tensor1d([1, 10])), [0.25, 30]);
    // One of the two cases alone: then classes and cases cannot be taken for each other.
    near(losses(guess.slice([0, 1, 0], [2, 1, 2]), label.slice([1], [1]), tf.tensor1d([1, 10])), [0.5, 40]);
  });

  test('weights add up to T/2 η (SNR(T) − SNR(0)) and follow from the step: T η a²/(2c)', () => {
    for (const T of [2, 10]) {
      const alphaBar = schedule(T);
      const weights = snrSteps(alphaBar, 0.1);
      const snr = (t: number) => alphaBar[t] / (1 - alphaBar[t]);
      const sum = weights.reduce((s, w) => s + w, 0);
      expect(sum / ((T / 2) * 0.1 * (snr(T) - snr(0)))).toBeCloseTo(1, 10);
      for (const t of steps(T)) {
        const { a, c } = coefficients(alphaBar, t);
        expect((T * 0.1 * a * a) / (2 * c) / weights[t - 1]).toBeCloseTo(1, 9);
      }
    }
  });

  test('pull on their own block only', () => {
    const stack = stackOf([1, 2, 3].map(blockOf));
    const x = tf.tensor2d([[0.5, -1, 2]]);
    const z = tf.randomNormal([3, 1, 4], 0, 1, 'float32', 5);
    const label = tf.tensor2d([[0, 0, 1, 0]]);
    const gradient = tf.grad((b3) =>
      losses(denoise(x, z, { ...stack, b3 }), label, tf.tensor1d([0, 1, 0])).sum(),
    );
    const [first, second, third] = gradient(stack.b3).abs().sum([1, 2]).arraySync() as number[];
    expect([first, third]).toEqual([0, 0]);
    expect(second).toBeGreaterThan(1e-3);
  });
});

describe('the step of the chain, formula (4)', () => {
  test('is Bayes’ rule: the state before times what the state after makes of it', () => {
    const alphaBar = schedule(10);
    for (const t of steps(10)) {
      const { a, b, c } = coefficients(alphaBar, t);
      const alpha = alphaBar[t - 1] / alphaBar[t];
      // Precisions add: the prior N(√ᾱ u, 1−ᾱ) of the state after, and z_before ~ N(√α z_after, 1−α).
      const precision = 1 / (1 - alphaBar[t]) + alpha / (1 - alpha);
      expect(c * precision).toBeCloseTo(1, 9);
      expect(a).toBeCloseTo(Math.sqrt(alphaBar[t]) / (1 - alphaBar[t]) / precision, 9);
      expect(b).toBeCloseTo(Math.sqrt(alpha) / (1 - alpha) / precision, 9);
    }
  });

  test('leads from the marginal of one block to that of the next: mean and variance', () => {
    for (const T of [2, 5, 16]) {
      const alphaBar = schedule(T);
      for (const t of steps(T)) {
        const { a, b, c } = coefficients(alphaBar, t);
        expect(a + b * Math.sqrt(alphaBar[t - 1])).toBeCloseTo(Math.sqrt(alphaBar[t]), 10);
        expect(b * b * (1 - alphaBar[t - 1]) + c).toBeCloseTo(1 - alphaBar[t], 10);
      }
    }
  });

  test('mixes guess, state and noise', () => {
    const [guess, z, noise] = [
      [1, 0],
      [2, 3],
      [1, -1],
    ].map((row) => tf.tensor2d([row]));
    near(inferStep(guess, z, noise, { a: 0.5, b: 0.25, c: 0.04 }), [1.2, 0.55]);
  });
});
