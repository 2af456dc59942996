import type { MarkSpec } from '../protocol.ts';
import { LabError } from './host.ts';
import { ink } from './ink.ts';
import { Plot } from './plot.ts';

export interface CurveOptions {
  x: string;
  y: string;
  /** Words at the line's end, in its ink. */
  label?: string;
  /** A colour of `ink`; the paper's when absent. */
  ink?: string;
  /** Dashed: theory, or the paper's own figures. */
  dashed?: boolean;
  /** A dot at each row, where there are at most 24 when absent; 'only': open circles without a line. */
  dots?: boolean | 'only';
  /** Further options of the line: `curve: 'step'`, `fx: 'task'`. */
  [option: string]: unknown;
}

const dash = '4 3';

/** A line as every figure here draws it: the line, a dot at each row, its name at its end. For the `marks` of a plot. */
export function curve(rows: readonly object[], options: CurveOptions): MarkSpec[] {
  const {
    x,
    y,
    label,
    ink: stroke = ink.mechanism,
    dashed = false,
    dots = !dashed && rows.length <= 24,
    ...rest
  } = options;
  const line = Plot.line(rows, {
    x,
    y,
    stroke,
    ...(dashed ? { strokeDasharray: dash } : { strokeWidth: 1.8 }),
    ...rest,
  });
  const points =
    dots === 'only'
      ? Plot.dot(rows, { x, y, stroke, ...rest })
      : Plot.dot(rows, { x, y, fill: stroke, r: 2.5, ...facets(rest) });
  const name = Plot.text(
    lastDrawn(rows, y).map((row) => ({ ...row, label })),
    {
      x,
      y,
      text: 'label',
      fill: stroke,
      textAnchor: 'start',
      dx: 8,
      dodge: true,
      ...facets(rest),
    },
  );
  return [
    ...(dots === 'only' ? [] : [line]),
    ...(dots ? [points] : []),
    ...(label && rows.length > 0 ? [name] : []),
  ];
}

/** The row at the line's end: a gap has no place for a name. */
function lastDrawn(rows: readonly object[], y: string): readonly object[] {
  const end = rows.findLastIndex((row) => Number.isFinite((row as Record<string, unknown>)[y] ?? Number.NaN));
  return end < 0 ? rows.slice(-1) : rows.slice(end, end + 1);
}

const facets = ({ fx, fy }: Record<string, unknown>) => ({ ...(fx ? { fx } : {}), ...(fy ? { fy } : {}) });

export interface BoundOptions {
  /** Where: one of the two. */
  x?: number;
  y?: number;
  label?: string;
}

/** A bound, a theory's value or a figure of the paper: a dashed ink line across the plot, with its name. */
export function bound({ x, y, label }: BoundOptions): MarkSpec[] {
  if ((x === undefined) === (y === undefined))
    throw new LabError(
      `bound takes x or y, found ${x === undefined ? 'neither' : 'both'}`,
      'Give one of them: bound({ y: 0.5, label: "chance" }).',
    );
  const style = { stroke: ink.theory, strokeDasharray: dash };
  const rule = x === undefined ? Plot.ruleY([y!], style) : Plot.ruleX([x], style);
  if (!label) return [rule];
  const at =
    x === undefined
      ? { y: 'at', frameAnchor: 'right', textAnchor: 'end', dy: -8 }
      : { x: 'at', frameAnchor: 'top', textAnchor: 'start', dx: 6, dy: 4 };
  return [rule, Plot.text([{ at: x ?? y!, label }], { text: 'label', fill: ink.theory, ...at })];
}
