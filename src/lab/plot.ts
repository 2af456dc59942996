import { type MarkName, markNames } from '../mark-names.ts';
import type { MarkSpec, PlotOutput, Row } from '../protocol.ts';
import { LabError } from './host.ts';
import { mustFitPercent } from './percent.ts';

/** Options of a mark or a plot: Observable Plot's own names, restricted to what can be recorded. */
export type PlotOptions = { [name: string]: unknown };
type Data = readonly object[] | readonly number[] | readonly string[] | null;

/** @throws when an option is a function, a tensor or anything else that JSON cannot hold. */
function mustBeData(where: string, options: PlotOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (typeof value === 'function') {
      throw new LabError(
        `${where}: option '${name}' is a function; channels are field names or constants here`,
        'Compute the field in the data first.',
      );
    }
    if (value && typeof value === 'object' && !Array.isArray(value)) mustBeData(where, value as PlotOptions);
  }
}

const copied = (data: Data) =>
  data === null ? null : (structuredClone(data) as unknown as Row[] | number[] | string[]);

/** `Plot.line(data, options)`; marks without data (`frame`, `gridX`) may be called with options alone. */
function mark(name: MarkName) {
  return (data: Data | PlotOptions = null, options: PlotOptions = {}): MarkSpec => {
    const bare = data !== null && !Array.isArray(data);
    const spec = {
      mark: name,
      data: bare ? null : copied(data as Data),
      options: structuredCloneOf(name, bare ? (data as PlotOptions) : options),
    };
    return spec;
  };
}

function structuredCloneOf(name: string, options: PlotOptions): PlotOptions {
  mustBeData(`Plot.${name}`, options);
  return structuredClone(options);
}

type Marks = (MarkSpec | null | Marks)[];

/** Marks may be nested and empty, as with Plot itself. */
const flat = (marks: Marks): MarkSpec[] =>
  marks.flatMap((m) => (Array.isArray(m) ? flat(m) : m === null ? [] : [m]));

const marks = Object.fromEntries(markNames.map((name) => [name, mark(name)])) as Record<
  MarkName,
  ReturnType<typeof mark>
>;

/**
 * Observable Plot's names and options (https://observablehq.com/plot), as data.
 * `title` is a sentence that says what to see.
 */
export const Plot = {
  ...marks,
  plot({ title, marks, ...options }: { title?: string; marks: Marks } & PlotOptions): PlotOutput {
    mustBeData('Plot.plot', options);
    const specs = flat(marks);
    mustFitPercent(options, specs);
    return { kind: 'plot', title, options: structuredClone(options), marks: specs };
  },
};
