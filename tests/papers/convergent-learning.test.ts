import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  crossCorr,
  matched,
  matching,
  moments,
  naturalOrder,
  semiMatching,
  sparseR2,
  standardise,
} from '../../content/papers/convergent-learning/mechanism.ts';

type Matrix = number[][];

const seeded = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const rows = (x: tf.Tensor) => x.arraySync() as Matrix;
function close(found: Matrix, expected: Matrix, digits = 4) {
  expect(found.length).toBe(expected.length);
  for (const [i, row] of expected.entries()) {
    expect(found[i].length).toBe(row.length);
    for (const [j, value] of row.entries()) expect(found[i][j]).toBeCloseTo(value, digits);
  }
}
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const column = (x: Matrix, j: number) => x.map((row) => row[j]);

describe('correlations, formula (1)', () => {
  const a = seeded([40, 5], 1).mul([1, 2, 3, 4, 0.1]).add(3);
  const b = seeded([40, 4], 2).add(a.slice([0, 0], [-1, 4]));

  test('are those of the textbook', () => {
    const correlation = (x: number[], y: number[]) => {
      const [mx, my] = [mean(x), mean(y)];
      const cov = mean(x.map((value, i) => (value - mx) * (y[i] - my)));
      const deviation = (z: number[], m: number) => Math.sqrt(mean(z.map((value) => (value - m) ** 2)));
      return cov / deviation(x, mx) / deviation(y, my);
    };
    const [x, y] = [rows(a), rows(b)];
    const expected = [0, 1, 2, 3, 4].map((i) =>
      [0, 1, 2, 3].map((j) => correlation(column(x, i), column(y, j))),
    );
    close(rows(crossCorr(a, b)), expected, 5);
  });

  test('ignore scale and shift, follow sign, and are 1 with itself', () => {
    close(rows(crossCorr(a.mul(5).add(7), b)), rows(crossCorr(a, b)), 4);
    close(rows(crossCorr(a, b.mul(-2))), rows(crossCorr(a, b).neg()), 4);
    const own = rows(crossCorr(a, a));
    for (let i = 0; i < 5; i++) expect(own[i][i]).toBeCloseTo(1, 5);
  });

  test('of a dead unit are 0, and so is its standard form', () => {
    const dead = tf.concat([a, tf.fill([40, 1], 2)], 1);
    expect(rows(crossCorr(dead, b))[5]).toEqual([0, 0, 0, 0]);
    expect(column(rows(crossCorr(b, dead)), 5)).toEqual([0, 0, 0, 0]);
    // Dead where it was measured, alive elsewhere.
    const alive = standardise(seeded([40, 1], 3), tf.fill([40, 1], 2));
    expect(
      rows(alive)
        .flat()
        .every((value) => value === 0),
    ).toBe(true);
  });

  test('a small unit is not a dead one', () => {
    close(rows(crossCorr(a.sub(3).mul(1e-4), b)), rows(crossCorr(a, b)), 4);
  });

  test('the mean and deviation come from the second argument', () => {
    close(rows(standardise(tf.tensor2d([[5], [9]]), tf.tensor2d([[1], [5], [3], [3]]))), [
      [2 / Math.SQRT2],
      [6 / Math.SQRT2],
    ]);
  });
});

function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((rest) =>
    Array.from({ length: n }, (_, place) => [...rest.slice(0, place), n - 1, ...rest.slice(place)]),
  );
}
const sum = (C: Matrix, partner: number[]) => matched(C, partner).reduce((a, b) => a + b, 0);

describe('the one-to-one matching, formula (2)', () => {
  test.each([1, 2, 3, 4, 5, 6])('is the best of all permutations of %i units', (n) => {
    for (let seed = 0; seed < 40; seed++) {
      const C = rows(seeded([n, n], 100 * n + seed + 1));
      const partner = matching(C);
      expect([...partner].sort()).toEqual(permutations(n)[0].map((_, i) => i));
      const best = Math.max(...permutations(n).map((pi) => sum(C, pi)));
      expect(sum(C, partner)).toBeCloseTo(best, 5);
    }
  });

  test('finds a permutation that was hidden', () => {
    const acts = seeded([200, 32], 5);
    const mix = Array.from({ length: 32 }, (_, i) => (i * 11 + 5) % 32);
    const C = rows(crossCorr(acts, acts.gather(tf.tensor1d(mix, 'int32'), 1)));
    const partner = matching(C);
    for (const [i, j] of partner.entries()) expect(mix[j]).toBe(i);
    for (const value of matched(C, partner)) expect(value).toBeCloseTo(1, 4);
  });

  test('stays optimal when rows and columns are raised', () => {
    const C = rows(seeded([12, 12], 9));
    const raised = C.map((row, i) => row.map((value, j) => value + 3 * i - 2 * j * j));
    expect(matching(raised)).toEqual(matching(C));
  });

  test('gives a unit its second choice where that is better for all', () => {
    const C = [
      [0.9, 0.8],
      [0.9, 0.1],
    ];
    expect(matching(C)).toEqual([1, 0]);
    expect(semiMatching(C)).toEqual([0, 0]);
    expect(naturalOrder(C)).toEqual([0, 1]);
    expect(matched(C, [1, 0])).toEqual([0.8, 0.9]);
  });

  test('never reaches more than the semi-matching, formula (3)', () => {
    for (let seed = 1; seed < 20; seed++) {
      const C = rows(seeded([8, 8], seed));
      const free = sum(C, semiMatching(C));
      expect(free).toBeCloseTo(
        C.reduce((all, row) => all + Math.max(...row), 0),
        5,
      );
      expect(free).toBeGreaterThanOrEqual(sum(C, matching(C)));
    }
  });
});

/** Least squares of y on some columns of x in plain code, by elimination. */
function fitted(x: Matrix, y: number[], chosen: number[]) {
  const normal = chosen.map((a) => [
    ...chosen.map((b) => x.reduce((all, row) => all + row[a] * row[b], 0)),
    x.reduce((all, row, i) => all + row[a] * y[i], 0),
  ]);
  for (let p = 0; p < chosen.length; p++) {
    for (let q = 0; q < chosen.length; q++) {
      if (q === p) continue;
      const factor = normal[q][p] / normal[p][p];
      normal[q] = normal[q].map((value, c) => value - factor * normal[p][c]);
    }
  }
  return normal.map((row, p) => row[chosen.length] / row[p]);
}
const missed = (x: Matrix, y: number[], chosen: number[], w: number[]) =>
  x.reduce((all, row, i) => all + (y[i] - chosen.reduce((s, c, p) => s + row[c] * w[p], 0)) ** 2, 0);

describe('prediction from k units, formulas (5) and (6)', () => {
  const mix = seeded([6, 3], 21);
  const make = (images: number, seed: number) => {
    const acts1 = seeded([images, 6], seed).add(seeded([images, 1], seed + 1));
    const acts2 = tf.matMul(acts1, mix).add(seeded([images, 3], seed + 2));
    return { acts1, acts2 };
  };
  const [fit, held] = [make(60, 31), make(50, 41)];
  const R2 = sparseR2(moments(fit.acts1, fit.acts2), moments(held.acts1, held.acts2), 6);

  test('moments are mean products, the target first', () => {
    const found = moments(
      tf.tensor2d([[1], [3]]),
      tf.tensor2d([
        [2, 0],
        [4, 1],
      ]),
    ).arraySync();
    expect(found).toEqual([
      [
        [10, 7],
        [7, 5],
      ],
      [
        [0.5, 1.5],
        [1.5, 5],
      ],
    ]);
  });

  test('agree with least squares and a search in plain code', () => {
    const [x, y, hx, hy] = [fit.acts1, fit.acts2, held.acts1, held.acts2].map(rows);
    const expected: Matrix = [[], [], [], [], [], []];
    for (let j = 0; j < 3; j++) {
      const chosen: number[] = [];
      for (let k = 0; k < 6; k++) {
        const rest = [0, 1, 2, 3, 4, 5].filter((i) => !chosen.includes(i));
        const loss = (i: number) => {
          const set = [...chosen, i];
          return missed(x, column(y, j), set, fitted(x, column(y, j), set));
        };
        chosen.push(rest.reduce((a, b) => (loss(b) < loss(a) ? b : a)));
        const target = column(hy, j);
        const left = missed(hx, target, chosen, fitted(x, column(y, j), chosen));
        expected[k].push(1 - left / missed(hx, target, [], []));
      }
    }
    close(rows(R2), expected, 3);
  });

  test('a rotation of net 1 changes R² of few units, not that of all', () => {
    const [q] = tf.linalg.qr(seeded([6, 6], 51));
    const turned = (s: typeof fit) => moments(tf.matMul(s.acts1, q), s.acts2);
    const found = rows(sparseR2(turned(fit), turned(held), 6));
    close([found[5]], [rows(R2)[5]], 4);
    expect(Math.abs(found[0][0] - rows(R2)[0][0])).toBeGreaterThan(0.01);
  });

  test('a copy is explained by one unit, and a sum of two by two', () => {
    const acts1 = seeded([80, 6], 61);
    const [a, b] = tf.split(acts1, 6, 1);
    const acts2 = tf.concat([a.mul(-3), a.add(b)], 1);
    const both = moments(acts1, acts2);
    const found = rows(sparseR2(both, both, 2));
    expect(found).toHaveLength(2);
    expect(found[0][0]).toBeCloseTo(1, 5);
    expect(found[0][1]).toBeLessThan(0.8);
    expect(found[1][1]).toBeCloseTo(1, 5);
  });

  test('unit that repeats another or is dead adds nothing, and a dead target is 0', () => {
    const twin = (s: typeof fit) => {
      const { acts1, acts2 } = s;
      const n = acts1.shape[0];
      const extra = acts1.slice([0, 0], [-1, 2]);
      const dead = tf.zeros([n, 1]);
      return moments(tf.concat([dead, acts1, extra], 1), tf.concat([acts2, dead], 1));
    };
    const found = rows(sparseR2(twin(fit), twin(held), 9));
    close(
      found.map((row) => row.slice(0, 3)),
      [0, 1, 2, 3, 4, 5, 5, 5, 5].map((k) => rows(R2)[k]),
      3,
    );
    for (const row of found) expect(row[3]).toBe(0);
  });

  test('noise is explained on the images fitted, and not on others', () => {
    const noise = (seed: number) => moments(seeded([40, 10], seed), seeded([40, 2], seed + 1));
    const [here, there] = [noise(71), noise(81)];
    for (const value of rows(sparseR2(here, here, 10))[9]) expect(value).toBeGreaterThan(0.1);
    for (const value of rows(sparseR2(here, there, 10))[9]) expect(value).toBeLessThan(0.05);
  });

  test('fitted and measured on the same images, R² never falls with k', () => {
    const same = rows(sparseR2(moments(fit.acts1, fit.acts2), moments(fit.acts1, fit.acts2), 6));
    for (let k = 1; k < 6; k++)
      for (let j = 0; j < 3; j++) expect(same[k][j]).toBeGreaterThanOrEqual(same[k - 1][j] - 1e-6);
  });
});
