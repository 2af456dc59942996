import type { MarkSpec, PlotOutput, Row } from '../protocol.ts';
import { formatValue, inWords } from './format.ts';

export type Value = Row[string] | undefined;
export type Kind = 'line' | 'points' | 'bars' | 'cells';

/** A point of a plot: what it says, and where it lies on the plot's scales. */
export interface Point {
  x: Value;
  y: Value;
  /** What its colour says, in a field of colours. */
  value?: Value;
  at: { x?: unknown; y?: unknown; fx?: unknown; fy?: unknown };
}

/** What belongs together in a plot: one line, one cloud of points, one set of bars, one row of a grid. */
export interface Series {
  /** In words; '' where the plot does not name it. */
  name: string;
  kind: Kind;
  points: Point[];
  /** Drawn in the mechanism's ink: the paper's own. */
  isPapers: boolean;
}

const MECHANISM = 'var(--mechanism)';
const INKS: Record<string, string> = {
  [MECHANISM]: 'this paper',
  'var(--baseline)': 'baseline',
  'var(--broken)': 'broken',
};

const KINDS: [RegExp, Kind][] = [
  [/^line[XY]?$/, 'line'],
  [/^(dot|circle|hexagon|tick|link|arrow|vector)[XY]?$/, 'points'],
  [/^bar[XY]$|^rect[XY]$|^waffle[XY]$/, 'bars'],
  [/^(cell[XY]?|rect|raster)$/, 'cells'],
];
const kindOf = (mark: string) => KINDS.find(([marks]) => marks.test(mark))?.[1];

const isField = (channel: unknown, row: Row): channel is string =>
  typeof channel === 'string' && channel in row;

// A channel is a field's name, a constant, or a list with a value for each row.
function valueAt(channel: unknown, row: Row, i: number): Value {
  if (isField(channel, row)) return row[channel];
  if (Array.isArray(channel)) return channel[i];
  return typeof channel === 'number' ? channel : undefined;
}

// A single text in the same ink is the label at the line's end.
function labelIn(marks: MarkSpec[], ink: unknown): string | undefined {
  const mark = marks.find(({ mark, options }) => mark.startsWith('text') && options.fill === ink);
  const value = mark?.options.text;
  const row = mark?.data?.at(-1);
  if (Array.isArray(value)) return String(value.at(-1));
  return typeof row === 'object' && row !== null && isField(value, row) ? String(row[value]) : undefined;
}

const inkOf = ({ options }: MarkSpec) => options.stroke ?? options.fill;
const NOUNS: Record<Kind, string> = { line: 'line', points: 'points', bars: 'bars', cells: 'cells' };

/** What a series is called: its field's value, the label in its ink, the meaning of that ink, else its number. */
function nameOf(output: PlotOutput, mark: MarkSpec, row: Row, kind: Kind, i: number): string {
  const { z, stroke, fill } = mark.options;
  const words = (channel: unknown) => isField(channel, row) && typeof row[channel] !== 'number';
  const candidates =
    kind === 'line' ? [z, stroke, fill].filter((c) => isField(c, row)) : [z, stroke, fill].filter(words);
  const told = candidates.length ? formatValue(row[candidates[0] as string]) : '';
  if (told && !told.startsWith('var(')) return told;
  const ink = told || inkOf(mark);
  return (
    labelIn(output.marks, ink) ??
    INKS[String(ink)] ??
    (kind === 'line' && mark.options.strokeDasharray ? 'dashed line' : `${NOUNS[kind]} ${i + 1}`)
  );
}

const middle = (a: Value, b: Value): Value =>
  typeof a === 'number' && typeof b === 'number' ? (a + b) / 2 : (a ?? b);

/** A value as its axis writes it: axes in per cent are given shares. */
export const inAxis = (value: Value, axis: unknown): Value =>
  typeof value === 'number' && (axis as { percent?: boolean } | null)?.percent ? 100 * value : value;

function pointOf({ mark, options }: MarkSpec, row: Row, i: number, plot: PlotOutput['options']): Point {
  const of = (channel: string) => valueAt(options[channel], row, i);
  const isLink = mark === 'link' || mark === 'arrow';
  const x = of('x') ?? (isLink ? of('x2') : middle(of('x1'), of('x2')));
  const y = of('y') ?? (isLink ? of('y2') : /^rectY$/.test(mark) ? of('y2') : middle(of('y1'), of('y2')));
  const facets = { fx: of('fx'), fy: of('fy') };
  return { x: inAxis(x, plot.x), y: inAxis(y, plot.y), value: of('fill'), at: { x, y, ...facets } };
}

// Bars of one place stand upon one another, unless their author says where each begins.
function stack(mark: MarkSpec, points: Point[]): void {
  const along = mark.mark.endsWith('X') ? 'x' : 'y';
  const across = along === 'x' ? 'y' : 'x';
  if (mark.options[`${along}1`] !== undefined) return;
  const sums = new Map<string, number>();
  for (const { at } of points) {
    const value = Number(at[along]);
    const key = JSON.stringify([at[across], at.fx, at.fy, value < 0]);
    sums.set(key, (sums.get(key) ?? 0) + value);
    at[along] = sums.get(key);
  }
}

const isKnown = (value: Value) =>
  value !== null && value !== undefined && !(typeof value === 'number' && !Number.isFinite(value));

function ofMark(output: PlotOutput, mark: MarkSpec, kind: Kind, i: number): Series[] {
  const found = new Map<string, Series>();
  const rows = (mark.data ?? []) as (Row | number | string | null)[];
  const points: Point[] = [];
  rows.forEach((row, at) => {
    if (typeof row !== 'object' || row === null) return;
    const facets = ['fx', 'fy']
      .filter((f) => isField(mark.options[f], row))
      .map((f) => row[String(mark.options[f])]);
    const name = inWords([nameOf(output, mark, row, kind, i), ...facets.map(formatValue)]);
    const series = found.get(name) ?? { name, kind, points: [], isPapers: inkOf(mark) === MECHANISM };
    found.set(name, series);
    const point = pointOf(mark, row, at, output.options);
    if (!isKnown(point.x) || !isKnown(point.y)) return;
    series.points.push(point);
    points.push(point);
  });
  if (kind === 'bars') stack(mark, points);
  return [...found.values()].filter((series) => series.points.length);
}

const key = ({ at }: Point) => JSON.stringify([at.x, at.y, at.fx, at.fy]);

// A grid is read by its rows, whatever ink each cell has.
function rowsOfGrid(output: PlotOutput, cells: Series[]): Series[] {
  const label = axisLabel(output, 'y');
  const rows = new Map<string, Series>();
  const seen = new Set<string>();
  for (const point of cells.flatMap(({ points }) => points)) {
    if (seen.has(key(point))) continue;
    seen.add(key(point));
    const { fx, fy } = point.at;
    const facets = [fx, fy].filter((f) => f !== undefined).map(formatValue);
    const name = inWords([`${label} ${formatValue(point.y)}`, ...facets]);
    const row = rows.get(name) ?? { name, kind: 'cells', points: [], isPapers: false };
    rows.set(name, row);
    row.points.push(point);
  }
  return [...rows.values()];
}

const byX = (a: Point, b: Point) => Number(a.x) - Number(b.x);

/** Everything of a plot that has a place and a value, in drawing order. Dots upon a line repeat it and are left out. */
export function seriesOf(output: PlotOutput): Series[] {
  const all = output.marks.flatMap((mark, i) => {
    const kind = kindOf(mark.mark);
    return kind && mark.data?.length ? ofMark(output, mark, kind, i) : [];
  });
  const lines = all.filter(({ kind }) => kind === 'line');
  const onLines = new Set(lines.flatMap(({ points }) => points.map(key)));
  const others = all.filter(
    ({ kind, points }) => (kind === 'points' && !points.every((p) => onLines.has(key(p)))) || kind === 'bars',
  );
  for (const { kind, points } of others)
    if (kind === 'points' && points.every(({ x }) => typeof x === 'number')) points.sort(byX);
  const cells = all.filter(({ kind }) => kind === 'cells');
  return [...lines, ...others, ...(cells.length ? rowsOfGrid(output, cells) : [])];
}

interface LabelledScale {
  label?: string | null;
  percent?: boolean;
}

/** A label with the unit of its numbers: an author who asks for per cent need not say so twice. */
export const withUnit = (label: string, { percent }: LabelledScale) =>
  percent && !label.includes('%') ? `${label}, %` : label;

/** What an axis is called: its label, else the field on it. */
export function axisLabel(output: PlotOutput, axis: 'x' | 'y' | 'fill'): string {
  const scale = output.options[axis === 'fill' ? 'color' : axis] as LabelledScale | null | undefined;
  if (scale?.label) return withUnit(scale.label, scale);
  const channels = output.marks
    .filter(({ data, mark }) => data?.length && kindOf(mark))
    .map(({ options }) => options[axis]);
  const field = channels.find((channel) => typeof channel === 'string' && !channel.startsWith('var('));
  return field === undefined ? (axis === 'fill' ? 'value' : axis) : String(field);
}
