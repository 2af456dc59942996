import type { Bound, CheckResult } from '../protocol.ts';

// How many times `large` holds `small`, both towards the same side of zero.
function times(large: number, small: number): number {
  if (small <= 0) return large > small ? Number.POSITIVE_INFINITY : 0;
  return large / small;
}

// For negative bounds the factor turns round: -4 clears "below -2" twofold.
function below(measured: number, bound: number): number {
  return bound < 0 ? Math.max(0, measured / bound) : times(bound, measured);
}

function above(measured: number, bound: number): number {
  if (bound < 0) return times(-bound, -measured);
  return bound > 0 ? Math.max(0, measured / bound) : times(measured, 0);
}

function near(measured: number, centre: number, within: number): number {
  const distance = Math.abs(measured - centre);
  return distance === 0 ? Number.POSITIVE_INFINITY : within / distance;
}

function clearance(measured: number, bound: Bound): number {
  if ('below' in bound) return below(measured, bound.below);
  if ('above' in bound) return above(measured, bound.above);
  if ('near' in bound) return near(measured, bound.near, bound.within);
  const [low, high] = bound.between;
  return near(measured, (low + high) / 2, (high - low) / 2);
}

/**
 * By what factor a check clears its bound: above 1 it holds, below 1 it fails.
 * `below`: bound / measured (measured / bound for negative bounds; infinite where the signs differ).
 * `above`: measured / bound, likewise. `near`: within / distance. `between`: half the interval over the
 * distance from its middle. A measured value that is not finite clears nothing: 0.
 */
export function marginOf(check: Pick<CheckResult, 'measured' | 'bound'>): number {
  if (check.measured === null || !Number.isFinite(check.measured)) return 0;
  return clearance(check.measured, check.bound);
}
