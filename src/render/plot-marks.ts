import { type MarkName, markNames } from '../mark-names.ts';
import type { MarkSpec, PlotOutput, Row } from '../protocol.ts';
import { wrapText } from './measure.ts';
import * as Plot from './plot-library.ts';
import { MAKE } from './plot-list.ts';

type Options = Record<string, any>;

// `select` in a mark's options stands for Plot's own transform of that name, which is a function and so
// cannot be carried as data.
const SELECT: Record<string, (options: Options) => Options> = {
  first: Plot.selectFirst as any,
  last: Plot.selectLast as any,
  minX: Plot.selectMinX as any,
  maxX: Plot.selectMaxX as any,
  minY: Plot.selectMinY as any,
  maxY: Plot.selectMaxY as any,
};

// Interactive, or a way for a cell's output to act on the page.
const DROPPED = ['tip', 'href', 'target', 'pointerEvents', 'className', 'dodge', 'select', 'imageFilter'];

const isText = (mark: string) => mark.startsWith('text');
const isLine = (mark: string) => /^(line|lineX|lineY|linearRegression[XY])$/.test(mark);
const isFilled = (mark: string) => /^(cell|rect|bar|area|contour|density)/.test(mark);

/** Whether a plot writes text over filled cells, so that the fill has to stay pale. */
export function writesOnCells(output: PlotOutput): boolean {
  return (
    output.marks.some(({ mark }) => isText(mark)) && output.marks.some(({ mark }) => mark.startsWith('cell'))
  );
}

const isMechanism = (options: Options) => JSON.stringify(options).includes('--mechanism');

// What a mark looks like where its author has not said it.
function defaults({ mark, options }: MarkSpec, halo: boolean, thumb: boolean): Options {
  if (isText(mark))
    return {
      fill: 'currentColor',
      ...(halo && { stroke: 'var(--paper)', strokeWidth: 4, paintOrder: 'stroke' }),
    };
  if (mark.startsWith('box')) return { fill: 'var(--tile)' };
  if (!isLine(mark)) return {};
  if (thumb) return { strokeWidth: isMechanism(options) ? 3.5 : 2.5 };
  return { strokeWidth: isMechanism(options) ? 2.2 : 1.6 };
}

function select(name: unknown, options: Options): Options {
  if (name === undefined) return options;
  const transform = SELECT[String(name)];
  if (transform) return transform(options);
  throw new Error(`select: found "${name}", expected one of ${Object.keys(SELECT).join(', ')}.`);
}

/** Class of the text marks whose labels are pushed apart where they would overlap. */
export const DODGED = 'dodged';

const dodges = (options: Options) => options.dodge ?? options.select !== undefined;

function optionsOf(spec: MarkSpec, halo: boolean, thumb: boolean): Options {
  const options: Options = { ...defaults(spec, halo, thumb), ...spec.options };
  if (isText(spec.mark) && dodges(options)) options.textAnchor ??= 'start';
  const selected = select(
    options.select,
    Object.fromEntries(Object.entries(options).filter(([k]) => !DROPPED.includes(k))),
  );
  return isText(spec.mark) && dodges(options) ? { ...selected, className: DODGED } : selected;
}

const OPACITIES = ['opacity', 'fillOpacity', 'strokeOpacity'];
const UNSCALED = ['label', 'legend'];

// Plot takes a field whose values are all from 0 to 1 for opacities as they are, and passes over the scale
// even where its author has said how it runs.
function throughScale(options: Options, opacity: Options | null | undefined): Options {
  if (!Object.keys(opacity ?? {}).some((key) => !UNSCALED.includes(key))) return options;
  const fields = OPACITIES.filter((name) => typeof options[name] === 'string');
  const scaled = fields.map((name) => [name, { value: options[name], scale: 'opacity' }]);
  return { ...options, ...Object.fromEntries(scaled) };
}

function checkName(mark: string): void {
  if (Object.hasOwn(MAKE, mark)) return;
  throw new Error(`Plot.${mark}: no mark of this site's plots. Expected one of ${markNames.join(', ')}.`);
}

// Thumbnails keep what has a shape and drop what has to be read.
const readOnly = (mark: string) => isText(mark) || /^(axis|grid)/.test(mark);

/**
 * The marks of a plot as Plot's own objects. Plot keeps state in them: make new ones for every drawing.
 * `opacity`: the options of that scale.
 */
export function marksOf(output: PlotOutput, thumb: boolean, opacity?: Options | null): Plot.Markish[] {
  const halo = !output.marks.some(({ mark }) => isFilled(mark));
  return output.marks
    .filter(({ mark }) => !(thumb && readOnly(mark)))
    .map((given) => {
      checkName(given.mark);
      const spec = inLines(given);
      const make = MAKE[spec.mark as MarkName];
      const options = throughScale(optionsOf(spec, halo, thumb), opacity);
      return spec.data === null ? make(options) : make(drawn(spec), options);
    });
}

// A label stands at the last point that was drawn, not at a gap.
function drawn({ data, options }: MarkSpec): Row[] {
  const fields =
    options.select === undefined ? [] : [options.x, options.y].filter((field) => typeof field === 'string');
  return (data as Row[]).filter(
    (row) => typeof row !== 'object' || fields.every((field) => row[field as string] !== null),
  );
}

const LABEL = 'label in lines';
const WIDEST_LABEL = 150;

// Labels beside the lines take the drawing's width away from them: a long one is set in several lines.
function inLines(spec: MarkSpec): MarkSpec {
  const { text } = spec.options;
  const rows = spec.data?.filter((row) => typeof row === 'object') as Row[] | undefined;
  if (!isText(spec.mark) || !dodges(spec.options) || typeof text !== 'string' || !rows?.length) return spec;
  const wrapped = (value: unknown) => (typeof value === 'string' ? wrapText(value, WIDEST_LABEL) : value);
  const data = rows.map((row) => ({ ...row, [LABEL]: wrapped(row[text]) as Row[string] }));
  return { ...spec, data, options: { ...spec.options, text: LABEL } };
}

const finite = (value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? null : value);

function finiteRow(row: Row | number | string): Row | number | string {
  if (typeof row !== 'object' || row === null) return row;
  if (!Object.values(row).some((value) => typeof value === 'number' && !Number.isFinite(value))) return row;
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, finite(value)])) as Row;
}

/** The same plot with what is not a number as null: a gap in a line, in a recording as in a live run. */
export function withGaps(output: PlotOutput): PlotOutput {
  const marks = output.marks.map((spec) => ({
    ...spec,
    data:
      (spec.data as (Row | number | string)[] | null)?.map(finiteRow).filter((row) => finite(row) !== null) ??
      null,
  }));
  return { ...output, marks: marks as MarkSpec[] };
}

/** Whether no mark has a record to draw. */
export function isEmpty(output: PlotOutput): boolean {
  const records = output.marks.filter(({ data }) => data?.every((row) => typeof row === 'object'));
  return (
    records.every(({ data }) => !data!.length) &&
    !output.marks.some(({ data }) => data?.length && typeof data[0] !== 'object')
  );
}
