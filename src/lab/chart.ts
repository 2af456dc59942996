import type { MarkSpec } from '../protocol.ts';
import type { Host } from './host.ts';
import { LabError } from './host.ts';
import { ink } from './ink.ts';
import { type BoundOptions, bound, curve } from './marks.ts';
import { Plot, type PlotOptions } from './plot.ts';
import { createShow } from './show.ts';

/** Whose line it is: what the paper proposes, what it replaces, what is broken, theory (dashed), or one of `ink.series`. */
export type Role =
  | 'mechanism'
  | 'baseline'
  | 'broken'
  | 'theory'
  | 'muted'
  | `series ${1 | 2 | 3 | 4 | 5 | 6}`;

/** One line of a chart, as `curve` draws it. */
export interface Line {
  /** Words at the line's end, in its ink. */
  label?: string;
  /** The paper's when absent. */
  as?: Role;
  /** A dot at each row, where there are at most 24 when absent; 'only': open circles without a line. */
  dots?: boolean | 'only';
  /** Further options of the line: `fx: 'task'`, `z: 'name'`, `curve: 'step'`. */
  [option: string]: unknown;
}

/** The label of a line for what the paper replaces. */
export const baseline = (label: string): Line => ({ label, as: 'baseline' });
/** The label of a line for what is broken. */
export const broken = (label: string): Line => ({ label, as: 'broken' });
/** The label of a dashed line: a theory, a bound, a law. */
export const theory = (label: string): Line => ({ label, as: 'theory' });

/** A row has a number in the field of x and in that of every line; null or nothing is a gap. */
type RowOf<X extends string, Y extends string> = { [field in X]: number | string } & {
  [field in Y]: number | null | undefined;
};
type Numbers<fields extends string> = { [field in fields]: number };
/** Plot's options of a scale; its label says what it shows, and in which unit. */
type Axis = PlotOptions & { label: string | null };

/** What a chart looks like: Plot's own options, and which fields of the rows are drawn. */
export interface ChartOptions<X extends string, Y extends string, R> {
  /** A sentence that says what to see; a function of the rows where that depends on them. */
  title: string | ((rows: readonly R[]) => string);
  /** The field along x. */
  over: X;
  x: Axis;
  y: Axis;
  /** A line for each field; a string is the label of the paper's. The last is drawn on top. */
  lines: Record<Y, string | Line>;
  bounds?: BoundOptions[];
  /** Further marks, under the lines. */
  also?: (rows: readonly R[]) => MarkSpec | (MarkSpec | MarkSpec[])[];
  fx?: PlotOptions;
  fy?: PlotOptions;
  width?: number;
  height?: number;
}

/** A figure and its rows. */
export interface Chart<X extends keyof R, R> {
  readonly rows: readonly R[];
  /** Keeps the rows, shows the figure and gives the chart back. */
  add(...rows: R[]): Chart<X, R>;
  /** The row there. @throws when there is none, or more than one. */
  at(where: R[X]): R;
  /** The row added last. */
  readonly last: R;
}

/**
 * A figure made of lines, declared before its run: `const recall = chart('recall', { ... })`, then
 * `recall.add({ stored, modern, sign })` for each row, or `.add(...rows)` for many. Rows whose fields are not all
 * numbers (names along x, a facet that is read back) come with the declaration, and are shown at once.
 */
export const createChart = (host: Host) => {
  const show = createShow(host);
  return function chart<
    const X extends string,
    const Y extends string,
    R extends RowOf<X, Y> = Numbers<X | Y>,
  >(name: string, options: ChartOptions<X, Y, R>, start: readonly R[] = []): Chart<X, R> {
    const { title, over, lines, bounds = [], also = () => [], ...rest } = options;
    const rows = [...start];
    const draw = () =>
      show(
        name,
        Plot.plot({
          title: typeof title === 'string' ? title : title(rows),
          ...rest,
          marks: [
            bounds.map(bound),
            [also(rows)].flat(),
            Object.entries<string | Line>(lines).map(([y, line]) => lineOf(rows, over, y, line)),
          ],
        }),
      );
    const self: Chart<X, R> = {
      rows,
      add(...more) {
        rows.push(...more);
        draw();
        return self;
      },
      at(where) {
        const found = rows.filter((row) => row[over] === where);
        if (found.length === 1) return found[0];
        const there = [...new Set(rows.map((row) => row[over]))].join(', ');
        throw found.length === 0
          ? new LabError(
              `chart '${name}' has no row at ${over} = ${where}; it has ${there || 'none yet'}`,
              'Ask for one of these, or add that row first.',
            )
          : new LabError(
              `chart '${name}' has ${found.length} rows at ${over} = ${where}`,
              'Filter its rows by a further field.',
            );
      },
      get last() {
        if (rows.length > 0) return rows[rows.length - 1];
        throw new LabError(`chart '${name}' has no row yet`, 'Add one first.');
      },
    };
    if (rows.length > 0) draw();
    return self;
  };
};

function lineOf(rows: readonly object[], x: string, y: string, line: string | Line): MarkSpec[] {
  const { as = 'mechanism', ...options } = typeof line === 'string' ? { label: line } : line;
  const [name, number] = as.split(' ');
  const colour = number ? ink.series[Number(number) - 1] : ink[name as Exclude<keyof typeof ink, 'series'>];
  return curve(rows, { dashed: as === 'theory', ...options, x, y, ink: colour });
}
