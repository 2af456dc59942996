import type { ImagesOutput, Output, PlotOutput, Row } from '../protocol.ts';
import { recordsOf } from './csv.ts';
import { formatValue } from './format.ts';
import { picturesOf } from './pictures.ts';
import { axisLabel, type Point, type Series, seriesOf } from './series.ts';

const own = (value: unknown): Row[string] => (value === undefined ? null : (value as Row[string]));

// One column for each series, where they are told at the same places and each place once.
function sideBySide(output: PlotOutput, series: Series[]): Row[] | undefined {
  const horizontal = output.marks.some(({ mark }) => mark === 'barX');
  const [place, told] = horizontal ? (['y', 'x'] as const) : (['x', 'y'] as const);
  const places = [...new Set(series.flatMap(({ points }) => points.map((point) => own(point[place]))))];
  const most = Math.max(...series.map(({ points }) => points.length));
  const repeats = series.some(
    ({ points }) => new Set(points.map((point) => point[place])).size < points.length,
  );
  if (repeats || places.length > 1.5 * most) return undefined;
  if (places.every((value) => typeof value === 'number')) places.sort((a, b) => Number(a) - Number(b));
  const only = series.length === 1;
  return places.map((at) => {
    const row: Row = { [axisLabel(output, place)]: at };
    for (const { name, points } of series) {
      const point = points.find((candidate) => own(candidate[place]) === at);
      row[only ? axisLabel(output, told) : name] = own(point?.[told]);
    }
    return row;
  });
}

const MOST_COLUMNS = 12;

function grid(output: PlotOutput, series: Series[]): Row[] | undefined {
  const columns = new Set(series.flatMap(({ points }) => points.map(({ x }) => x)));
  if (columns.size > MOST_COLUMNS) return undefined;
  return series.map(({ name, points }) => ({
    '': name,
    ...Object.fromEntries(
      points.map(({ x, value }) => [`${axisLabel(output, 'x')} ${formatValue(x)}`, own(value)]),
    ),
  }));
}

function oneBelowAnother(output: PlotOutput, series: Series[]): Row[] {
  const several = series.length > 1;
  const colour = (value: Point['value']) =>
    value === undefined ? {} : { [axisLabel(output, 'fill')]: own(value) };
  return series.flatMap(({ name, kind, points }) =>
    points.map(({ x, y, value }) => ({
      ...(several && kind !== 'cells' ? { series: name } : {}),
      [axisLabel(output, 'x')]: own(x),
      [axisLabel(output, 'y')]: own(y),
      ...(kind === 'cells' ? colour(value) : {}),
    })),
  );
}

function ofPlot(output: PlotOutput): Row[] {
  const series = seriesOf(output);
  if (!series.length) return recordsOf(output);
  const isGrid = series.every(({ kind }) => kind === 'cells');
  const compact = isGrid
    ? grid(output, series)
    : series.some(({ kind }) => kind === 'cells')
      ? undefined
      : sideBySide(output, series);
  return compact ?? oneBelowAnother(output, series);
}

function ofImages({ rows, columns, range, palette }: ImagesOutput): Row[] {
  return rows.flatMap((row) =>
    picturesOf(row, range, palette).map(({ mean, least, greatest }, i) => ({
      row: row.label,
      picture: columns?.[i] || i + 1,
      'mean value': mean,
      least,
      greatest,
    })),
  );
}

/** An output as a table for reading: for a plot its series side by side, for pictures their figures. */
export function tableView(output: Exclude<Output, { kind: 'scrub' }>): Row[] {
  switch (output.kind) {
    case 'plot':
      return ofPlot(output);
    case 'images':
      return ofImages(output);
    case 'table':
      return output.rows;
    case 'text':
      return [];
  }
}
