import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  addingUnit,
  type Gated,
  gateCost,
  gatingUnit,
  glu,
  interaction,
  surest,
  vitCost,
  votes,
} from '../../content/papers/activator/mechanism.ts';

type T = tf.Tensor;
type Matrix = number[][];

const seeded = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed) as T;
const listOf = (x: T) => Array.from(x.dataSync());
const close = (found: T, expected: number[], digits = 5) => {
  const values = listOf(found);
  expect(values).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(values[i]).toBeCloseTo(value, digits);
};

// The units in plain code and 64 bits, written apart from the mechanism.
const times = (a: Matrix, b: Matrix) =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));
const logistic = (z: number) => 1 / (1 + Math.exp(-z));
const silu = (z: number) => z * logistic(z);
function normal(row: number[]): number[] {
  const mean = row.reduce((a, b) => a + b) / row.length;
  const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / row.length;
  return row.map((v) => (v - mean) / Math.sqrt(variance + 1e-5));
}
const norm = (x: T) => {
  const centred = x.sub(x.mean(-1, true));
  return centred.div(centred.square().mean(-1, true).add(1e-5).sqrt());
};
const phi = (x: T) => x.mul(x.sigmoid());

// Five patches of width 3, six channels inside.
const x = seeded([5, 3], 1);
const w: Gated = { wGate: seeded([3, 6], 2), wValue: seeded([3, 6], 3), wOut: seeded([6, 3], 4) };
const [X, W1, W2, W3] = [x, w.wGate, w.wValue, w.wOut].map((t) => t.arraySync() as Matrix);
const rowwise = (join: (a: number, b: number) => number, ln: (row: number[]) => number[]) => {
  const gate = times(X, W1).map((row) => ln(row.map(silu)));
  const value = times(X, W2).map(ln);
  return times(
    gate.map((row, i) => row.map((g, j) => join(g, value[i][j]))),
    W3,
  ).flat();
};
const product = (a: number, b: number) => a * b;
const same = (row: number[]) => row;

describe('the gated units', () => {
  test('glu is formula (1)', () => {
    close(glu(x, w, phi), rowwise(product, same), 4);
  });

  test('gatingUnit is formula (2)', () => {
    close(gatingUnit(x, w, phi, norm), rowwise(product, normal), 4);
  });

  test('without normalisation, gatingUnit is glu', () => {
    close(
      gatingUnit(x, w, phi, (z) => z),
      listOf(glu(x, w, phi)),
    );
  });

  test('addingUnit adds what gatingUnit multiplies', () => {
    close(
      addingUnit(x, w, phi, norm),
      rowwise((a, b) => a + b, normal),
      4,
    );
  });

  test('with φ and norm that do nothing, the product is quadratic and the sum linear', () => {
    const id = (z: T) => z;
    close(glu(x.mul(3), w, id), listOf(glu(x, w, id).mul(9)), 3);
    close(addingUnit(x.mul(3), w, id, id), listOf(addingUnit(x, w, id, id).mul(3)), 3);
  });

  test('work on each patch alone', () => {
    for (const unit of [gatingUnit, addingUnit]) {
      const all = unit(x, w, phi, norm);
      const one = unit(x.slice(2, 1), w, phi, norm);
      close(one, listOf(all.slice(2, 1)));
    }
  });
});

describe('the votes', () => {
  const z = seeded([2, 4, 3], 5);
  const head = seeded([3, 10], 6);
  const ballot = votes(z, head);

  test('are formula (4), patch by patch', () => {
    expect(ballot.shape).toEqual([2, 4, 10]);
    const scores = times((z.arraySync() as Matrix[])[1], head.arraySync() as Matrix);
    const centred = scores.map((row) => row.map((v) => v - row.reduce((a, b) => a + b) / 10));
    close(ballot.slice(1, 1), centred.flat(), 4);
  });

  test('average to the scores of the mean, up to a number the same for all classes', () => {
    const scores = tf.matMul(z.mean(1), head);
    close(ballot.mean(1), listOf(scores.sub(scores.mean(1, true))), 4);
  });
});

describe('the interaction', () => {
  const [a, b] = [seeded([3, 4, 2], 7), seeded([3, 4, 2], 8)];
  const map = seeded([2, 5], 9);
  const additive = (p: T) =>
    tf
      .matMul(phi(p).reshape([-1, 2]), map)
      .reshape([-1, 4, 5])
      .mean(1);

  test('vanishes for a mean over patches, each bent as it may be', () => {
    close(interaction(additive, a, b), Array(15).fill(0), 4);
  });

  test('of the product of two halves is the product of their differences', () => {
    const half = (p: T, which: number) => tf.split(p, 2, 1)[which].sum([1, 2]);
    const joint = (p: T) => half(p, 0).mul(half(p, 1));
    const difference = (which: number) => half(a, which).sub(half(b, which));
    close(interaction(joint, a, b), listOf(difference(0).mul(difference(1))), 4);
  });

  test('is nothing between a picture and itself', () => {
    const joint = (p: T) => p.sum([1, 2]).square();
    close(interaction(joint, a, a), [0, 0, 0]);
  });
});

describe('the surest picture', () => {
  const patches = seeded([6, 4, 2], 10);
  const ballot = seeded([6, 4, 3], 11);
  const found = surest(patches, ballot);

  test('has, at each place, the patch that votes most for the class', () => {
    const cast = ballot.arraySync() as number[][][];
    const pixels = patches.arraySync() as number[][][];
    const expected = [0, 1, 2].map((c) =>
      [0, 1, 2, 3].map((place) => {
        const by = cast.map((picture) => picture[place][c]);
        return pixels[by.indexOf(Math.max(...by))][place];
      }),
    );
    expect(found.shape).toEqual([3, 4, 2]);
    close(found, expected.flat(2), 6);
  });

  test('of one picture is that picture', () => {
    close(surest(patches.slice(0, 1), ballot.slice(0, 1)).slice(2, 1), listOf(patches.slice(0, 1)), 6);
  });

  test('has the highest score of all pictures that the patches make', () => {
    const best = ballot.max(0).mean(0).arraySync() as number[];
    const cast = ballot.arraySync() as number[][][];
    // All 6⁴ pictures.
    for (const c of [0, 1, 2]) {
      let most = Number.NEGATIVE_INFINITY;
      for (let n = 0; n < 6 ** 4; n++) {
        const pick = [n % 6, Math.floor(n / 6) % 6, Math.floor(n / 36) % 6, Math.floor(n / 216)];
        most = Math.max(most, pick.reduce((sum, m, place) => sum + cast[m][place][c], 0) / 4);
      }
      expect(best[c]).toBeCloseTo(most, 5);
    }
  });
});

test('the costs are formula (8), and are those of the matrix products', () => {
  expect(gateCost(32, 64)).toBe(6144);
  expect(vitCost(32, 64, 16)).toBe(9216);
  // q, k, v, o; scores and their use over N keys; up and down.
  const [d, h, N] = [5, 7, 11];
  expect(vitCost(d, h, N)).toBe(4 * d * d + N * d + N * d + d * h + h * d);
  expect(gateCost(d, h)).toBe(d * h + d * h + h * d);
});
