import type { ImagesOutput, MarkSpec, Output, PlotOutput, Row, TableOutput } from '../protocol.ts';
import { apartIn, crossings, inWordsSeries, trendOf } from './describe-series.ts';
import { formatNumber, formatValue, inWords, picturesInWords } from './format.ts';
import { picturesOf } from './pictures.ts';
import { axisLabel, inAxis, type Point, type Series, seriesOf, type Value } from './series.ts';
import { columnsOf } from './table.ts';

const MOST = 8;

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function extent(values: Value[]): string | undefined {
  const known = values.filter((value) => value !== null && value !== undefined);
  if (!known.length) return undefined;
  const numbers = known.filter(isNumber);
  if (numbers.length < known.length) return inWords([...new Set(known.map(formatValue))].slice(0, MOST));
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return low === high ? formatNumber(low) : `${formatNumber(low)} to ${formatNumber(high)}`;
}

/** The records with the least and the greatest of some values. */
function extremes<T>(records: T[], of: (record: T) => unknown): { least: T; greatest: T } | undefined {
  const known = records.filter((record) => isNumber(of(record)));
  if (!known.length) return undefined;
  const better = (sign: number) =>
    known.reduce((a, b) => (sign * ((of(b) as number) - (of(a) as number)) > 0 ? b : a));
  return { least: better(-1), greatest: better(1) };
}

function lines(output: PlotOutput, all: Series[]): string[] {
  // Words stand on the vertical axis of some figures; a line over them neither rises nor falls.
  const series = all.filter(({ points }) => points.some(({ y }) => isNumber(y)));
  if (!series.length) return [];
  const range = extent(series.flatMap(({ points }) => points.map(({ x }) => x)));
  const apart = apartIn(series, (output.options.y as { type?: string } | null)?.type === 'log');
  const rest = series.slice(MOST);
  const ends = extent(rest.map(({ points }) => points.at(-1)!.y));
  return [
    `${axisLabel(output, 'y')} over ${axisLabel(output, 'x')} from ${range}`,
    [...series.slice(0, MOST).map((one) => inWordsSeries(one, apart)), ...crossings(series, apart)].join(
      '; ',
    ),
    rest.length ? `${rest.length} further lines, which end at ${ends}` : '',
  ];
}

function bars(output: PlotOutput, series: Series[]): string[] {
  const horizontal = output.marks.some(({ mark }) => /^(bar|rect)X$/.test(mark));
  const [category, told] = horizontal ? (['y', 'x'] as const) : (['x', 'y'] as const);
  return series.map(({ name, points }) => {
    const said = points
      .slice(0, MOST)
      .map((point) => `${formatValue(point[category])} ${formatValue(point[told])}`);
    const found = extremes(points, (point) => point[told]);
    const place = (point: Point) => `${formatValue(point[told])} at ${formatValue(point[category])}`;
    const most =
      found && points.length > 2 ? `; greatest ${place(found.greatest)}, least ${place(found.least)}` : '';
    const rest = points.length > MOST ? `, and ${points.length - MOST} more` : '';
    const head = series.length > 1 ? `Bars, ${name}` : 'Bars';
    return `${head}: ${said.join(', ')}${rest}${most}`;
  });
}

// Whether the mean of a grid rises or falls along an axis the whole way.
function along(cells: Point[], axis: 'x' | 'y', label: string, what: string): string | undefined {
  const groups = Map.groupBy(cells, (cell) => cell[axis]);
  if (groups.size < 3 || ![...groups.keys()].every(isNumber)) return undefined;
  const means = [...groups]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, group]) => group.reduce((sum, { value }) => sum + (value as number), 0) / group.length);
  const steps = means.slice(1).map((mean, i) => mean - means[i]);
  if (!steps.every((step) => step >= 0) && !steps.every((step) => step <= 0)) return undefined;
  const [from, to] = [means[0], means.at(-1)!];
  if (formatNumber(from) === formatNumber(to)) return undefined;
  return `on average ${what} ${to > from ? 'rises' : 'falls'} with ${label}, from ${formatNumber(from)} to ${formatNumber(to)}`;
}

function grid(output: PlotOutput, rows: Series[]): string[] {
  if (!rows.length) return [];
  const cells = rows.flatMap(({ points }) => points);
  const count = (axis: 'x' | 'y') => new Set(cells.map((cell) => cell[axis])).size;
  const head = `Grid of ${count('y')} rows and ${count('x')} columns`;
  const [x, y, fill] = (['x', 'y', 'fill'] as const).map((axis) => axisLabel(output, axis));
  const known = cells.filter(({ value }) => isNumber(value));
  const found = extremes(known, ({ value }) => value);
  if (!found) return [head];
  const place = (cell: Point) => `${x} ${formatValue(cell.x)}, ${y} ${formatValue(cell.y)}`;
  const trends = [along(known, 'x', x, fill), along(known, 'y', y, fill)].filter(
    (words) => words !== undefined,
  );
  return [
    [
      `${head}: ${fill} ${extent(known.map(({ value }) => value))}, greatest at ${place(found.greatest)}`,
      `least at ${place(found.least)}`,
      ...trends,
    ].join('; '),
  ];
}

const isNamed = ({ name }: Series) => !/^points \d+$/.test(name);

function clouds(output: PlotOutput, series: Series[]): string[] {
  const [x, y] = [axisLabel(output, 'x'), axisLabel(output, 'y')];
  // Places without a meaning of their own, such as those of a graph's nodes, have no trend.
  const isMap = output.marks.some(({ mark }) => mark === 'link') || (x === 'x' && y === 'y');
  const said = series.slice(0, MOST).map((one) => {
    const { points } = one;
    const ranges = [
      [x, extent(points.map((point) => point.x))],
      [y, extent(points.map((point) => point.y))],
    ];
    const name = series.length > 1 || isNamed(one) ? `${one.name}: ` : '';
    const count = points.length === 1 ? '1 point' : `${points.length} points`;
    return [
      `${name}${count}`,
      ...ranges.filter(([, range]) => range !== undefined).map(([label, range]) => `${label} ${range}`),
      isMap ? undefined : trendOf(points, x, y),
    ]
      .filter((words) => words !== undefined)
      .join(', ');
  });
  return series.length > MOST ? [...said, `${series.length - MOST} further sets of points`] : said;
}

function rule(output: PlotOutput, { mark, data }: MarkSpec): string | undefined {
  const axis = mark === 'ruleX' ? 'x' : 'y';
  const values = (data ?? []).filter((value) => typeof value !== 'object' && value !== 0);
  const said = values
    .slice(0, MOST)
    .map((value) => formatValue(inAxis(value as Value, output.options[axis])));
  return values.length ? `Line at ${axis} = ${inWords(said)}` : undefined;
}

function plot(output: PlotOutput): string {
  const series = seriesOf(output);
  const of = (kind: Series['kind']) => series.filter((one) => one.kind === kind);
  const said = [
    ...lines(output, of('line')),
    ...bars(output, of('bars')),
    ...clouds(output, of('points')),
    ...grid(output, of('cells')),
    ...output.marks
      .filter(({ mark }) => mark === 'ruleX' || mark === 'ruleY')
      .map((mark) => rule(output, mark)),
  ].filter((words) => words);
  return said.length ? `${said.join('. ')}.` : 'No data yet.';
}

function images({ rows, columns, palette, range }: ImagesOutput): string {
  const said = rows.map((row) => {
    const pictures = picturesOf(row, range, palette);
    const mean = pictures.reduce((sum, picture) => sum + picture.mean, 0) / pictures.length;
    const ends = [
      Math.min(...pictures.map(({ least }) => least)),
      Math.max(...pictures.map(({ greatest }) => greatest)),
    ];
    const figures = palette === 'diverging' ? extent(ends) : `on average ${formatNumber(mean, 2)}`;
    return row.label
      ? `${row.label} (${row.count}, ${figures})`
      : `${picturesInWords(row.count)} (${figures})`;
  });
  const heads = columns?.some((word) => word) ? `, columns ${inWords(columns.filter((word) => word))}` : '';
  const scale =
    palette === 'diverging' ? `; colours from ${formatNumber(range[0])} to ${formatNumber(range[1])}` : '';
  return rows.length ? `Rows of pictures: ${inWords(said)}${heads}${scale}.` : 'No data yet.';
}

const MOST_COLUMNS = 4;

// "89.8 %" is a figure too.
function figureOf(value: Value): number | undefined {
  if (isNumber(value)) return value;
  const found = /^([\u2212-]?[\d.]+)\s?%?$/.exec(String(value ?? ''));
  return found ? Number(found[1].replace('\u2212', '-')) : undefined;
}

function column(rows: Row[], name: string, first: string): string | undefined {
  const found = extremes(rows, (row) => figureOf(row[name]));
  if (!found || found.least[name] === found.greatest[name]) return undefined;
  const said = (row: Row) =>
    `${formatValue(row[name])}${first === name ? '' : ` for ${formatValue(row[first])}`}`;
  return `${name} from ${said(found.least)} to ${said(found.greatest)}`;
}

// The cells speak for themselves; the sentence says where to look.
function table({ rows }: TableOutput): string {
  if (rows.length < 2) return '';
  const columns = columnsOf(rows);
  const [first] = columns;
  const told = columns.filter((name) => name !== first || columns.length === 1);
  const said = told.map((name) => column(rows, name, first)).filter((words) => words !== undefined);
  return [`${rows.length} rows`, ...said.slice(0, MOST_COLUMNS)].join('; ').concat('.');
}

/** A sentence made from an output's data, for those who cannot see it. Texts speak for themselves. */
export function describe(output: Output): string {
  switch (output.kind) {
    case 'plot':
      return plot(output);
    case 'images':
      return images(output);
    case 'table':
      return table(output);
    case 'scrub': {
      const last = output.frames.at(-1);
      return last ? `At ${output.label} ${formatValue(last.at)}: ${describe(last.output)}` : 'No data yet.';
    }
    default:
      return '';
  }
}
