import type { ImagesOutput, MarkSpec, Output, PlotOutput, Row } from '../protocol.ts';
import { crossings, inWordsSeries, seriesOf } from './describe-series.ts';
import { formatNumber, formatValue, inWords, picturesInWords } from './format.ts';

type Options = Record<string, any>;

const MOST = 8;

function extent(rows: Row[], field: unknown): string | undefined {
  const values = rows
    .map((row) => row[String(field)])
    .filter((value) => value !== null && value !== undefined);
  if (!values.length) return undefined;
  const numbers = values.filter(
    (value): value is number => typeof value === 'number' && Number.isFinite(value),
  );
  if (numbers.length < values.length) return inWords([...new Set(values.map(formatValue))].slice(0, MOST));
  return `${formatNumber(Math.min(...numbers))} to ${formatNumber(Math.max(...numbers))}`;
}

const labelOf = (options: Options, axis: string, field: unknown) =>
  options[axis]?.label ?? (typeof field === 'string' ? field : axis);

function bars(rows: Row[], { x, y }: Options, vertical: boolean): string {
  const [name, value] = vertical ? [x, y] : [y, x];
  const said = rows.slice(0, MOST).map((row) => `${formatValue(row[name])} ${formatValue(row[value])}`);
  const rest = rows.length > MOST ? `, and ${rows.length - MOST} more, ${extent(rows, value)}` : '';
  return `Bars: ${said.join(', ')}${rest}`;
}

function cells(rows: Row[], { x, y, fill }: Options): string {
  const known = rows.filter((row) => typeof row[fill] === 'number' && Number.isFinite(row[fill]));
  const count = (field: string) => new Set(rows.map((row) => row[field])).size;
  if (!known.length) return `Grid of ${count(y)} rows and ${count(x)} columns`;
  const most = known.reduce((a, b) => ((b[fill] as number) > (a[fill] as number) ? b : a));
  const place = `${x} ${formatValue(most[x])}, ${y} ${formatValue(most[y])}`;
  return `Grid of ${count(y)} rows and ${count(x)} columns: ${fill} ${extent(known, fill)}, greatest at ${place}`;
}

function dots(rows: Row[], { x, y }: Options, plot: Options): string {
  const ranges = [
    ['x', x],
    ['y', y],
  ].map(([axis, field]) => {
    const range = extent(rows, field);
    return range && `${labelOf(plot, axis, field)} ${range}`;
  });
  return [`${rows.length} points`, ...ranges.filter((words) => words)].join(', ');
}

function rule(data: MarkSpec['data'], axis: string): string | undefined {
  const values = (data ?? []).filter((value) => typeof value !== 'object' && value !== 0);
  return values.length ? `Line at ${axis} = ${inWords(values.slice(0, MOST).map(formatValue))}` : undefined;
}

function markInWords({ mark, data, options }: MarkSpec, plot: Options): string | undefined {
  if (mark === 'ruleX' || mark === 'ruleY') return rule(data, mark === 'ruleX' ? 'x' : 'y');
  const rows = (data ?? []).filter((row): row is Row => typeof row === 'object' && row !== null);
  if (!rows.length) return undefined;
  if (mark === 'barX' || mark === 'barY') return bars(rows, options, mark === 'barY');
  if (mark.startsWith('cell')) return cells(rows, options);
  return /^(dot|circle|hexagon|rect)/.test(mark) ? dots(rows, options, plot) : undefined;
}

function across(output: PlotOutput): string {
  const mark = output.marks.find(({ mark, data }) => /^line/.test(mark) && data?.length);
  const range = mark && extent(mark.data as Row[], mark.options.x);
  if (!mark || !range) return '';
  const y = labelOf(output.options, 'y', mark.options.y);
  return `${y} over ${labelOf(output.options, 'x', mark.options.x)} from ${range}`;
}

function plot(output: PlotOutput): string {
  const series = seriesOf(output);
  // Dots upon lines repeat what the lines say.
  const others = output.marks.filter(({ mark }) => !(series.length && /^(dot|circle)/.test(mark)));
  const said = [
    series.length ? across(output) : '',
    [...series.slice(0, MOST).map(inWordsSeries), ...crossings(series)].join('; '),
    series.length > MOST ? `${series.length - MOST} further lines` : '',
    ...others.map((mark) => markInWords(mark, output.options)),
  ].filter((words) => words);
  return said.length ? `${said.join('. ')}.` : 'No data yet.';
}

function images({ rows, columns, palette, range }: ImagesOutput): string {
  const said = rows.map(({ label, count }) => (label ? `${label} (${count})` : picturesInWords(count)));
  const heads = columns?.length ? `, columns ${inWords(columns)}` : '';
  const scale =
    palette === 'diverging' ? `; colours from ${formatNumber(range[0])} to ${formatNumber(range[1])}` : '';
  return rows.length ? `Rows of pictures: ${inWords(said)}${heads}${scale}.` : 'No data yet.';
}

/** A sentence made from an output's data, for those who cannot see it. Tables and text speak for themselves. */
export function describe(output: Output): string {
  switch (output.kind) {
    case 'plot':
      return plot(output);
    case 'images':
      return images(output);
    case 'scrub': {
      const last = output.frames.at(-1);
      return last ? `At ${output.label} ${formatValue(last.at)}: ${describe(last.output)}` : 'No data yet.';
    }
    default:
      return '';
  }
}
