import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import type * as imported from '../../../src/lab/index.ts';
import { createLab, type Lab } from '../../../src/lab/index.ts';
import { fakeHost } from './fake-host.ts';

beforeAll(() => tf.setBackend('cpu'));
const labWith = (settings = {}, seed = 0) => {
  const { host, said } = fakeHost(settings, seed);
  return { lab: createLab(host), said };
};

test('the surface: adding or losing a name is a visible change', () => {
  const { lab } = labWith();
  expect(Object.keys(lab).sort()).toMatchInlineSnapshot(`
    [
      "Plot",
      "adam",
      "baseline",
      "batches",
      "bound",
      "broken",
      "chart",
      "check",
      "curve",
      "data",
      "gradients",
      "images",
      "ink",
      "linalg",
      "mean",
      "median",
      "nn",
      "parameters",
      "random",
      "scrub",
      "select",
      "sgd",
      "show",
      "slider",
      "slope",
      "steps",
      "tasks",
      "theory",
      "toArray",
      "toNumber",
      "toggle",
      "variant",
      "weights",
    ]
  `);
  expect(Object.keys(lab.nn).sort()).toEqual([
    'accuracy',
    'attention',
    'block',
    'blockWeights',
    'causalMask',
    'crossEntropy',
    'dense',
    'feedForward',
    'gelu',
    'glorot',
    'he',
    'heads',
    'joinHeads',
    'layerNorm',
    'multiHead',
    'patches',
  ]);
  expect(Object.keys(lab.random).sort()).toEqual([
    'choice',
    'flip',
    'gaussian',
    'integer',
    'integers',
    'normal',
    'number',
    'permutation',
    'signs',
    'uniform',
  ]);
});

// Held by the type checker, which alone sees names that are only declared.
test('what a cell may import is what a run gives it', () => {
  expectTypeOf<Exclude<keyof typeof imported, 'createLab'>>().toEqualTypeOf<keyof Lab>();
  expectTypeOf<typeof imported>().toExtend<Lab>();
});

describe('controls', () => {
  test('return the default, or what the reader set', () => {
    const { lab } = labWith({ beta: 3, rule: 'b' });
    expect(lab.slider('beta', { min: 0, max: 9, value: 1 })).toBe(3);
    expect(lab.variant('rule', { a: 1, b: 2 })).toBe(2);
    expect(lab.toggle('on', { value: true })).toBe(true);
    expect(lab.select('size', { options: [8, 14, 28] })).toBe(8);
  });
  test('refuse a default outside the range', () => {
    expect(() => labWith().lab.slider('x', { min: 0, max: 1, value: 2 })).toThrow(
      "slider('x'): value 2 is not within min 0 and max 1",
    );
  });
});

describe('random', () => {
  test('repeats for a seed, differs between seeds, and 0 is a seed', async () => {
    const draw = async (seed: number) => [...(await labWith({}, seed).lab.random.normal([4]).data())];
    expect(await draw(0)).toEqual(await draw(0));
    expect(await draw(0)).not.toEqual(await draw(1));
  });
  test('has the moments it says', async () => {
    const { random } = labWith({}, 5).lab;
    const values = Array.from(await random.normal([20_000], 2, 3).data());
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(2, 1);
    expect(Math.sqrt(variance)).toBeCloseTo(3, 1);
  });
  test('a permutation holds each number once', () => {
    expect(
      labWith()
        .lab.random.permutation(50)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });
  test('choice does not promise more than there is', () => {
    expect(() => labWith().lab.random.choice([1, 2], 3)).toThrow('asked for 3 of 2 items');
  });
});

describe('doors', () => {
  test('toNumber takes one value only', async () => {
    const { lab } = labWith();
    expect(await lab.toNumber(tf.scalar(2.5))).toBe(2.5);
    await expect(lab.toNumber(tf.tensor([1, 2]))).rejects.toThrow('found shape [2]');
  });
  test('toArray nests as the tensor does', async () => {
    expect(
      await labWith().lab.toArray<number[][]>(
        tf.tensor2d([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});

describe('steps', () => {
  test('disposes of each round, but not of what was kept', async () => {
    const { lab, said } = labWith();
    const before = tf.memory().numTensors;
    const kept: tf.Tensor[] = [];
    for await (const i of lab.steps(3, 'training')) {
      tf.ones([2]).add(i);
      kept.push(tf.keep(tf.scalar(i)));
    }
    expect(tf.memory().numTensors - before).toBe(3);
    expect(said.progress.at(-1)).toEqual(['training', 3, 3]);
    tf.dispose(kept);
  });
  test('closes its scope when left by break', async () => {
    const { lab } = labWith();
    const before = tf.memory().numTensors;
    for await (const _ of lab.steps(3)) {
      tf.ones([2]);
      break;
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('optimisers', () => {
  test('adam agrees with a hand-written one', async () => {
    const { lab } = labWith();
    const net = lab.parameters({ a: tf.tensor1d([1, -2]), b: tf.tensor2d([[0.5]]) });
    const optimiser = lab.adam(net, { rate: 0.1 });
    for (let i = 0; i < 3; i++)
      await optimiser.step(({ a, b }) => tf.add(tf.sum(tf.square(a)), tf.sum(tf.square(b))));
    const found = await net.flat.data();
    for (const [i, start] of [1, -2, 0.5].entries()) expect(found[i]).toBeCloseTo(adamByHand(start, 3), 5);
  });
  test('sgd with momentum agrees with the recurrence', async () => {
    const { lab } = labWith();
    const net = lab.parameters({ w: tf.tensor1d([1]) });
    const optimiser = lab.sgd(net, { rate: 0.1, momentum: 0.9 });
    let [w, v] = [1, 0];
    for (let i = 0; i < 4; i++) {
      await optimiser.step(({ w: x }) => tf.sum(tf.square(x)));
      v = 0.9 * v + 2 * w;
      w -= 0.1 * v;
    }
    expect((await net.flat.data())[0]).toBeCloseTo(w, 5);
  });
  test('a loss of several values is refused', async () => {
    const { lab } = labWith();
    const net = lab.parameters({ w: tf.tensor1d([1, 2]) });
    await expect(lab.sgd(net, { rate: 1 }).step(({ w }) => w)).rejects.toThrow(
      'a loss is one value, found shape [2]',
    );
  });
});

function adamByHand(start: number, steps: number): number {
  let [w, m, v] = [start, 0, 0];
  for (let t = 1; t <= steps; t++) {
    const g = 2 * w;
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    w -= (0.1 * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
  }
  return w;
}

describe('check', () => {
  const options = { because: 'theory', breaks: { rule: 'b' } };
  test.for([
    [0.5, { below: 1 }, true],
    [1, { below: 1 }, false],
    [2, { above: 1 }, true],
    [1.05, { near: 1, within: 0.1 }, true],
    [1.2, { near: 1, within: 0.1 }, false],
    [3, { between: [1, 2] as [number, number] }, false],
    [Number.NaN, { below: 1 }, false],
    [Number.POSITIVE_INFINITY, { above: 1 }, false],
  ] as const)('%s against %o: %s', ([measured, bound, verdict]) => {
    const { lab, said } = labWith();
    lab.check('a claim', measured, { ...(bound as { below: number }), ...options });
    expect(said.checks[0].holds).toBe(verdict);
  });
  test('needs a bound, a break, and a number', () => {
    const { lab } = labWith();
    expect(() => lab.check('c', 1, { ...options } as never)).toThrow('has no finite bound');
    expect(() => lab.check('c', 1, { below: 2, because: '', breaks: {} })).toThrow(
      'does not say what breaks it',
    );
    expect(() => lab.check('c', tf.scalar(1) as never, { below: 2, ...options })).toThrow(
      'measures a number',
    );
  });
});

describe('Plot', () => {
  test('is data, with Plot’s own names', () => {
    const { lab } = labWith();
    const plot = lab.Plot.plot({
      title: 'falls',
      x: { type: 'log' },
      marks: [lab.Plot.line([{ a: 1 }], { x: 'a' })],
    });
    expect(plot).toEqual({
      kind: 'plot',
      title: 'falls',
      options: { x: { type: 'log' } },
      marks: [{ mark: 'line', data: [{ a: 1 }], options: { x: 'a' } }],
    });
  });
  test('copies its data, so that a growing array does not change what was shown', () => {
    const { lab } = labWith();
    const rows = [{ a: 1 }];
    const mark = lab.Plot.dot(rows, { x: 'a' });
    rows.push({ a: 2 });
    expect(mark.data).toEqual([{ a: 1 }]);
  });
  test('refuses functions', () => {
    const { lab } = labWith();
    expect(() => lab.Plot.line([], { x: (d: number) => d })).toThrow("option 'x' is a function");
  });

  describe('a percent axis', () => {
    const plot = (axis: object, values: (number | null)[], channels: object = { x: 'at', y: 'share' }) => {
      const { Plot } = labWith().lab;
      const rows = values.map((share, at) => ({ at, share }));
      return () => Plot.plot({ y: axis, marks: [Plot.line(rows, channels as any)] });
    };

    test('with its domain in shares is refused, saying what to write', () => {
      expect(plot({ percent: true, domain: [0, 1] }, [null, 0.2, 0.9])).toThrow(
        'y: { percent: true, domain: [0, 1] }: the values times 100 reach 90, far outside the domain',
      );
      expect(plot({ percent: true, domain: [0, 1] }, [0.9])).toThrow(
        expect.objectContaining({ hint: expect.stringContaining('domain: [0, 100]') }),
      );
    });

    test('with values that are percents already is refused', () => {
      expect(plot({ percent: true, domain: [0, 100] }, [20, 90])).toThrow('the values times 100 reach 9000');
    });

    test.each([
      [{ percent: true, domain: [0, 100] }, [0, 0.5, 1]],
      [{ percent: true, domain: [0, 1] }, [0.002, 0.008]],
      [{ percent: true, domain: [80, 115] }, [0.9, 1.12]],
      [{ percent: true }, [0.5]],
      [{ domain: [0, 1] }, [0.5, 90]],
      [{ percent: true, domain: [0, 100] }, []],
    ])('%j over %j is drawn', (axis, values) => {
      expect(plot(axis, values)).not.toThrow();
    });
  });
});

describe('show', () => {
  test('takes tables and words; refuses a promise with advice', () => {
    const { lab, said } = labWith();
    lab.show('rows', [{ a: 1 }]);
    lab.show('note', 'plain *words*');
    expect(said.shown.map(([, output]) => output.kind)).toEqual(['table', 'text']);
    expect(() => lab.show('p', Promise.resolve() as never)).toThrow('found a promise');
  });
  test('a scrub has the title of its last frame, and no scrub among its frames', () => {
    const { lab, said } = labWith();
    const plot = (title: string) => lab.Plot.plot({ title, marks: [lab.Plot.ruleY([0])] });
    const frames = ['a', 'b'].map((title, at) => ({ at, output: plot(title) }));
    lab.scrub('growth', frames, 'step');
    expect(said.shown[0][1]).toMatchObject({ kind: 'scrub', title: 'b', label: 'step' });
    const nested = [{ at: 0, output: said.shown[0][1] as ReturnType<typeof plot> }];
    expect(() => lab.scrub('nested', nested, 'step')).toThrow('a frame that is a scrub itself');
    lab.scrub('words', [{ at: 0, output: 'none yet' }], 'step');
    expect(said.shown[1][1]).toMatchObject({ kind: 'scrub', title: undefined });
  });
  test('images share one range of values', async () => {
    const { lab } = labWith();
    const output = await lab.images({ a: tf.tensor3d([[[0, 1]]]), b: tf.tensor3d([[[0.5, 2]]]) });
    expect(output.range).toEqual([0, 2]);
    expect([...Buffer.from(output.rows[1].pixels, 'base64')]).toEqual([64, 255]);
  });
});

describe('nn', () => {
  test('attention of one key returns its value', async () => {
    const { lab } = labWith();
    const out = lab.nn.attention(tf.ones([2, 3]), tf.ones([1, 3]), tf.tensor2d([[7, 8]]));
    expect(await lab.toArray(out)).toEqual([
      [7, 8],
      [7, 8],
    ]);
  });
  test('cross entropy of equal logits is ln of the classes', async () => {
    const { lab } = labWith();
    expect(
      await lab.toNumber(lab.nn.crossEntropy(tf.zeros([5, 4]), tf.tensor1d([0, 1, 2, 3, 0], 'int32'))),
    ).toBeCloseTo(Math.log(4), 5);
  });
  test('he scales with the inputs, of a filter too', async () => {
    const { lab } = labWith();
    const spread = await lab.toNumber(tf.moments(lab.nn.he([3, 3, 8, 64])).variance);
    expect(spread).toBeCloseTo(2 / 72, 2);
  });

  test('heads split the last axis and are joined again; what they do not divide is refused', async () => {
    const { lab } = labWith();
    const x = tf.reshape(tf.range(0, 24), [2, 3, 4]);
    const split = lab.nn.heads(x, 2);
    expect(split.shape).toEqual([2, 2, 3, 2]);
    expect((await lab.toArray<number[][][][]>(split))[1][1]).toEqual([
      [14, 15],
      [18, 19],
      [22, 23],
    ]);
    expect(await lab.toArray(lab.nn.joinHeads(split))).toEqual(await lab.toArray(x));
    expect(() => lab.nn.heads(x, 3)).toThrow('got a last axis of 4, which 3 does not divide');
  });

  test('behind a causal mask no token sees a later one', async () => {
    const { lab } = labWith();
    const v = tf.tensor2d([[1], [2], [60]]);
    const seen = lab.nn.attention(tf.zeros([3, 2]), tf.zeros([3, 2]), v, { mask: lab.nn.causalMask(3) });
    expect(await lab.toArray(seen)).toEqual([[1], [1.5], [21]]);
  });

  test('a block adds what each part makes of the standardised tokens', async () => {
    const { lab } = labWith();
    const x = tf.tensor2d([[3, 1]]);
    const whole = lab.nn.block(x, { mix: (t) => t.mul(2), feed: (t) => t.mul(10), norm: (t) => t.sub(1) });
    expect(await lab.toArray(whole)).toEqual([[3 + 4 + 60, 1 + 0 + 0]]);
    const [[a, b]] = await lab.toArray<number[][]>(lab.nn.block(x, { mix: (t) => t }));
    expect([a, b]).toEqual([expect.closeTo(4, 3), expect.closeTo(0, 3)]);
  });

  test('dense maps of several networks each take their own', async () => {
    const { lab } = labWith();
    const x = tf.tensor3d([[[1, 2]], [[3, 4]]]);
    const w = tf.tensor3d([
      [[1], [0]],
      [[0], [10]],
    ]);
    const b = tf.tensor2d([[5], [7]]);
    expect(await lab.toArray(lab.nn.dense(x, w, b))).toEqual([[[6]], [[47]]]);
    const deep = lab.nn.dense(tf.ones([2, 3, 4, 2]), w, b);
    expect(deep.shape).toEqual([2, 3, 4, 1]);
    expect((await lab.toArray<number[][][][]>(deep)).map((net) => net[2][3][0])).toEqual([6, 17]);
    expect(() => lab.nn.dense(tf.ones([3, 1, 2]), w)).toThrow(
      'nn.dense got x of shape [3,1,2] and w of shape [2,2,1]',
    );
  });

  test('a standard block is one network or several side by side', async () => {
    const { lab } = labWith();
    const { nn } = lab;
    const w = nn.blockWeights(4, 6, [2]);
    const x = lab.random.normal([2, 3, 5, 4]);
    const run = (
      x: tf.Tensor,
      w: Parameters<typeof nn.multiHead>[1] & Parameters<typeof nn.feedForward>[1],
    ) =>
      nn.block(x, {
        mix: (t) => nn.multiHead(t, w, { heads: 2, mask: nn.causalMask(5) }),
        feed: (t) => nn.feedForward(t, w),
      });
    const both = await lab.toArray<number[][][][]>(run(x, w));
    const second = Object.fromEntries(Object.entries(w).map(([name, t]) => [name, t.gather(1)]));
    const alone = await lab.toArray<number[][][]>(run(x.gather(1), second as typeof w));
    for (const [i, v] of alone.flat(2).entries()) expect(both[1].flat(2)[i]).toBeCloseTo(v, 5);
    expect(w.down.shape).toEqual([2, 6, 4]);
    const first = nn.multiHead(x, w, { heads: 2, attend: (_q, _k, v) => v });
    const direct = nn.dense(nn.dense(x, w.v), w.o);
    expect(await lab.toNumber(tf.max(tf.abs(tf.sub(first, direct))))).toBeLessThan(1e-5);
  });

  test('a pointer names a place, once or twice', async () => {
    const { lab } = labWith();
    for (const hops of [1, 2]) {
      const { tokens, answers } = lab.tasks.pointer(50, { hops });
      const rows = await lab.toArray<number[][]>(tokens);
      const right = rows.map((row) => (hops === 1 ? row[row[6] - 6] : row[row[row[6] - 6]]));
      expect(await lab.toArray(answers)).toEqual(right);
      expect(new Set(right).size).toBe(6);
    }
  });

  test('gelu is z Φ(z)', async () => {
    const { lab } = labWith();
    const [a, b, c] = await lab.toArray<number[]>(lab.nn.gelu(tf.tensor1d([-1, 0, 2])));
    expect([a, b, c]).toEqual([expect.closeTo(-0.1587, 3), 0, expect.closeTo(1.9545, 3)]);
  });

  test('patches are squares of pixels, row by row', async () => {
    const { lab } = labWith();
    const picture = tf.reshape(tf.range(0, 24), [1, 4, 6]);
    const tokens = await lab.toArray<number[][][]>(lab.nn.patches(picture, 2));
    expect(tokens[0]).toHaveLength(6);
    expect(tokens[0][1]).toEqual([2, 3, 8, 9]);
    expect(tokens[0][3]).toEqual([12, 13, 18, 19]);
    expect(() => lab.nn.patches(picture, 4)).toThrow('got pictures of shape [1,4,6]');
  });
});

describe('linalg', () => {
  test('svd puts a matrix together again', async () => {
    const { linalg } = labWith().lab;
    const { u, s, v } = await linalg.svd([
      [3, 0],
      [4, 5],
      [1, 2],
    ]);
    const back = u.map((row) =>
      v.map((col) => row.reduce((sum, value, k) => sum + value * s[k] * col[k], 0)),
    );
    for (const [i, x] of [3, 0, 4, 5, 1, 2].entries()) expect(back.flat()[i]).toBeCloseTo(x, 9);
  });
  test('eigh falls, and its columns are eigenvectors', async () => {
    const { values, vectors } = await labWith().lab.linalg.eigh(
      tf.tensor2d([
        [2, 1],
        [1, 2],
      ]),
    );
    expect(values.map((x) => Number(x.toFixed(9)))).toEqual([3, 1]);
    expect(Math.abs(vectors[0][0])).toBeCloseTo(Math.SQRT1_2, 6);
  });
  test('cholesky refuses what is not positive definite', async () => {
    await expect(
      labWith().lab.linalg.cholesky([
        [1, 2],
        [2, 1],
      ]),
    ).rejects.toThrow('not positive definite');
  });
});
