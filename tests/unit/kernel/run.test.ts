import { beforeAll, describe, expect, test } from 'vitest';
import { testKernel } from './kernel.ts';

const kernel = testKernel();
beforeAll(() => kernel.verdict);

const lab =
  "import * as tf from '@tensorflow/tfjs';\nimport { check, parameters, random, show, sgd, slider, steps, toNumber } from 'lab';\n";

describe('a run', () => {
  test('gathers controls, outputs and checks of its cells', async () => {
    const run = await kernel.runOnce(
      {
        experiment: `${lab}const a = slider('a', { min: 0, max: 9, value: 2 });
show('words', 'some');
check('a is small', a, { below: 5, because: 'so', breaks: { a: 9 } });`,
      },
      { a: 3 },
    );
    expect(run.outcome).toBe('done');
    expect(run.controls.map(({ key, value }) => [key, value])).toEqual([['a', 2]]);
    expect(run.checks[0]).toMatchObject({ id: 'a-is-small', measured: 3, holds: true, cell: 'experiment' });
    expect(run.shown[0]).toMatchObject({ id: 'words', cell: 'experiment' });
  });

  test('runs imports first, and hands on what they export', async () => {
    const run = await kernel.runOnce({
      experiment: `${lab}import { four } from './later';\nshow('words', String(await toNumber(four)));`,
      later: `import * as tf from '@tensorflow/tfjs';\nexport const four = tf.add(2, 2);`,
    });
    expect(run.errors).toEqual([]);
    expect(run.shown[0].output).toEqual({ kind: 'text', markdown: '4' });
  });

  test('repeats for a seed, Math.random included', async () => {
    const cells = {
      experiment: `${lab}show('n', String([random.number(), Math.random(), await toNumber(random.normal([1]))]));`,
    };
    const words = async (seed: number) => JSON.stringify((await kernel.runOnce(cells, { seed })).shown);
    expect(await words(1)).toBe(await words(1));
    expect(await words(1)).not.toBe(await words(2));
  });

  test('leaves no tensor, whatever a cell forgets', async () => {
    const run = await kernel.runOnce({
      experiment: `${lab}tf.ones([3]); tf.variable(tf.ones([2])); tf.keep(tf.zeros([4]));
const net = parameters({ w: tf.ones([2]) });
const descent = sgd(net, { rate: 0.1 });
for await (const i of steps(3)) await descent.step(({ w }) => w.square().sum());
export const kept = tf.ones([5]);`,
    });
    expect(run.errors).toEqual([]);
    expect(run.tensors).toBe(0);
  });

  test('says so when a tensor leaks', async () => {
    const leak = 'tf.engine().endScope(); tf.ones([2]); tf.engine().startScope();';
    expect((await kernel.runOnce({ experiment: `${lab}${leak}` })).tensors).toBe(1);
  });

  test('counts kernels and bytes', async () => {
    const run = await kernel.runOnce({ experiment: `${lab}const x = tf.ones([256]).add(1).mul(2);` });
    expect(run.kernels).toBe(2);
    expect(run.peakBytes).toBeGreaterThanOrEqual(2 * 1024);
  });
});

describe('an error', () => {
  const errorOf = async (text: string) => (await kernel.runOnce({ experiment: text })).errors[0]?.error;

  test('names the line of the author’s text', async () => {
    expect(await errorOf(`${lab}\nconst x = 1;\nthrow new Error('no luck');`)).toMatchObject({
      message: 'no luck',
      line: 5,
    });
  });
  test('of shapes names the line, too', async () => {
    const error = await errorOf(`${lab}tf.matMul(tf.ones([2, 3]), tf.ones([4, 5]));`);
    expect(error).toMatchObject({ kind: 'throw', line: 3 });
  });
  test('a synchronous door says what to use instead', async () => {
    expect(await errorOf(`${lab}tf.ones([2]).dataSync();`)).toMatchObject({
      hint: "Use await toNumber(x) or await toArray(x), from 'lab'.",
      line: 3,
    });
  });
  test('a name that lab does not have', async () => {
    const error = await errorOf(`import { slidr } from 'lab';\nslidr('a');`);
    expect(error?.message).toBe("'lab' has no 'slidr'");
    expect(error?.hint).toContain('slider');
  });
  test('tf.train and tf.layers', async () => {
    expect((await errorOf(`${lab}tf.train;`))?.hint).toBe("Use adam or sgd from 'lab'.");
  });
  test('something thrown that is no error', async () => {
    expect(await errorOf('throw NaN;')).toMatchObject({
      message: 'the cell threw NaN',
      hint: "Throw an error with a sentence: throw new Error('…').",
    });
  });
  test('two equal keys', async () => {
    const text = "slider('a', { min: 0, max: 1, value: 0 });";
    expect((await errorOf(`${lab}${text}\n${text}`))?.message).toBe(
      "two controls are called 'a', in experiment.ts and experiment.ts",
    );
  });
  const claim = (words: string) => `check('${words}', 1, { below: 2, because: 'b', breaks: { seed: 1 } });`;
  test('two outputs or checks of one address, in whatever cells', async () => {
    const long = 'a claim so long that the address of it ends before the words do:';
    const run = await kernel.runOnce({
      experiment: `${lab}show('β = 8', 'a'); ${claim(`${long} one`)}`,
      second: `${lab}show('8', 'b');`,
      third: `${lab}${claim(`${long} two`)}`,
      fourth: `${lab}show('again', 'a'); show('again', 'b'); ${claim('once')}${claim('once')}`,
    });
    expect(run.errors.map(({ error }) => error.message)).toEqual([
      "two outputs, 'β = 8' in experiment.ts and '8' in second.ts, have the address '8'",
      `two checks, '${long} one' in experiment.ts and '${long} two' in third.ts, have the address 'a-claim-so-long-that-the-address-of-it-ends-before-the-words'`,
      "the check 'once' is stated twice",
    ]);
  });
  test('imports that go in a circle; the next notebook runs', async () => {
    const run = await kernel.runOnce({
      experiment: "import { b } from './second';\nexport const a = () => b;",
      second: "import { a } from './experiment';\nexport const b = () => a;",
    });
    expect(run.errors).toMatchObject([
      {
        cell: 'experiment',
        error: { message: 'experiment.ts imports itself, by way of experiment, second' },
      },
    ]);
    expect(run.outcome).toBe('error');
    expect((await kernel.runOnce({ experiment: `${lab}show('words', 'alive');` })).shown).toHaveLength(1);
  });
  test('allocation without end stops before the machine does', async () => {
    const error = await errorOf(`${lab}const all = [];\nwhile (true) all.push(tf.zeros([1e7]));`);
    expect(error).toMatchObject({ kind: 'memory', line: 4 });
    expect(error?.message).toContain('more than the 1024 MB');
  });
  test.each(['w.add(1)', 'tf.matMul(w, w)'])(
    'a tensor that a cell kept to itself, used through a function that it exports: %s',
    async (use) => {
      const run = await kernel.runOnce({
        mechanism: `${lab}const w = tf.ones([2, 2]);\nexport const f = () => ${use};`,
        experiment: `${lab}import { f } from './mechanism';\nf();`,
      });
      expect(run.errors[0].error.message).toBe('a tensor is used that was freed before');
      expect(run.errors[0].error.hint).toContain(
        'Tensors that a cell does not export are freed when it ends',
      );
    },
  );
  test.each([
    [
      'tf.matMul(tf.ones([2, 1, 3, 3]), tf.ones([2, 5, 3, 3]));',
      'matMul got batch axes [2,1] and [2,5], which TensorFlow.js would pair wrongly',
    ],
    ['tf.slice(tf.ones([4, 3]), [2, 0], [3, 3]);', 'slice takes 3 from 2 of axis 0, which has 4'],
  ])('what would give wrong numbers without a word: %s', async (line, message) => {
    const error = await errorOf(`${lab}${line}`);
    expect(error).toMatchObject({ kind: 'throw', line: 3 });
    expect(error?.message).toBe(message);
    expect(error?.hint).toBeTruthy();
  });

  test('parameters of another cell are not trained', async () => {
    const run = await kernel.runOnce({
      networks: `import { parameters } from 'lab';\nimport * as tf from '@tensorflow/tfjs';
export const net = parameters({ w: tf.ones([2]) });`,
      experiment: `import { sgd } from 'lab';\nimport { net } from './networks';\nsgd(net, { rate: 1 });`,
    });
    expect(run.errors[0]).toMatchObject({ cell: 'experiment', error: { line: 3 } });
    expect(run.errors[0].error.message).toBe(
      'sgd in experiment.ts was given parameters that networks.ts made',
    );
    expect(run.errors[0].error.hint).toContain('Make them in the cell that trains them');
  });

  test('products that are right are let through: equal batches, one matrix for all, none', async () => {
    const error = await errorOf(`${lab}const one = tf.ones([3, 3]);
tf.matMul(tf.ones([2, 5, 3, 3]), tf.ones([2, 5, 3, 3]));
tf.matMul(tf.ones([2, 5, 3, 3]), tf.ones([1, 1, 3, 3]));
tf.matMul(tf.ones([5, 3, 3]), one);
tf.matMul(tf.ones([1, 5, 3, 3]), tf.ones([5, 3, 3]));
tf.matMul(tf.ones([2, 5, 3, 3]), tf.ones([5, 3, 3]));
tf.slice(one, [1, 0], [-1, 2]);`);
    expect(error).toBeUndefined();
  });

  test('a NaN never holds and is no error', async () => {
    const run = await kernel.runOnce({
      experiment: `${lab}check('c', Number.NaN, { below: 1, because: 'b', breaks: { seed: 1 } });`,
    });
    expect(run.checks[0]).toMatchObject({ measured: null, holds: false });
  });
  test('in one cell leaves the others alive, but for those that import it', async () => {
    const run = await kernel.runOnce({
      mechanism: "export const f = () => 1;\nthrow new Error('early');",
      experiment: "import { f } from './mechanism';\nf();",
      other: `${lab}show('words', 'alive');`,
    });
    expect(run.errors.map(({ cell, error }) => [cell, error.kind])).toEqual([
      ['mechanism', 'throw'],
      ['experiment', 'missing'],
    ]);
    expect(run.shown.map((shown) => shown.id)).toEqual(['words']);
  });
});
