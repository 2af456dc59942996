import type { ControlSpec } from '../protocol.ts';

type Range = Pick<ControlSpec, 'min' | 'max' | 'step' | 'scale'>;

/** Positions of a logarithmic range run from 0 to this. */
export const POSITIONS = 200;

const limits = ({ min = 0, max = 1 }: Range) => ({ min, max });

// Three significant digits: what the reader sees is what runs.
const tidy = (value: number) => Number(value.toPrecision(3));

/** Where a value lies on its range input: itself on a linear scale, 0 to 200 on a logarithmic one. */
export function toPosition(value: number, range: Range): number {
  if (range.scale !== 'log') return value;
  const { min, max } = limits(range);
  return Math.round((Math.log(value / min) / Math.log(max / min)) * POSITIONS);
}

function stepped(value: number, { min = 0, step }: Range): number {
  return step === undefined
    ? tidy(value)
    : Number((min + Math.round((value - min) / step) * step).toPrecision(12));
}

/** The value at a position of a range input; the ends are exactly `min` and `max`. */
export function fromPosition(position: number, range: Range): number {
  if (range.scale !== 'log') return position;
  const { min, max } = limits(range);
  if (position <= 0) return min;
  if (position >= POSITIONS) return max;
  return Math.min(max, Math.max(min, stepped(min * (max / min) ** (position / POSITIONS), range)));
}
