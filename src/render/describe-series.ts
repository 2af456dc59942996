import type { MarkSpec, PlotOutput, Row } from '../protocol.ts';
import { formatNumber, formatValue, inWords } from './format.ts';

/** One line of a plot: its name in words and its points in drawing order, without the gaps. */
export interface Series {
  name: string;
  points: { x: Row[string]; y: number }[];
  /** Drawn in the mechanism's ink: the paper's own. */
  isPapers: boolean;
}

const MECHANISM = 'var(--mechanism)';
const INKS: Record<string, string> = {
  [MECHANISM]: 'this paper',
  'var(--baseline)': 'baseline',
  'var(--broken)': 'broken',
};

const fieldOf = (value: unknown, row: Row) => (typeof value === 'string' && value in row ? value : undefined);

// A single text in the same ink is the label at the line's end.
function labelIn(marks: MarkSpec[], ink: unknown): string | undefined {
  const mark = marks.find(({ mark, options }) => mark.startsWith('text') && options.fill === ink);
  const value = mark?.options.text;
  const row = mark?.data?.at(-1);
  if (Array.isArray(value)) return String(value.at(-1));
  return typeof value === 'string' && typeof row === 'object' && value in row
    ? String(row[value])
    : undefined;
}

const inkOf = ({ options }: MarkSpec) => options.stroke ?? options.fill;

function nameOf(output: PlotOutput, mark: MarkSpec, row: Row, i: number): string {
  const { z, stroke, fill } = mark.options;
  const field = [z, stroke, fill].map((value) => fieldOf(value, row)).find((name) => name !== undefined);
  if (field !== undefined) return formatValue(row[field]);
  const ink = inkOf(mark);
  return (
    labelIn(output.marks, ink) ??
    INKS[String(ink)] ??
    (mark.options.strokeDasharray ? 'dashed line' : `line ${i + 1}`)
  );
}

/** The lines of a plot, told apart as Plot does: by z, else stroke, else fill; facets are series of their own. */
export function seriesOf(output: PlotOutput): Series[] {
  const lines = output.marks.filter(({ mark, data }) => /^(line|lineX|lineY)$/.test(mark) && data?.length);
  const found = new Map<string, Series>();
  lines.forEach((mark, i) => {
    for (const row of mark.data as Row[]) collect(found, output, mark, row, i);
  });
  return [...found.values()].filter(({ points }) => points.length);
}

function collect(found: Map<string, Series>, output: PlotOutput, mark: MarkSpec, row: Row, i: number): void {
  if (typeof row !== 'object' || row === null) return;
  const facets = [mark.options.fx, mark.options.fy].filter((f) => typeof f === 'string' && f in row);
  const name = inWords([nameOf(output, mark, row, i), ...facets.map((f) => formatValue(row[f as string]))]);
  const series = found.get(`${i} ${name}`) ?? { name, points: [], isPapers: inkOf(mark) === MECHANISM };
  found.set(`${i} ${name}`, series);
  const [x, y] = [row[String(mark.options.x)], row[String(mark.options.y)]];
  if (typeof y === 'number' && Number.isFinite(y) && x !== null) series.points.push({ x, y });
}

const at = (x: Row[string]) => (x === undefined ? '' : ` at ${formatValue(x)}`);

function movement(start: number, end: number): string {
  if (formatNumber(start) === formatNumber(end)) return `starts and ends at ${formatNumber(end)}`;
  return `${end < start ? 'falls' : 'rises'} from ${formatNumber(start)} to ${formatNumber(end)}`;
}

/** One line in words: where it starts and ends, and its extremes where they are neither. */
export function inWordsSeries({ name, points }: Series): string {
  const ys = points.map(({ y }) => y);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  if (formatNumber(low) === formatNumber(high)) return `${name}: stays at ${formatNumber(low)}`;
  const [start, end] = [ys[0], ys.at(-1)!];
  const beyond = [
    ['lowest', low],
    ['highest', high],
  ] as const;
  const extremes = beyond
    .filter(([, value]) => value !== start && value !== end)
    .map(([word, value]) => `${word} ${formatNumber(value)}${at(points[ys.indexOf(value)].x)}`);
  return `${name}: ${[movement(start, end), ...extremes].join(', ')}`;
}

function crossing(a: Series, b: Series): string | undefined {
  const other = new Map(b.points.map(({ x, y }) => [x, y]));
  const gaps = a.points.filter(({ x }) => other.has(x)).map(({ x, y }) => ({ x, gap: y - other.get(x)! }));
  const signs = gaps.filter(({ gap }) => gap !== 0);
  const turns = signs.filter(({ gap }, i) => i > 0 && gap > 0 !== signs[i - 1].gap > 0);
  if (!turns.length)
    return signs.length ? `${a.name} stays ${signs[0].gap > 0 ? 'above' : 'below'} ${b.name}` : undefined;
  const places = turns.slice(0, 3).map(({ x }) => formatValue(x));
  return `${a.name} and ${b.name} cross before ${inWords(places)}${turns.length > 3 ? ' and further on' : ''}`;
}

function againstFirst([first, ...others]: Series[]): string[] {
  return others
    .slice(0, 5)
    .map((other) => crossing(first, other))
    .filter((words) => words !== undefined);
}

// Figures draw it last, so that it lies on top; what is said of it comes first.
const papersFirst = (series: Series[]) => series.toSorted((a, b) => Number(b.isPapers) - Number(a.isPapers));

/** Where pairs of lines cross, and which stays above, the paper's own first; beyond three lines only against that one. */
export function crossings(series: Series[]): string[] {
  const ordered = papersFirst(series);
  if (ordered.length > 3) return againstFirst(ordered);
  const pairs = ordered.flatMap((a, i) => ordered.slice(i + 1).map((b) => crossing(a, b)));
  return pairs.filter((words) => words !== undefined);
}
