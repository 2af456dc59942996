import type { Bound, CheckResult } from '../protocol.ts';
import { h } from './dom.ts';

/** Further measurements shown on a check's scale. */
export interface CheckExtra {
  /** The check under its `breaks` setting. */
  broken?: { measured: number | null; holds: boolean };
  /** The check on further seeds. */
  seeds?: { measured: number | null; holds: boolean }[];
}

/** The figures a bound consists of, smallest first. */
export function edgesOf(bound: Bound): number[] {
  if ('below' in bound) return [bound.below];
  if ('above' in bound) return [bound.above];
  return 'near' in bound ? [bound.near - bound.within, bound.near + bound.within] : [...bound.between];
}

const isNumber = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);

const DECADES = 30;

// Logarithmic where what is shown spans decades; what is zero or below lies at the left end then.
function isLog(values: number[]): boolean {
  const positive = values.filter((value) => value > 0);
  const spread = Math.max(...positive) / Math.min(...positive);
  return positive.length > 0 && values.every((value) => value >= 0) && spread >= DECADES;
}

function padded(low: number, high: number, share: number): [number, number] {
  const room = (high - low || Math.abs(high) || 1) * share;
  return [low - room, high + room];
}

/** Where values lie on the scale of a check, in percent of its length: 4 to 96, so that no dot is cut. */
export function scaleOf(values: number[]): (value: number) => number {
  const log = isLog(values);
  const shown = log
    ? values.filter((value) => value > 0).map(Math.log10)
    : [...values, ...(touchesZero(values) ? [0] : [])];
  const [low, high] = padded(Math.min(...shown), Math.max(...shown), log && values.includes(0) ? 0.4 : 0.12);
  return (value) => {
    const at = log ? (value > 0 ? Math.log10(value) : low) : value;
    const share = Math.min(1, Math.max(0, (at - low) / (high - low)));
    return Math.round((4 + 92 * share) * 10) / 10;
  };
}

// Zero belongs on the scale where the values are not far from it: "0.2 of at most 0.5" has a beginning.
function touchesZero(values: number[]): boolean {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low > 0 && low < 0.75 * high;
}

const at = (percent: number) => `left:${percent}%`;

/** The scale itself: the bound dashed, the allowed side of it drawn stronger, a dot for each measurement. */
export function checkScale(
  check: CheckResult,
  document: Document,
  { broken, seeds = [] }: CheckExtra,
): Element {
  const edges = edgesOf(check.bound).filter(isNumber);
  const measured = [check.measured, broken?.measured, ...seeds.map((seed) => seed.measured)].filter(isNumber);
  const place = scaleOf([...edges, ...measured]);
  const dot = (kind: string, value: number | null | undefined) =>
    isNumber(value) ? h(document, 'i', { class: kind, style: at(place(value)) }) : null;
  return h(
    document,
    'div',
    { class: 'scale', 'aria-hidden': 'true' },
    h(document, 'i', { class: 'allowed', style: allowed(check.bound, edges.map(place)) }),
    ...edges.map((edge) => dot('bound', edge)),
    ...seeds.map((seed) => dot('seed', seed.measured)),
    dot('without', broken?.measured),
    dot('at', check.measured),
  );
}

function allowed(bound: Bound, places: number[]): string {
  const [from, to] = 'below' in bound ? [0, places[0]] : 'above' in bound ? [places[0], 100] : places;
  return `left:${from}%;right:${Math.round((100 - to) * 10) / 10}%`;
}
