import { LabError } from './host.ts';

/** @throws when there is nothing to summarise: the answer would be NaN, far from its cause. */
function mustHold(name: string, values: ArrayLike<number>, least = 1): void {
  if (values.length >= least) return;
  const found = values.length === 0 ? 'an empty array' : `${values.length} value`;
  throw new LabError(
    `${name} takes an array of ${least === 1 ? 'numbers' : `${least} numbers or more`}, found ${found}`,
    'Look at what filled it.',
  );
}

/** The mean of an array of numbers. `x.mean()` is that of a tensor. */
export function mean(values: readonly number[]): number {
  mustHold('mean', values);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value in the middle of an array of numbers; the mean of the two when there is no middle. */
export function median(values: readonly number[]): number {
  mustHold('median', values);
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The slope of the line of least squares through the points: Σ (x − x̄)(y − ȳ) / Σ (x − x̄)². */
export function slope(xs: readonly number[], ys: readonly number[]): number {
  mustHold('slope', xs, 2);
  if (ys.length !== xs.length) {
    throw new LabError(
      `slope takes a y for each x, found ${xs.length} and ${ys.length}`,
      'Take both from the same rows.',
    );
  }
  const middle = mean(xs);
  const height = mean(ys);
  const across = xs.reduce((sum, x, i) => sum + (x - middle) * (ys[i] - height), 0);
  return across / xs.reduce((sum, x) => sum + (x - middle) ** 2, 0);
}
