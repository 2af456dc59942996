import type { PlotOutput } from '../protocol.ts';
import { FONT, wrapText } from './measure.ts';
import { dressColor } from './plot-color.ts';
import { writesOnCells } from './plot-marks.ts';
import { givenTickOptions, isBand, tickOptions } from './plot-ticks.ts';
import { withUnit } from './series.ts';

export type Options = Record<string, any>;
export type Scales = Record<string, Options>;
export interface Margins {
  marginTop: number;
  marginRight: number;
  marginBottom: number;
  marginLeft: number;
}

/** What has to stay the same from frame to frame, so that axes stand still. */
export interface Layout {
  /** Options of each scale by its name: type and domain. */
  scales: Record<string, Options>;
  margins?: Margins;
}

export interface DrawOptions {
  width?: number;
  thumb?: boolean;
  layout?: Layout;
}

export const WIDTH = 420;
export const THUMB = { width: 240, height: 150 };
const LINE = Math.ceil(FONT * 1.1);

// Plot's own ways out of the drawing (styles, document, captions) belong to the site.
const DROPPED = [
  'style',
  'className',
  'document',
  'figure',
  'title',
  'subtitle',
  'caption',
  'ariaLabel',
  'ariaDescription',
  'marks',
];

/** Plot's options as far as a cell may set them. */
export function allowed(options: Options): Options {
  const kept = Object.entries(options).filter(([key]) => !DROPPED.includes(key));
  return Object.fromEntries(kept.map(([key, scale]) => [key, labelsUnit(scale)]));
}

const labelsUnit = (scale: unknown) => {
  const { label, percent } = (scale ?? {}) as Options;
  return percent && typeof label === 'string'
    ? { ...(scale as Options), label: withUnit(label, { percent }) }
    : scale;
};

// An author's width says a shape, not a size: letters are as large in every figure.
function ratioHeight({ width, height }: Options, target: number): number | undefined {
  if (height === undefined) return undefined;
  return width === undefined ? height : Math.round((height / width) * target);
}

function bodyHeight(scales: Scales, width: number): number {
  const facets = scales.fy?.domain.length ?? 1;
  if (!isBand(scales.y)) return facets > 1 ? facets * 110 : Math.round(width * 0.48);
  const rows = scales.y.domain.length * facets;
  return Math.max(60, Math.min(420, rows * (rows < 6 ? 30 : 24)));
}

/** Height of the whole drawing; undefined leaves it to Plot (`aspectRatio`). */
export function heightOf(
  options: Options,
  scales: Scales,
  width: number,
  margins: Margins,
): number | undefined {
  const asked = ratioHeight(options, width);
  if (asked !== undefined || options.aspectRatio) return asked;
  if (!scales.y && !scales.fy) return 90;
  return bodyHeight(scales, width) + margins.marginTop + margins.marginBottom;
}

const labelled = (scale: Options | undefined, own: Options | null | undefined) =>
  own !== null && own?.axis !== null && own?.label !== null && (own?.label ?? scale?.label) !== undefined;

const linesOf = (label: unknown, width: number) => wrapText(String(label ?? ''), width).split('\n').length;

/** Room for axis labels; what ticks and labels at lines need is found by measuring. */
export function firstMargins(options: Options, scales: Scales, width: number): Margins {
  const { x, y } = options;
  const yLines = labelled(scales.y, y) ? linesOf(y?.label ?? scales.y?.label, width - 8) : 0;
  const xLines = labelled(scales.x, x) ? linesOf(x?.label ?? scales.x?.label, width * 0.8) : 0;
  const hasX = scales.x && x !== null && x?.axis !== null;
  const top = yLines ? 16 + yLines * LINE : 8;
  return {
    marginTop: top + (scales.fx ? LINE + 6 : 0),
    marginRight: 10,
    marginBottom: hasX ? 24 + xLines * LINE : 8,
    marginLeft: scales.y && y?.axis !== null ? 24 : 8,
    ...givenMargins(options),
  };
}

function givenMargins({
  margin,
  marginTop,
  marginRight,
  marginBottom,
  marginLeft,
}: Options): Partial<Margins> {
  const given = { marginTop, marginRight, marginBottom, marginLeft };
  return Object.fromEntries(
    Object.entries(given)
      .map(([k, v]) => [k, v ?? margin])
      .filter(([, v]) => v !== undefined),
  );
}

function axisOptions(
  axis: 'x' | 'y',
  options: Options,
  scales: Scales,
  width: number,
  room: number,
): Options {
  const own = options[axis] ?? {};
  const label = own.label ?? scales[axis]?.label;
  const placed = axis === 'x' ? { labelAnchor: 'center' } : { labelAnchor: 'top' };
  const ticks = own.ticks === undefined ? tickOptions(axis, scales[axis], room) : {};
  return {
    tickSize: isBand(scales[axis]) ? 0 : 4,
    tickPadding: 4,
    labelArrow: 'none',
    ...placed,
    ...ticks,
    ...own,
    ...givenTickOptions(own, scales[axis]),
    ...(label === undefined || label === null
      ? {}
      : { label: wrapText(String(label), axis === 'x' ? width * 0.8 : width - 8) }),
  };
}

/** Pixels between panels side by side: half of "100" at the end of one axis and half of "0" at the start of the next. */
const PANEL_GAP = 28;

// The values of a facet ("width 64") say by themselves what they are.
function facetOptions(options: Options, scales: Scales, room: number): Options {
  const facets = ['fx', 'fy'].filter((name) => scales[name] && options[name] !== null);
  const hasTicks = scales.x && options.x !== null && options.x?.axis !== null;
  const count = scales.fx?.domain.length ?? 1;
  const padding = Math.min(0.35, Math.max(0.1, (PANEL_GAP * count) / (room + PANEL_GAP)));
  return Object.fromEntries(
    facets.map((name) => [
      name,
      { label: null, ...(name === 'fx' && hasTicks ? { padding } : {}), ...options[name] },
    ]),
  );
}

/** Everything of a plot but its marks, margins and height: axes, ticks and inks as the site has them. */
export function dress(
  output: PlotOutput,
  options: Options,
  scales: Scales,
  width: number,
  margins: Margins,
): Options {
  const height = heightOf(options, scales, width, margins);
  const rooms = {
    x: width - margins.marginLeft - margins.marginRight,
    y: (height ?? width) - margins.marginTop - margins.marginBottom,
  };
  const facets = { x: scales.fx?.domain.length ?? 1, y: scales.fy?.domain.length ?? 1 };
  const axis = (k: 'x' | 'y') =>
    options[k] === null ? null : axisOptions(k, options, scales, width, rooms[k] / facets[k]);
  return {
    ...options,
    ...margins,
    width,
    height,
    x: axis('x'),
    y: axis('y'),
    ...facetOptions(options, scales, rooms.x),
    ...(options.color || scales.color
      ? { color: dressColor(options.color ?? {}, scales.color, writesOnCells(output)) }
      : {}),
  };
}

const bare = (own: Options | null | undefined) => ({ ...own, axis: null, grid: false, label: null });

/** The same for a picture of 240 by 150: shapes only. */
export function dressThumb(output: PlotOutput, options: Options, scales: Scales): Options {
  const margins = { marginTop: 8, marginRight: 8, marginBottom: 8, marginLeft: 8 };
  const dressed = dress(
    output,
    { ...options, grid: false, aspectRatio: undefined },
    scales,
    THUMB.width,
    margins,
  );
  const color = dressed.color && { ...dressed.color, legend: false };
  const facets = Object.fromEntries(['fx', 'fy'].filter((k) => scales[k]).map((k) => [k, bare(options[k])]));
  return { ...dressed, ...THUMB, x: bare(options.x), y: bare(options.y), ...facets, ...(color && { color }) };
}

/** Width of the widest label an axis may carry before the drawing is all label. */
export const MOST_LABEL = 0.42;
