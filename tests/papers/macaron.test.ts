import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  attentionForce,
  distance,
  type Flow,
  type Force,
  ffnForce,
  firstStep,
  flowEuler,
  flowFourth,
  flowMidpoint,
  type Layer,
  lieStep,
  networks,
  strangStep,
  wholeStep,
} from '../../content/papers/macaron/mechanism.ts';

type T = tf.Tensor;
type Matrix = number[][];

const seeded = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 0.6, 'float32', seed) as T;
const listOf = (x: T) => Array.from(x.dataSync());
const largestOf = (x: T) => x.abs().max().arraySync() as number;
const close = (found: T, expected: number[], digits = 5) => {
  const values = listOf(found);
  expect(values).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(values[i]).toBeCloseTo(value, digits);
};

// The forces in plain code and 64 bits, written apart from the mechanism.
const times = (a: Matrix, b: Matrix) =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));
const plus = (a: Matrix, b: Matrix, factor = 1) =>
  a.map((row, i) => row.map((value, j) => value + factor * b[i][j]));
function plainAttention(x: Matrix, q: Matrix, k: Matrix, v: Matrix): Matrix {
  const [asked, offered] = [times(x, q), times(x, k)];
  const shares = asked.map((row) => {
    const powers = offered.map((other) =>
      Math.exp(row.reduce((sum, value, c) => sum + value * other[c], 0) / Math.sqrt(q[0].length)),
    );
    const sum = powers.reduce((a, b) => a + b);
    return powers.map((power) => power / sum);
  });
  return times(shares, times(x, v));
}
const plainFfn = (x: Matrix, a: Matrix, b: number[], out: Matrix) =>
  times(
    times(x, a).map((row) => row.map((value, j) => Math.tanh(value + b[j]))),
    out,
  );

// Three systems of five particles in four dimensions.
const x = seeded([3, 5, 4], 1);
const [query, key, value] = [2, 3, 4].map((seed) => seeded([3, 4, 4], seed));
const [inner, bias, outer] = [seeded([3, 4, 7], 5), seeded([3, 1, 7], 6), seeded([3, 7, 4], 7)];
const attention: Force = (x) => attentionForce(x, query, key, value);
const ffn: Force = (x) => ffnForce(x, inner, bias, outer);
const plain = (tensor: T, s: number) => (tensor.arraySync() as Matrix[])[s];
const bothOf = (s: number) => (x: Matrix) =>
  plus(
    plainAttention(x, plain(query, s), plain(key, s), plain(value, s)),
    plainFfn(x, plain(inner, s), plain(bias, s)[0], plain(outer, s)),
  );

describe('the forces', () => {
  test('are formula (2), in each system by its own weights', () => {
    for (const s of [0, 1, 2]) {
      const own = plain(x, s);
      const mixed = plainAttention(own, plain(query, s), plain(key, s), plain(value, s));
      const pushed = plainFfn(own, plain(inner, s), plain(bias, s)[0], plain(outer, s));
      close(attention(x).gather(s), mixed.flat());
      close(ffn(x).gather(s), pushed.flat());
    }
  });

  test('hold at several depths on a leading axis', () => {
    const twice = tf.stack([x, x.mul(0.5)]);
    close(attention(twice).gather(1), listOf(attention(x.mul(0.5))));
    close(ffn(twice).gather(1), listOf(ffn(x.mul(0.5))));
  });

  test('of attention: without queries, the mean of the values; alone, the own value', () => {
    const zero = tf.zerosLike(query);
    const all = tf.matMul(x, value).mean(1, true).tile([1, 5, 1]);
    close(attentionForce(x, zero, key, value), listOf(all));
    const one = x.slice([0, 0, 0], [-1, 1, -1]);
    close(attention(one), listOf(tf.matMul(one, value)));
  });

  test('of attention: a head narrower than the particles is scaled by its own width', () => {
    const [narrow, thin] = [seeded([3, 4, 2], 8), seeded([3, 4, 2], 9)];
    const mixed = plainAttention(plain(x, 1), plain(narrow, 1), plain(thin, 1), plain(value, 1));
    close(attentionForce(x, narrow, thin, value).gather(1), mixed.flat());
  });

  test('do not depend on the numbering of the particles; the FFN looks at one alone', () => {
    const turned = (x: T) => tf.reverse(x, 1);
    close(attention(turned(x)), listOf(turned(attention(x))));
    close(ffn(turned(x)), listOf(turned(ffn(x))));
    const one = x.slice([0, 2, 0], [-1, 1, -1]);
    close(ffn(one), listOf(ffn(x).slice([0, 2, 0], [-1, 1, -1])));
  });
});

describe('the solvers', () => {
  const rate = -1.3;
  const decay: Force = (x) => x.mul(rate);
  const at = (flow: Flow, tau: number) => listOf(flow(decay, tf.scalar(2), tf.scalar(tau)))[0];

  test('agree on f = λx with the series of the exponential, up to their order', () => {
    const z = rate * 0.7;
    expect(at(flowEuler, 0.7)).toBeCloseTo(2 * (1 + z), 5);
    expect(at(flowMidpoint, 0.7)).toBeCloseTo(2 * (1 + z + z ** 2 / 2), 5);
    expect(at(flowFourth, 0.7)).toBeCloseTo(2 * (1 + z + z ** 2 / 2 + z ** 3 / 6 + z ** 4 / 24), 5);
  });

  test('of fourth order is of fourth order for a force that is not linear: x′ = x²', () => {
    const square: Force = (x) => x.square();
    // x = 1/(1 − t) from 1; the classical step by hand.
    const h = 0.5;
    const k1 = 1;
    const k2 = (1 + (h / 2) * k1) ** 2;
    const k3 = (1 + (h / 2) * k2) ** 2;
    const k4 = (1 + h * k3) ** 2;
    const byHand = 1 + (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
    close(flowFourth(square, tf.scalar(1), tf.scalar(h)), [byHand]);
    expect(byHand).toBeCloseTo(2, 1);
    close(flowMidpoint(square, tf.scalar(1), tf.scalar(h)), [1 + h * (1 + h / 2) ** 2]);
  });

  test('take no step in no time, and each item of a batch its own', () => {
    for (const flow of [flowEuler, flowMidpoint, flowFourth]) {
      close(flow(ffn, x, tf.scalar(0)), listOf(x), 6);
      const taus = tf.tensor([0.1, 0.3], [2, 1, 1, 1]);
      const both = flow(ffn, tf.stack([x, x]), taus);
      close(both.gather(0), listOf(flow(ffn, x, tf.scalar(0.1))));
      close(both.gather(1), listOf(flow(ffn, x, tf.scalar(0.3))));
    }
  });
});

describe('the layers', () => {
  // Linear forces: rows times a matrix. An Euler step is I + τM.
  const [A, B] = [seeded([4, 4], 11), seeded([4, 4], 12)];
  const F: Force = (x) => tf.matMul(x, A);
  const G: Force = (x) => tf.matMul(x, B);
  const rows = seeded([3, 4], 13);
  const tau = 0.3;
  const step = (M: T, t: number) => tf.eye(4).add(M.mul(t));
  const chain = (...maps: T[]) => maps.reduce((x, M) => tf.matMul(x, M), rows);
  const by = (layer: Layer, t = tau) => layer(flowEuler, F, G, rows, tf.scalar(t));

  test('are the products of their steps, in their order', () => {
    close(by(lieStep), listOf(chain(step(A, tau), step(B, tau))));
    close(by(strangStep), listOf(chain(step(B, tau / 2), step(A, tau), step(B, tau / 2))));
    close(by(wholeStep), listOf(chain(step(B, tau), step(A, tau), step(B, tau))));
    close(by(firstStep), listOf(chain(step(B, tau), step(A, tau))));
  });

  test('use the solver that they are given', () => {
    const seen: number[] = [];
    const spy: Flow = (force, x, t) => {
      seen.push((t.arraySync() as number) * (force === F ? 1 : -1));
      return x;
    };
    for (const layer of [lieStep, strangStep, wholeStep, firstStep]) layer(spy, F, G, rows, tf.scalar(1));
    expect(seen).toEqual([1, -1, -0.5, 1, -0.5, -1, 1, -1, -1, 1]);
  });

  test('miss the equation by formula (6) with exact flows, and by (7) as built', () => {
    const t = 0.02;
    const AA = tf.matMul(A, A);
    const BB = tf.matMul(B, B);
    const order = tf.matMul(A, B).sub(tf.matMul(B, A)); // G′F − F′G, rows from the left
    const exact = flowFourth((x) => F(x).add(G(x)), rows, tf.scalar(t));
    const near = (found: T, M: T) => {
      const expected = tf.matMul(rows, M).mul(t ** 2 / 2);
      expect(largestOf(found.sub(exact).sub(expected))).toBeLessThan(0.05 * largestOf(expected));
    };
    near(lieStep(flowFourth, F, G, rows, tf.scalar(t)), order);
    near(by(lieStep, t), order.sub(AA).sub(BB));
    near(by(strangStep, t), AA.neg().sub(BB.div(2)));
  });

  test('make no error of order when the forces commute', () => {
    const same: Force = (x) => F(x).mul(0.4);
    const both = flowFourth((x) => F(x).mul(1.4), rows, tf.scalar(0.1));
    for (const layer of [lieStep, strangStep, firstStep])
      close(layer(flowFourth, F, same, rows, tf.scalar(0.1)), listOf(both));
  });

  test('of the macaron, read backwards, take every step back', () => {
    const there = strangStep(flowFourth, attention, ffn, x, tf.scalar(0.1));
    const back = strangStep(flowFourth, attention, ffn, there, tf.scalar(-0.1));
    expect(largestOf(back.sub(x))).toBeLessThan(1e-5);
    const plainly = lieStep(flowFourth, attention, ffn, x, tf.scalar(0.1));
    const again = lieStep(flowFourth, attention, ffn, plainly, tf.scalar(-0.1));
    expect(largestOf(again.sub(x))).toBeGreaterThan(1e-3);
  });
});

describe('networks', () => {
  test('take as many steps as each has layers, all in the same time', () => {
    const grow = (x: T, tau: T) => x.add(x.mul(tau));
    const ends = networks(grow, tf.ones([1, 1, 2]), [1, 2, 5], 3);
    expect(ends.shape).toEqual([3, 1, 1, 2]);
    const expected = [1, 2, 5].map((L) => (1 + 3 / L) ** L);
    close(
      ends,
      expected.flatMap((value) => [value, value]),
      3,
    );
  });

  test('take no step more than the deepest has, and leave no tensor but the end', () => {
    let calls = 0;
    const count = (x: T) => {
      calls++;
      return x.clone();
    };
    networks(count, x, [2, 4], 1);
    expect(calls).toBe(4);
    const before = tf.memory().numTensors;
    const end = tf.tidy(() => networks((x, tau) => flowEuler(ffn, x, tau), x, [2, 4], 1));
    expect(tf.memory().numTensors).toBe(before + 1);
    end.dispose();
  });

  test('of fourth order agree with the equation in plain code and 64 bits', () => {
    const both = (x: T) => attention(x).add(ffn(x));
    const ends = networks((x, tau) => flowFourth(both, x, tau), x, [32], 1);
    for (const s of [0, 1, 2]) {
      const f = bothOf(s);
      let now = plain(x, s);
      const h = 1 / 128;
      for (let k = 0; k < 128; k++) {
        const a = f(now);
        const b = f(plus(now, a, h / 2));
        const c = f(plus(now, b, h / 2));
        const d = f(plus(now, c, h));
        now = plus(plus(plus(plus(now, a, h / 6), b, h / 3), c, h / 3), d, h / 6);
      }
      const found = (ends.arraySync() as Matrix[][])[0][s].flat();
      for (const [i, expected] of now.flat().entries())
        expect(Math.abs(found[i] - expected)).toBeLessThan(3e-6);
    }
  });

  test('of exact steps: a Transformer with half an FFN moved is the macaron', () => {
    const run = (layer: Layer, x: T) =>
      networks((x, tau) => layer(flowFourth, attention, ffn, x, tau), x, [16], 1).squeeze([0]);
    const half = tf.scalar(1 / 32);
    const moved = flowFourth(ffn, run(lieStep, flowFourth(ffn, x, half)), half.neg());
    const macaron = run(strangStep, x);
    expect(largestOf(moved.sub(macaron))).toBeLessThan(1e-5);
    expect(largestOf(run(lieStep, x).sub(macaron))).toBeGreaterThan(1e-3);
  });
});

test('the distance is the root of the mean square over particles', () => {
  const found = tf.tensor([3, 4, 0, 0, 1, 1, 1, 1], [2, 2, 2]);
  close(distance(found, tf.zeros([2, 2, 2])), [Math.sqrt(25 / 2), Math.sqrt(2)]);
  close(distance(found, found), [0, 0]);
  close(distance(found.reshape([2, 1, 2, 2]), tf.zeros([2, 1, 2, 2])), [Math.sqrt(25 / 2), Math.sqrt(2)]);
});
