import { formatNumber, formatValue, inWords } from './format.ts';
import type { Series, Value } from './series.ts';

const at = (x: Value) => (x === undefined ? '' : ` at ${formatValue(x)}`);
const numbersOf = ({ points }: Series) =>
  points.filter((point): point is typeof point & { y: number } => typeof point.y === 'number');

function movement(start: number, end: number): string {
  if (formatNumber(start) === formatNumber(end)) return `starts and ends at ${formatNumber(end)}`;
  return `${end < start ? 'falls' : 'rises'} from ${formatNumber(start)} to ${formatNumber(end)}`;
}

/** Less than this share of what the whole plot spans is no movement. */
const FLAT = 0.08;

/** How far apart two heights of a plot look, as a share of what the whole plot spans. */
export type Apart = (a: number, b: number) => number;

/** Heights as the axis has them: on a logarithmic one a tenth is as far below one as one below ten. */
export function apartIn(series: Series[], logarithmic: boolean): Apart {
  const height = (y: number) => (logarithmic ? Math.log(Math.max(y, Number.MIN_VALUE)) : y);
  const ys = series.flatMap((one) => numbersOf(one).map(({ y }) => y));
  const heights = ys.filter((y) => !logarithmic || y > 0).map(height);
  const span = heights.length ? Math.max(...heights) - Math.min(...heights) : 0;
  return (a, b) => (span > 0 ? Math.abs(height(a) - height(b)) / span : 1);
}

/** One line in words: where it starts and ends, and its extremes where they are neither. */
export function inWordsSeries(series: Series, apart: Apart = () => 1): string {
  const points = numbersOf(series);
  const ys = points.map(({ y }) => y);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const { name } = series;
  if (formatNumber(low) === formatNumber(high)) return `${name}: stays at ${formatNumber(low)}`;
  if (apart(low, high) < FLAT) return `${name}: stays between ${formatNumber(low)} and ${formatNumber(high)}`;
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

/** Lines nearer to one another than this share of the plot lie upon one another. */
const SAME = 0.005;

// Where two lines are told at the same places and change sides, it is between two of these.
function crossing(a: Series, b: Series, apart: Apart): string | undefined {
  if (a.name === b.name) return undefined;
  const other = new Map(numbersOf(b).map(({ x, y, at }) => [JSON.stringify([x, at.fx, at.fy]), y]));
  const pairs = numbersOf(a).flatMap(({ x, y, at }) => {
    const against = other.get(JSON.stringify([x, at.fx, at.fy]));
    return against === undefined ? [] : [{ x, above: y > against, apart: apart(y, against) }];
  });
  if (!pairs.length) return undefined;
  const told = pairs.filter((pair) => pair.apart > SAME);
  if (!told.length) return `${a.name} and ${b.name} lie upon one another`;
  const turns = told.flatMap((now, i) => {
    const before = told[i - 1];
    return before && now.above !== before.above
      ? [`between ${formatValue(before.x)} and ${formatValue(now.x)}`]
      : [];
  });
  if (!turns.length) return `${a.name} stays ${told[0].above ? 'above' : 'below'} ${b.name}`;
  return `${a.name} and ${b.name} cross ${inWords(turns.slice(0, 3))}${turns.length > 3 ? ' and further on' : ''}`;
}

// Figures draw it last, so that it lies on top; what is said of it comes first.
const papersFirst = (series: Series[]) => series.toSorted((a, b) => Number(b.isPapers) - Number(a.isPapers));

/** Where pairs of lines cross, and which stays above, the paper's own first; beyond three lines only against that one. */
export function crossings(series: Series[], apart: Apart = () => 1): string[] {
  const ordered = papersFirst(series);
  const pairs =
    ordered.length > 3
      ? ordered.slice(1, 6).map((other) => [ordered[0], other])
      : ordered.flatMap((a, i) => ordered.slice(i + 1).map((b) => [a, b]));
  const said = pairs.map(([a, b]) => crossing(a, b, apart)).filter((words) => words !== undefined);
  return [...new Set(said)];
}

const ranks = (values: number[]) => {
  const order = values.map((value, i) => [value, i]).sort(([a], [b]) => a - b);
  const found = new Array<number>(values.length);
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end + 1 < order.length && order[end + 1][0] === order[i][0]) end += 1;
    for (let k = i; k <= end; k++) found[order[k][1]] = (i + end) / 2;
    i = end + 1;
  }
  return found;
};

/** Spearman's rank correlation: 1 where one list rises whenever the other does. NaN where one does not move. */
export function rankCorrelation(a: number[], b: number[]): number {
  const [ra, rb] = [ranks(a), ranks(b)];
  const mean = (a.length - 1) / 2;
  const dot = (p: number[], q: number[]) =>
    p.reduce((sum, value, i) => sum + (value - mean) * (q[i] - mean), 0);
  return dot(ra, rb) / Math.sqrt(dot(ra, ra) * dot(rb, rb));
}

/** Fewer points than this have no trend. */
const FEW = 5;
const STRONG = 0.7;

/** The trend of a cloud in words; nothing where there is none to speak of. */
export function trendOf(points: { x: Value; y: Value }[], x: string, y: string): string | undefined {
  const known = points.filter(({ x, y }) => typeof x === 'number' && typeof y === 'number');
  if (known.length < FEW) return undefined;
  const r = rankCorrelation(
    known.map((point) => point.x as number),
    known.map((point) => point.y as number),
  );
  if (!Number.isFinite(r)) return undefined;
  const words = `rank correlation ${formatNumber(r, 2)}`;
  if (Math.abs(r) < STRONG) return `no clear trend (${words})`;
  return `${y} ${r > 0 ? 'rises' : 'falls'} with ${x} (${words})`;
}
