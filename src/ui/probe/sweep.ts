/** What a sweep runs, and what becomes of its answers; knows neither page nor kernel. */
import type {
  CheckResult,
  ControlSpec,
  ControlValue,
  MarkSpec,
  PlotOutput,
  Row,
  Settings,
} from '../../protocol.ts';
import { edgesOf } from '../../render/check-scale.ts';
import { csvOf } from '../../render/csv.ts';
import type { Answer, Job } from './kernel.ts';

/** One measurement: the swept values, the seed, what the check measured there. */
export interface Point {
  x: ControlValue;
  y?: ControlValue;
  seed: number;
  measured: number | null;
  holds: boolean;
  error?: string;
}

export interface Sweep {
  check: CheckResult;
  x: ControlSpec;
  xs: ControlValue[];
  y?: ControlSpec;
  ys?: ControlValue[];
  seeds: number[];
  /** What the other controls are set to. */
  at: Settings;
}

/** Controls that a sweep can go over: all but fields of free text and the seed, which is swept anyway. */
export const sweepable = (controls: ControlSpec[]): ControlSpec[] =>
  controls.filter(({ kind }) => ['slider', 'select', 'variant', 'toggle'].includes(kind));

const snap = (value: number, { min = 0, step }: ControlSpec): number =>
  step
    ? Number((min + Math.round((value - min) / step) * step).toPrecision(12))
    : Number(value.toPrecision(3));

/** The values a sweep gives a control: all that there are, or `count` over a slider's range, evenly on its scale, the default among them. */
export function valuesOf(control: ControlSpec, count: number): ControlValue[] {
  if (control.kind === 'toggle') return [false, true];
  if (control.options) return [...control.options];
  const { min = 0, max = 1, scale } = control;
  const log = scale === 'log' && min > 0;
  const at = (share: number) => (log ? min * (max / min) ** share : min + (max - min) * share);
  const even = Array.from({ length: count }, (_, i) => at(count > 1 ? i / (count - 1) : 0.5));
  const within = even.map((value) => Math.min(max, Math.max(min, snap(value, control))));
  return [...new Set([...within, Number(control.value)])].sort((a, b) => a - b);
}

/** The runs of a sweep: a seed's together, so that a kernel keeps what the swept controls do not touch. */
export function jobsOf({
  check,
  x,
  xs,
  y,
  ys,
  seeds,
  at,
}: Sweep): { job: Job; x: ControlValue; y?: ControlValue; seed: number }[] {
  return seeds.flatMap((seed) =>
    (y && ys ? ys : [undefined]).flatMap((second) =>
      xs.map((first) => {
        const settings: Settings = { ...at, seed, [x.key]: first };
        if (y && second !== undefined) settings[y.key] = second;
        return { job: { settings, only: check.cell }, x: first, y: second, seed };
      }),
    ),
  );
}

/** A run's measurement of the check. */
export function pointOf(
  { check }: Pick<Sweep, 'check'>,
  place: { x: ControlValue; y?: ControlValue; seed: number },
  { checks, error }: Answer,
): Point {
  const found = checks.find(({ id }) => id === check.id);
  const { x, y, seed } = place;
  return { x, y, seed, measured: found?.measured ?? null, holds: found?.holds ?? false, error };
}

const word = (value: ControlValue): string | number =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : (value as string | number);

const middle = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2;
};

/** Spread over more than a decade and a half, and above zero throughout. */
const isLog = (values: number[]): boolean =>
  values.every((value) => value > 0) && Math.max(...values) / Math.min(...values) > 30;

const measuredOf = (points: Point[]): number[] =>
  points.flatMap(({ measured }) => (measured !== null && Number.isFinite(measured) ? [measured] : []));

/** The quantity against one control: the middle of the seeds with a band from least to largest, the bound, the default. */
export function lineFigure(sweep: Sweep, points: Point[]): PlotOutput {
  const { check, x, xs } = sweep;
  const numeric = x.kind === 'slider';
  const rows = xs.flatMap((value): Row[] => {
    const here = measuredOf(points.filter((point) => point.x === value));
    if (here.length === 0) return [];
    return [{ x: word(value), low: Math.min(...here), middle: middle(here), high: Math.max(...here) }];
  });
  const dots = points.flatMap((point): Row[] =>
    point.measured === null
      ? []
      : [{ x: word(point.x), measured: point.measured, verdict: point.holds ? 'holds' : 'fails' }],
  );
  const all = [...measuredOf(points), ...edgesOf(check.bound)];
  const failing = dots.filter((row) => row.verdict === 'fails');
  const holding = dots.filter((row) => row.verdict === 'holds');
  const dot = (data: Row[], stroke: string): MarkSpec => ({
    mark: 'dot',
    data,
    options: { x: 'x', y: 'measured', stroke, r: 2.5, strokeWidth: 1.2 },
  });
  const marks: MarkSpec[] = [
    {
      mark: 'ruleY',
      data: edgesOf(check.bound),
      options: { stroke: 'var(--ink)', strokeDasharray: '4 3' },
    },
    {
      mark: 'ruleX',
      data: [word(x.value) as number],
      options: { stroke: 'var(--muted)', strokeOpacity: 0.5 },
    },
  ];
  if (numeric)
    marks.push(
      {
        mark: 'areaY',
        data: rows,
        options: { x: 'x', y1: 'low', y2: 'high', fill: 'var(--mechanism)', fillOpacity: 0.14 },
      },
      { mark: 'line', data: rows, options: { x: 'x', y: 'middle', stroke: 'var(--mechanism)' } },
    );
  else
    marks.push({
      mark: 'ruleX',
      data: rows,
      options: { x: 'x', y1: 'low', y2: 'high', stroke: 'var(--mechanism)', strokeOpacity: 0.4 },
    });
  marks.push(dot(holding, 'var(--mechanism)'), dot(failing, 'var(--broken)'));
  const label = x.label || x.key;
  return {
    kind: 'plot',
    title: `${check.claim}, against ${label}`,
    options: {
      x: numeric
        ? { label, ...(x.scale === 'log' ? { type: 'log' } : {}) }
        : { label, type: 'point', domain: xs.map(word) },
      y: { label: 'measured', ...(isLog(all) ? { type: 'log' } : {}) },
    },
    marks,
  };
}

/** Two controls: a cell for each pair, its ink the measured middle, a cross where the check fails. */
export function mapFigure(sweep: Sweep, points: Point[]): PlotOutput {
  const { check, x, xs, y, ys = [] } = sweep;
  const cells = xs.flatMap((first) =>
    ys.flatMap((second): Row[] => {
      const here = points.filter((point) => point.x === first && point.y === second);
      const found = measuredOf(here);
      if (here.length === 0) return [];
      const fails = here.filter((point) => !point.holds).length;
      const sign = fails === 0 ? '' : fails === here.length ? '×' : '÷';
      return [{ x: word(first), y: word(second), measured: found.length ? middle(found) : null, sign }];
    }),
  );
  const values = cells.flatMap((cell) => (typeof cell.measured === 'number' ? [cell.measured] : []));
  return {
    kind: 'plot',
    title: `${check.claim}: × where it fails`,
    options: {
      x: { label: x.label || x.key, type: 'band', domain: xs.map(word) },
      y: { label: y!.label || y!.key, type: 'band', domain: ys.map(word), reverse: y!.kind === 'slider' },
      color: { label: 'measured', legend: true, ...(isLog(values) ? { type: 'log' } : {}) },
    },
    marks: [
      { mark: 'cell', data: cells, options: { x: 'x', y: 'y', fill: 'measured', inset: 0.5 } },
      {
        mark: 'text',
        data: cells.filter((cell) => cell.sign),
        options: { x: 'x', y: 'y', text: 'sign', fontSize: 15 },
      },
    ],
  };
}

export const sweepFigure = (sweep: Sweep, points: Point[]): PlotOutput =>
  sweep.y ? mapFigure(sweep, points) : lineFigure(sweep, points);

/** The check over seeds: a dot for each, stacked where they lie together, against the bound. */
export function cloudFigure(check: CheckResult, points: Point[]): PlotOutput {
  const all = [...measuredOf(points), ...edgesOf(check.bound)];
  const log = isLog(all);
  const scale = (value: number) => (log ? Math.log10(value) : value);
  const [low, high] = [Math.min(...all.map(scale)), Math.max(...all.map(scale))];
  const columns = new Map<number, number>();
  const rows = [...points]
    .filter((point) => point.measured !== null)
    .sort((a, b) => a.measured! - b.measured!)
    .map((point): Row => {
      const column = high > low ? Math.round(((scale(point.measured!) - low) / (high - low)) * 56) : 0;
      const level = (columns.get(column) ?? 0) + 1;
      columns.set(column, level);
      return { measured: point.measured!, level, seed: point.seed, ink: point.holds ? 'holds' : 'fails' };
    });
  const dots = (ink: string, stroke: string): MarkSpec => ({
    mark: 'dot',
    data: rows.filter((row) => row.ink === ink),
    options: { x: 'measured', y: 'level', fill: stroke, r: 3.5 },
  });
  return {
    kind: 'plot',
    title: `${check.claim}, on ${points.length} seeds`,
    options: {
      height: 150,
      x: { label: 'measured', ...(log ? { type: 'log' } : {}) },
      y: { axis: null, domain: [0, Math.max(4, ...columns.values()) + 1] },
    },
    marks: [
      {
        mark: 'ruleX',
        data: edgesOf(check.bound),
        options: { stroke: 'var(--ink)', strokeDasharray: '4 3' },
      },
      dots('holds', 'var(--mechanism)'),
      dots('fails', 'var(--broken)'),
    ],
  };
}

/** Every measurement as CSV, one line each. */
export function csvOfPoints(
  { check, x, y }: Pick<Sweep, 'check' | 'y'> & { x?: ControlSpec },
  points: Point[],
): string {
  const rows = points.map(
    (point): Row => ({
      ...(x ? { [x.key]: point.x } : {}),
      ...(y ? { [y.key]: point.y ?? null } : {}),
      seed: point.seed,
      [check.claim]: point.measured,
      holds: point.holds,
    }),
  );
  return csvOf({ kind: 'table', rows });
}
