import type { PlotOutput, ScrubOutput } from '../protocol.ts';
import { learnScales, marginsOf } from './plot.ts';
import { isEmpty, withGaps } from './plot-marks.ts';
import type { Layout, Margins, Options, Scales } from './plot-options.ts';

type Frame = ScrubOutput['frames'][number]['output'];

const isPlot = (output: Frame): output is PlotOutput => output.kind === 'plot';

const isNumeric = (scale: Options) =>
  typeof scale.domain[0] === 'number' && !['band', 'point', 'ordinal'].includes(scale.type);

// The direction of the first frame's domain is the author's ("reverse"), its extent is everyone's.
function union(name: string, scales: Options[]): Options {
  const [first] = scales;
  const common = { type: first.type, label: first.label, ...(first.base && { base: first.base }) };
  if (!isNumeric(first)) return { ...common, domain: [...new Set(scales.flatMap(({ domain }) => domain))] };
  const values = scales.flatMap(({ domain }) => domain as number[]);
  const domain = [Math.min(...values), Math.max(...values)];
  if (first.domain[0] > first.domain.at(-1)) domain.reverse();
  return name === 'color' && first.type === 'identity' ? {} : { ...common, domain };
}

function common(learnt: Scales[]): Layout['scales'] {
  const names = [...new Set(learnt.flatMap((scales) => Object.keys(scales)))].filter(
    (name) => name !== 'symbol',
  );
  const entries = names.map(
    (name) => [name, learnt.map((scales) => scales[name]).filter((scale) => scale?.domain)] as const,
  );
  return Object.fromEntries(
    entries.filter(([, scales]) => scales.length).map(([name, scales]) => [name, union(name, scales)]),
  );
}

function widest(margins: Margins[]): Margins {
  const most = (side: keyof Margins) => Math.max(...margins.map((margin) => margin[side]));
  return {
    marginTop: most('marginTop'),
    marginRight: most('marginRight'),
    marginBottom: most('marginBottom'),
    marginLeft: most('marginLeft'),
  };
}

// With common scales the ticks are the same in every frame; only labels at lines still move, and three
// frames stand for them.
function sample<T>(frames: T[]): T[] {
  return [...new Set([frames[0], frames[Math.floor(frames.length / 2)], frames.at(-1)!])];
}

const known = new WeakMap<ScrubOutput, Map<string, Layout | undefined>>();

function measure(output: ScrubOutput, document: Document, width?: number): Layout | undefined {
  const plots = output.frames
    .map(({ output: frame }) => frame)
    .filter(isPlot)
    .map(withGaps)
    .filter((frame) => !isEmpty(frame));
  if (!plots.length) return undefined;
  const scales = common(plots.map((frame) => learnScales(frame, document)));
  const layout: Layout = { scales };
  return {
    scales,
    margins: widest(sample(plots).map((frame) => marginsOf(frame, document, { width, layout }))),
  };
}

/** Scales and margins that all frames of a scrub share; measured once for each output and width. */
export function layoutOf(output: ScrubOutput, document: Document, width?: number): Layout | undefined {
  const byWidth = known.get(output) ?? new Map<string, Layout | undefined>();
  known.set(output, byWidth);
  const key = String(width);
  if (!byWidth.has(key)) byWidth.set(key, measure(output, document, width));
  return byWidth.get(key);
}
