/** Which operation of two runs in step is the first to differ; in words. */
import type { Operation, TracedOperation } from '../protocol.ts';
import { formatNumber } from './format.ts';

/** How two backends are compared in step: loops end after so many rounds, and so many operations are told. */
export const inStep = { rounds: 3, operations: 20_000 };

export interface Difference {
  /** Its place among the operations of the run, from 1. */
  at: number;
  cell: string;
  /** Absent where the two runs called different operations there. */
  size?: number;
  expected: Operation;
  found: Operation | undefined;
}

/** How far apart two outputs are, relative to the largest value in the first; differences of nearly equal numbers are rounding alone. */
export function distance(a: number[], b: number[]): number {
  const scale = Math.max(1e-3, ...a.map((value) => (Number.isFinite(value) ? Math.abs(value) : 0)));
  const apart = a.map((value, i) => {
    const other = b[i];
    if (Object.is(value, other) || value === other) return 0;
    return Number.isFinite(value) && Number.isFinite(other)
      ? Math.abs(value - other) / scale
      : Number.POSITIVE_INFINITY;
  });
  return a.length === b.length ? Math.max(0, ...apart) : Number.POSITIVE_INFINITY;
}

/** The first operation whose outputs are further apart than `tolerance`, or that the other run does not have in its place. */
export function firstDifference(
  expected: TracedOperation[],
  found: TracedOperation[],
  tolerance = 2e-3,
): Difference | undefined {
  for (const [i, one] of expected.entries()) {
    const other = found[i];
    const same = other && other.kernel === one.kernel && String(other.output) === String(one.output);
    if (!same) return { at: i + 1, cell: one.cell, expected: one, found: other };
    const size = distance(one.samples, other.samples);
    if (size > tolerance) return { at: i + 1, cell: one.cell, size, expected: one, found: other };
  }
  return undefined;
}

const shape = (of: number[]) => `[${of.join(', ')}]`;

/** "operation 12, Tanh of [3] in experiment.ts: apart by 0.31 of its largest value (0.46 against 0.77)" */
export function differenceInWords({ at, cell, size, expected, found }: Difference): string {
  const where = `operation ${at}, ${expected.kernel} of ${expected.inputs.map(shape).join(' and ')} in ${cell}.ts`;
  if (size === undefined)
    return `${where}: the other run calls ${found ? `${found.kernel}, of shape ${shape(found.output)}` : 'nothing more'} there`;
  const worst = expected.samples.reduce(
    (best, value, i) =>
      Math.abs(value - found!.samples[i]) > Math.abs(expected.samples[best] - found!.samples[best])
        ? i
        : best,
    0,
  );
  return `${where}: apart by ${formatNumber(size, 2)} of its largest value (${formatNumber(expected.samples[worst])} against ${formatNumber(found!.samples[worst])})`;
}
