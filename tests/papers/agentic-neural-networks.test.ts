import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  aggregations,
  backward,
  execute,
  lastOnly,
  leader,
  opinions,
  rewrite,
  score,
  solve,
  sum,
  vote,
} from '../../content/papers/agentic-neural-networks/mechanism.ts';

const ints = (values: number[]) => tf.tensor1d(values, 'int32');
const PLUS = 0;
const MINUS = 1;
const TIMES = 2;
const run = (o: number, a: number, b: number) => [a + b, a - b, a * b][o];

/** One task as the system saw it, and the answer. */
function trace([a, b, o, format]: number[], [v, right]: number[]) {
  const seen = execute(ints([a, b]), ints([o]), ints([format]));
  const truth = { v: ints([v]), format: ints([right]) };
  return backward(seen, truth);
}
/** The entries of a critique that weigh something: { "13": 0.5 }. */
async function named(critiques: tf.Tensor, row = 0) {
  const weights = ((await critiques.array()) as number[][])[row];
  return Object.fromEntries([...weights.entries()].filter(([, w]) => w > 0));
}
/** Reproducible numbers for random cases. */
function stream(seed: number) {
  let state = seed;
  return (n: number) => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * n);
  };
}

describe('the forward pass, formula (1)', () => {
  test('operations are plus, minus, times, in this order', async () => {
    const o = ints([PLUS, MINUS, TIMES]);
    const v = solve(o, ints([7, 7, 7]), ints([9, 9, 9]));
    expect(await v.array()).toEqual([16, -2, 63]);
  });

  test('the first half of the numbers are first words', async () => {
    const { a, b, v } = execute(ints([5, 6, 1, 2]), ints([MINUS, TIMES]), ints([0, 1]));
    expect(await a.array()).toEqual([5, 6]);
    expect(await b.array()).toEqual([1, 2]);
    expect(await v.array()).toEqual([4, 12]);
  });

  test('opinions are the asked lines of every prompt', async () => {
    const prompts = tf.range(0, 12).reshape([2, 3, 2]);
    expect(await opinions(prompts, ints([2, 0])).array()).toEqual([
      [
        [4, 5],
        [0, 1],
      ],
      [
        [10, 11],
        [6, 7],
      ],
    ]);
  });

  test('vote, sum and leader differ where they should', async () => {
    // Two agents lean to entry 1, the first is sure of entry 0.
    const said = tf.tensor3d([[[9, 0, 0]], [[0, 1, 0]], [[0, 2, 1]]]);
    expect(await vote(said).array()).toEqual([1]);
    expect(await sum(said).array()).toEqual([0]);
    expect(await leader(said).array()).toEqual([0]);
    expect(await leader(tf.reverse(said, 0)).array()).toEqual([1]);
  });

  test('a tie of votes goes to the evidence', async () => {
    const said = tf.tensor3d([[[3, 0, 0]], [[0, 0, 4]]]);
    expect(await vote(said).array()).toEqual([2]);
    expect(await vote(tf.reverse(said, 2)).array()).toEqual([0]);
  });
});

describe('blame, formula (4)', () => {
  test('an operation that explains the answer takes the blame', async () => {
    const { reader, solver, writer } = trace([3, 4, PLUS, 2], [12, 1]);
    expect(await named(solver)).toEqual({ [TIMES]: 1 });
    expect(await named(reader, 0)).toEqual({});
    expect(await named(reader, 1)).toEqual({});
    expect(await named(writer)).toEqual({ 1: 1 });
  });

  test('two operations that explain it share the blame', async () => {
    const { solver } = trace([2, 2, MINUS, 0], [4, 0]);
    expect(await named(solver)).toEqual({ [PLUS]: 0.5, [TIMES]: 0.5 });
  });

  test('without such an operation the numbers are blamed', async () => {
    const { reader, solver } = trace([8, 14, PLUS, 0], [27, 0]);
    expect(await named(solver)).toEqual({});
    expect(await named(reader, 0)).toEqual({ 13: 0.5 });
    expect(await named(reader, 1)).toEqual({ 19: 0.5 });
  });

  test('minus is not turned round', async () => {
    const { reader } = trace([9, 4, MINUS, 0], [2, 0]);
    expect(await named(reader, 0)).toEqual({ 6: 0.5 });
    expect(await named(reader, 1)).toEqual({ 7: 0.5 });
  });

  test('a product with zero is explained from one side only', async () => {
    const { reader } = trace([3, 0, TIMES, 0], [6, 0]);
    expect(await named(reader, 0)).toEqual({});
    expect(await named(reader, 1)).toEqual({ 2: 1 });
  });

  test('what nobody explains is nobody’s fault', async () => {
    const { reader, solver } = trace([2, 3, PLUS, 0], [361, 0]);
    expect(await reader.sum().array()).toBe(0);
    expect(await solver.sum().array()).toBe(0);
  });

  test('a right answer confirms the lines used by one half', async () => {
    const { reader, solver, writer } = trace([2, 2, PLUS, 3], [4, 3]);
    expect(await named(reader, 0)).toEqual({ 2: 0.5 });
    expect(await named(reader, 1)).toEqual({ 2: 0.5 });
    expect(await named(solver)).toEqual({ [PLUS]: 0.5 });
    expect(await named(writer)).toEqual({ 3: 0.5 });
  });

  test('every explanation is one, and none is left out', async () => {
    const draw = stream(7);
    const tasks = Array.from({ length: 200 }, () => [
      draw(20),
      draw(20),
      draw(3),
      run(draw(3), draw(20), draw(20)),
    ]);
    const column = (i: number) => tasks.map((task) => task[i]);
    const format = tf.zeros([200], 'int32');
    const seen = execute(ints([...column(0), ...column(1)]), ints(column(2)), format);
    const { reader, solver } = backward(seen, { v: ints(column(3)), format });
    const [numbers, operations] = [await reader.array(), await solver.array()] as number[][][];
    for (const [i, [a, b, o, v]] of tasks.entries()) {
      if (run(o, a, b) === v) continue;
      const better = [0, 1, 2].filter((q) => run(q, a, b) === v);
      const share = (good: boolean, count: number) => (good ? 1 / count : 0);
      const all = Array.from({ length: 20 }, (_, n) => n);
      const count =
        all.filter((n) => run(o, n, b) === v).length + all.filter((n) => run(o, a, n) === v).length;
      const open = better.length === 0;
      operations[i].forEach((w, q) => {
        expect(w).toBeCloseTo(share(better.includes(q), better.length));
      });
      for (const n of all) {
        expect(numbers[i][n]).toBeCloseTo(share(open && run(o, n, b) === v, count));
        expect(numbers[200 + i][n]).toBeCloseTo(share(open && run(o, a, n) === v, count));
      }
    }
  });

  test('without the backward pass only the writer is told', async () => {
    const seen = execute(ints([8, 14]), ints([PLUS]), ints([0]));
    const truth = { v: ints([27]), format: ints([2]) };
    const { reader, solver, writer } = lastOnly(seen, truth);
    expect([reader.shape, await reader.sum().array()]).toEqual([[2, 20], 0]);
    expect([solver.shape, await solver.sum().array()]).toEqual([[1, 3], 0]);
    expect(await named(writer)).toEqual({ 2: 1 });
  });
});

describe('rewriting, formula (3)', () => {
  const prompts = tf.tensor3d([
    [
      [1, 0, 0],
      [0, 1, 0],
    ],
    [
      [0, 0, 1],
      [0, 0, 0],
    ],
  ]);
  const keys = ints([1, 1, 1]);
  const critiques = tf.tensor2d([
    [0, 0, 1],
    [0.5, 0, 0.5],
    [0, 0, 0],
  ]);
  const attention = tf.tensor2d([
    [1, 0.5, 1],
    [0, 0, 1],
  ]);

  test('evidence is a running mean of what was heard', async () => {
    const [first, second] = (await rewrite(prompts, keys, critiques, attention, 0.8).array()) as number[][][];
    expect(first[0]).toEqual([1, 0, 0]); // key 0 is not heard
    const heard = [0.25, 0, 1 + 0.25];
    first[1].forEach((e, i) => {
      expect(e).toBeCloseTo(0.8 * [0, 1, 0][i] + 0.2 * heard[i], 6);
    });
    // The second agent listened to the third task only, which says nothing.
    expect(second).toEqual([
      [0, 0, 1],
      [0, 0, 0],
    ]);
  });

  test('without memory the last round is all there is', async () => {
    const [first] = (await rewrite(prompts, keys, critiques, attention, 0).array()) as number[][][];
    expect(first[0]).toEqual([1, 0, 0]);
    expect(first[1]).toEqual([0.25, 0, 1.25]);
  });

  test('the order of the tasks does not matter', async () => {
    const mixed = ints([2, 0, 1]);
    const keys = ints([0, 1, 1]);
    const one = rewrite(prompts, keys, critiques, attention, 0.5);
    const other = rewrite(
      prompts,
      keys.gather(mixed),
      critiques.gather(mixed),
      attention.gather(mixed, 1),
      0.5,
    );
    expect(await one.sub(other).abs().max().array()).toBeLessThan(1e-6);
  });
});

test('score counts what each wiring solves', async () => {
  const draw = stream(3);
  const random = (shape: number[]) =>
    tf.tensor(
      Array.from({ length: shape.reduce((p, n) => p * n, 1) }, () => draw(1000)),
      shape,
    );
  const said = { reader: random([3, 100, 4]), solver: random([3, 50, 3]), writer: random([3, 50, 2]) };
  const truth = {
    v: ints(Array.from({ length: 50 }, () => draw(5))),
    format: ints(Array.from({ length: 50 }, () => draw(2))),
  };
  const counts = (await score(said, truth).array()) as number[][][];
  for (const [i, f] of aggregations.entries())
    for (const [j, g] of aggregations.entries())
      for (const [k, h] of aggregations.entries()) {
        const { v, format } = execute(f(said.reader), g(said.solver), h(said.writer));
        const solved = v.equal(truth.v).logicalAnd(format.equal(truth.format));
        expect(counts[i][j][k]).toBe(await solved.sum().array());
      }
  const all = counts.flat(2);
  expect(new Set(all).size).toBeGreaterThan(5);
});
