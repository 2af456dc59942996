import { expect, test } from 'vitest';
import type { Bound } from '../../../src/protocol.ts';
import { marginOf } from '../../../src/render/margin.ts';

const INFINITE = Number.POSITIVE_INFINITY;

const cases: [number | null, Bound, number][] = [
  [0.5, { below: 1 }, 2],
  [2, { below: 1 }, 0.5],
  [0, { below: 1 }, INFINITE],
  [-3, { below: 1 }, INFINITE],
  [-4, { below: -2 }, 2],
  [-1, { below: -2 }, 0.5],
  [1, { below: -2 }, 0],
  [-1, { below: 0 }, INFINITE],
  [0, { below: 0 }, 0],
  [0.9, { above: 0.6 }, 1.5],
  [0.3, { above: 0.6 }, 0.5],
  [-1, { above: 0.6 }, 0],
  [-1, { above: -2 }, 2],
  [-4, { above: -2 }, 0.5],
  [1, { above: -2 }, INFINITE],
  [1, { above: 0 }, INFINITE],
  [0, { above: 0 }, 0],
  [0.52, { near: 0.5, within: 0.04 }, 2],
  [0.5, { near: 0.5, within: 0.04 }, INFINITE],
  [0.6, { near: 0.5, within: 0.05 }, 0.5],
  [1.25, { between: [1, 2] }, 2],
  [3, { between: [1, 2] }, 1 / 3],
  [null, { below: 1 }, 0],
  [Number.NaN, { above: 1 }, 0],
];

test.each(cases)('%s against %o clears it %s times', (measured, bound, margin) => {
  expect(marginOf({ measured, bound })).toBeCloseTo(margin);
});

const holds = (m: number, bound: Bound) =>
  'below' in bound
    ? m < bound.below
    : 'above' in bound
      ? m > bound.above
      : 'near' in bound
        ? Math.abs(m - bound.near) < bound.within
        : m > bound.between[0] && m < bound.between[1];

test('a margin above 1 is the same as holding', () => {
  const values = [-3, -2.01, -0.7, -0.1, 0.1, 0.3, 0.7, 1.3, 2.9];
  const bounds: Bound[] = values.flatMap((v) => [
    { below: v },
    { above: v },
    { near: v, within: 0.5 },
    { between: [v, v + 1.05] },
  ]);
  for (const bound of bounds) {
    for (const m of [-4, -1.1, -0.05, 0, 0.05, 0.9, 2, 5]) {
      expect(marginOf({ measured: m, bound }) > 1, `${m} ${JSON.stringify(bound)}`).toBe(holds(m, bound));
    }
  }
});
