// @vitest-environment node
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { overrides } from '../../../src/kernel/backends/overrides.ts';
import * as tf from '../../../src/kernel/tf.ts';
import { use } from './backends.ts';
import { gradientCases } from './gradient-cases.ts';
import { gradientError } from './gradient-error.ts';

/** Differences of float32 values agree to about 1e-4; the worst wrong gradient of tfjs 4.22 was off by 2e-1. */
const BAR = 3e-3;

describe.each(['cpu', 'wasm'] as const)('derivatives on %s agree with finite differences', (backend) => {
  beforeAll(() => use(backend));
  let worst = { error: 0, name: '' };
  afterAll(() =>
    console.log(`${backend}: worst ${worst.error.toExponential(1)} (${worst.name}), bar ${BAR}`),
  );

  for (const c of gradientCases(tf as any, overrides)) {
    test(c.name, async () => {
      const before = tf.memory().numTensors;
      const { first, second = 0 } = await gradientError(tf as any, c);
      if (Math.max(first, second) > worst.error) worst = { error: Math.max(first, second), name: c.name };
      expect(first).toBeLessThan(BAR);
      expect(second).toBeLessThan(BAR);
      expect(tf.memory().numTensors).toBe(before);
    });
  }
});

describe('the measure itself', () => {
  beforeAll(() => use('cpu'));
  const wrong = (slope: number) =>
    tf.customGrad(
      (x: any) =>
        ({ value: tf.sum(tf.square(x)), gradFunc: (dy: any) => tf.mul(dy, tf.mul(x, slope)) }) as any,
    );
  const measure = (slope: number) =>
    gradientError(tf as any, { name: '', f: wrong(slope) as any, shape: [3], range: [-1, 1], second: true });

  test('accepts the right slope and refuses one that is 1% off, in both orders', async () => {
    expect((await measure(2)).first).toBeLessThan(BAR);
    const { first, second } = await measure(2.02);
    expect(first).toBeGreaterThan(BAR);
    expect(second).toBeLessThan(BAR); // consistent with its own first derivative
  });

  test('refuses a slope that the tape cannot follow', async () => {
    const cut = tf.customGrad((x: any) => {
      const frozen = x.dataSync();
      return {
        value: tf.sum(tf.square(x)),
        gradFunc: (dy: any) => tf.mul(dy, tf.mul(tf.add(tf.mul(x, 0), tf.tensor(frozen)), 2)),
      } as any;
    });
    const { first, second } = await gradientError(tf as any, {
      name: '',
      f: cut as any,
      shape: [3],
      range: [-1, 1],
      second: true,
    });
    expect(first).toBeLessThan(BAR);
    expect(second).toBeGreaterThan(0.5);
  });
});

describe('einsum', () => {
  beforeAll(() => use('cpu'));
  test('gives what the definition gives where the kernel of tfjs does not', async () => {
    const y = overrides.einsum(
      'ij,k->k',
      [
        [1, 5, 3],
        [0, -1, 4],
      ],
      [1, 2],
    );
    expect([...(await y.data())]).toEqual([12, 24]);
  });
  test.each([
    ['ij,jk', /one '->'/],
    ['ij->', /2 tensors given/],
    ['ii,jk->ik', /label twice/],
    ['ij,kk->ik', /label twice/],
    ['ijl,jk->ik', /names 3 axes/],
    ['ij,ik->jk', /'i' is 2 long in one operand, 3 in another/],
    ['ij,jk->iz', /'z' of the output/],
  ])('%s is refused with a sentence', (equation, sentence) => {
    expect(() => overrides.einsum(equation, tf.ones([2, 3]), tf.ones([3, 4]))).toThrow(sentence);
  });
});

test('softmaxCrossEntropy is the one of tfjs', async () => {
  await use('cpu');
  const given = [
    [0, 1, 0],
    [0.2, 0.3, 0.5],
  ];
  const logits = [
    [1, -2, 3],
    [0.5, 0, -1],
  ];
  for (const reduction of [tf.Reduction.NONE, tf.Reduction.MEAN, tf.Reduction.SUM_BY_NONZERO_WEIGHTS])
    for (const smoothing of [0, 0.2]) {
      const [ours, theirs] = [overrides.losses, tf.losses].map((l) =>
        l.softmaxCrossEntropy(
          tf.tensor2d(given),
          tf.tensor2d(logits),
          tf.tensor1d([1, 0.5]),
          smoothing,
          reduction,
        ),
      );
      expect(
        await tf
          .max(tf.abs(tf.sub(ours, theirs)))
          .data()
          .then((d) => d[0]),
      ).toBeLessThan(1e-6);
    }
});
