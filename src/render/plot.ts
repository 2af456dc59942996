import type { PlotOutput } from '../protocol.ts';
import { h, s } from './dom.ts';
import { formatValue } from './format.ts';
import { alongDomain } from './plot-color.ts';
import { finish } from './plot-finish.ts';
import { rampLegend, swatchLegend } from './plot-legend.ts';
import * as Plot from './plot-library.ts';
import { DODGED, isEmpty, marksOf, withGaps } from './plot-marks.ts';
import type { DrawOptions, Layout, Margins, Options, Scales } from './plot-options.ts';
import { allowed, dress, dressThumb, firstMargins, MOST_LABEL, THUMB, WIDTH } from './plot-options.ts';
import type { FrameOf } from './plot-text.ts';
import { dodge, loweredBy, overlaps, textBoxes } from './plot-text.ts';
import { labelLogTicks } from './plot-ticks.ts';
import { scaleWords } from './scales.ts';

const SCALES = ['x', 'y', 'fx', 'fy', 'color', 'r', 'opacity', 'length', 'symbol'] as const;

type Drawn = ReturnType<typeof Plot.plot>;

function draw(output: PlotOutput, options: Options, document: Document, thumb = false): Drawn {
  return Plot.plot({
    ...options,
    document,
    figure: false,
    className: 'plot',
    marks: marksOf(output, thumb, options.opacity),
  } as Plot.PlotOptions);
}

// Nor the turning round of colours: it is asked for again when they are drawn, and twice were none.
function withoutLegends(options: Options): Options {
  const color = options.color && {
    ...options.color,
    scheme: undefined,
    legend: undefined,
    reverse: undefined,
  };
  return { ...options, color };
}

/** What Plot makes of the data: type, domain and label of every scale. */
export function learnScales(output: PlotOutput, document: Document): Scales {
  const drawn = draw(output, withoutLegends(allowed(output.options)), document);
  const found = SCALES.map((name) => [name, drawn.scale(name)] as const);
  return Object.fromEntries(found.filter(([, scale]) => scale)) as Scales;
}

// Scales the author left open take type and domain of the layout.
function withLayout(options: Options, layout: Layout | undefined): Options {
  if (!layout) return options;
  const fixed = Object.entries(layout.scales).map(([name, scale]) => [
    name,
    options[name] === null ? null : { ...scale, ...options[name] },
  ]);
  return { ...options, ...Object.fromEntries(fixed) };
}

// Text further outside stands at a value that the axis leaves out: no margin would be wide enough for it.
const FAR = 100;

function spill(svg: Element, width: number, height: number): Margins {
  const boxes = textBoxes(svg);
  const over = (values: number[]) => Math.max(0, ...values);
  const reach = (values: number[]) => over(values.filter((value) => value <= FAR));
  const upon = overlaps(boxes, height);
  const sideways = boxes.filter(({ axisLabel }) => !axisLabel);
  const still = boxes.filter(({ element }) => !element.closest(`.${DODGED}`));
  return {
    marginTop: Math.max(upon.top, reach(still.map(({ top }) => 1 - top))),
    marginRight: over(sideways.map(({ right }) => right + 2 - width)),
    marginBottom: Math.max(upon.bottom, reach(still.map(({ bottom }) => bottom + 1 - height))),
    marginLeft: over(sideways.map(({ left }) => 2 - left)),
  };
}

function widened(margins: Margins, by: Margins, width: number): Margins {
  const most = width * MOST_LABEL;
  return {
    marginTop: Math.ceil(margins.marginTop + by.marginTop),
    marginRight: Math.min(most, Math.ceil(margins.marginRight + by.marginRight)),
    marginBottom: Math.ceil(margins.marginBottom + by.marginBottom),
    marginLeft: Math.min(most, Math.ceil(margins.marginLeft + by.marginLeft)),
  };
}

interface Fitted {
  svg: Drawn;
  options: Options;
  margins: Margins;
}

const TRIES = 4;

// Draw, measure what is cut off, make room, draw again: labels of ticks and at the ends of lines alike.
function fitInto(
  output: PlotOutput,
  options: Options,
  scales: Scales,
  width: number,
  document: Document,
  fixed?: Margins,
): Fitted {
  let margins = fixed ?? firstMargins(options, scales, width);
  for (let tries = 1; ; tries++) {
    const dressed = dress(output, options, scales, width, margins);
    const svg = draw(output, dressed, document);
    writeLogTicks(svg, dressed, scales);
    const by = spill(svg, width, Number(svg.getAttribute('height')));
    if (fixed || tries === TRIES || Object.values(by).every((cut) => cut < 0.5))
      return { svg, options: dressed, margins };
    margins = widened(margins, by, width);
  }
}

// The frame of the whole drawing, or of the label's own row of facets: Plot lowers a row as a group.
function frameOf({ svg, margins }: Fitted): FrameOf {
  const { marginTop: top, marginBottom } = margins;
  const row = svg.scale('fy') && svg.scale('y')?.range;
  if (!row) return () => ({ top, bottom: Number(svg.getAttribute('height')) - marginBottom });
  return (label) => {
    const by = loweredBy(label.closest(`.${DODGED}`));
    return { top: Math.min(...row) + by, bottom: Math.max(...row) + by };
  };
}

function writeLogTicks(svg: Element, options: Options, scales: Scales): void {
  for (const axis of ['x', 'y'] as const) {
    const own = options[axis];
    const isOurs = own?.tickFormat === undefined || own.tickFormat === 'd';
    const ours = scales[axis]?.type === 'log' && isOurs && Array.isArray(own?.ticks);
    if (ours) labelLogTicks(svg, axis, own.ticks);
  }
}

function legendsOf(options: Options, asked: Options, svg: Drawn, document: Document): Element[] {
  const scale = svg.scale('color') as Options | undefined;
  if (!scale || !wantsLegend(asked, scale)) return [];
  if (!scale.interpolate)
    return [swatchLegend(document, scale.domain.map(formatValue), (name) => swatchColour(scale, name))];
  const domain: [number, number] = [scale.domain[0], scale.domain.at(-1)];
  return [rampLegend(document, domain, alongDomain(scale), options.color.label)];
}

const swatchColour = (scale: Options, name: string) =>
  scale.apply(scale.domain.find((value: unknown) => formatValue(value) === name));

// A field of colours cannot be read without its scale; series can, by the labels at their lines.
const wantsLegend = (asked: Options, scale: Options) =>
  asked.color?.legend ?? (Boolean(scale.interpolate) && scale.type !== 'identity');

function empty(document: Document, width: number, height: number): Element {
  const words = s(document, 'text', { x: width / 2, y: height / 2, class: 'empty' }, 'no data yet');
  return s(
    document,
    'svg',
    { class: 'plot', viewBox: `0 0 ${width} ${height}`, width, height, 'text-anchor': 'middle' },
    words,
  );
}

function drawThumb(output: PlotOutput, options: Options, scales: Scales, document: Document): Element {
  const svg = draw(output, dressThumb(output, options, scales), document, true);
  finish(svg);
  return svg;
}

function drawFull(
  output: PlotOutput,
  options: Options,
  scales: Scales,
  width: number,
  document: Document,
  fixed?: Margins,
): Element[] {
  const fitted = fitInto(output, options, scales, width, document, fixed);
  const legends = legendsOf(fitted.options, options, fitted.svg, document);
  dodge(fitted.svg, `.${DODGED}`, frameOf(fitted));
  finish(fitted.svg);
  fitted.svg.setAttribute('data-scales', scaleWords(fitted.svg, fitted.margins));
  return [...legends, fitted.svg];
}

/** The margins a plot comes to rest with, for frames that have to share them. */
export function marginsOf(
  output: PlotOutput,
  document: Document,
  { width = WIDTH, layout }: DrawOptions,
): Margins {
  const plain = withGaps(output);
  const options = withLayout(allowed(plain.options), layout);
  return fitInto(plain, options, learnScales({ ...plain, options }, document), width, document).margins;
}

/** A plot as SVG with its legends, drawn by Observable Plot itself; a thumbnail is drawn for its size. */
export function drawPlot(output: PlotOutput, document: Document, drawing: DrawOptions = {}): Element {
  const { width = WIDTH, thumb, layout } = drawing;
  const plain = withGaps(output);
  const box = h(document, 'div', { class: 'drawing' });
  const [w, tall] = thumb ? [THUMB.width, THUMB.height] : [width, Math.round(width * 0.58)];
  if (isEmpty(plain)) {
    box.append(empty(document, w, tall));
    return box;
  }
  const options = withLayout(allowed(plain.options), layout);
  const scales = learnScales({ ...plain, options }, document);
  if (thumb) box.append(drawThumb(plain, options, scales, document));
  else box.append(...drawFull(plain, options, scales, width, document, layout?.margins));
  return box;
}
