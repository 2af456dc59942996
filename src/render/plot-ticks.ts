import { formatNumber, withMinus } from './format.ts';
import { textWidth, wrapText } from './measure.ts';

type Options = Record<string, any>;

const power = (base: number, exponent: number) => Number((base ** exponent).toPrecision(12));

/** Powers of the base inside a logarithmic domain, about `count` of them; 1, 2, 5 where there are too few. */
export function logTicks([a, b]: [number, number], count: number, base = 10): number[] {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  const [from, to] = [low, high].map((value) => Math.log(value) / Math.log(base));
  const first = Math.ceil(from - 1e-9);
  const last = Math.floor(to + 1e-9);
  if (base === 10 && last - first < 2) return oneTwoFive(low, high);
  const stride = Math.max(1, Math.ceil((last - first + 1) / count));
  const ticks: number[] = [];
  for (let i = first; i <= last; i += stride) ticks.push(power(base, i));
  return ticks;
}

function oneTwoFive(low: number, high: number): number[] {
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  const all = Array.from({ length: to - from + 1 }, (_, i) =>
    [1, 2, 5].map((n) => n * power(10, from + i)),
  ).flat();
  return all.map((tick) => Number(tick.toPrecision(12))).filter((tick) => tick >= low && tick <= high);
}

/** Zero and powers of ten inside a symmetric logarithmic domain, as many as stand `spacing` apart in `room`. */
export function symlogTicks(
  [a, b]: [number, number],
  constant: number,
  room: number,
  spacing: number,
): number[] {
  const place = (value: number) => Math.sign(value) * Math.log1p(Math.abs(value) / constant);
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  const scale = room / (place(high) - place(low) || 1);
  const ticks = low <= 0 && high >= 0 ? [0] : [];
  for (const [sign, end] of [
    [1, high],
    [-1, -low],
  ])
    for (let power = Math.floor(Math.log10(constant)); 10 ** power <= end * (1 + 1e-9); power++) {
      const tick = Number((sign * 10 ** power).toPrecision(12));
      const clear = ticks.every((other) => Math.abs(place(tick) - place(other)) * scale >= spacing);
      if (tick >= low && tick <= high && clear) ticks.push(tick);
    }
  return ticks.sort((x, y) => x - y);
}

// Every k-th value of a long band scale, so that labels stand apart.
function thinned(domain: unknown[], room: number): unknown[] {
  const widest = Math.max(...domain.map((value) => textWidth(String(value)))) + 6;
  const stride = Math.ceil((domain.length * widest) / room);
  return domain.filter((_, i) => i % stride === 0);
}

function bandTicks(scale: Options, room: number): Options {
  const { domain } = scale;
  const widest = Math.max(0, ...domain.map((value: unknown) => textWidth(String(value))));
  if (widest + 6 <= room / domain.length) return {};
  // Numbers can be left out, names cannot: they lean.
  return domain.every((value: unknown) => typeof value === 'number')
    ? { ticks: thinned(domain, room) }
    : { tickRotate: -35 };
}

// As many decimals as write the value out; where it does not end (1/3), as many as a drawing can show.
function decimalsOf(value: number, span: number): number {
  const order = Math.floor(Math.log10(span));
  const most = Math.min(20, Math.max(0, 6 - order));
  for (let decimals = 0; decimals <= most; decimals++)
    if (Math.abs(Number(value.toFixed(decimals)) - value) < span * 1e-9) return decimals;
  return Math.min(20, Math.max(0, 3 - order));
}

function written(value: number, decimals: number): string {
  // Without the sign that a rounded zero would keep.
  const round = Number(value.toFixed(decimals)) || 0;
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return withMinus(round.toLocaleString('en-US', digits));
}

// What the author's ticks are, or are multiples of.
function givenTicks({ ticks, interval }: Options): number[] {
  const given = Array.isArray(ticks) ? ticks : typeof interval === 'number' ? [interval] : [];
  // Plot reads a negative interval as one over it.
  const steps = given === ticks ? given : given.map((step) => (step < 0 ? -1 / step : step));
  return steps.every(Number.isFinite) ? steps : [];
}

const NUMERIC = ['linear', 'pow', 'sqrt', 'symlog'];

/**
 * The labels of ticks that the author placed. d3 writes them as finely as ticks of its own choice would need,
 * so that 0.25 became 0.3: here all have the decimals that the finest of them needs, and no more.
 */
export function givenTickOptions(own: Options, scale: Options | undefined): Options {
  const ticks = givenTicks(own);
  const isOurs = own.tickFormat === undefined || own.tickFormat === '%';
  if (!isOurs || !ticks.length || !NUMERIC.includes(scale?.type)) return {};
  const [times, unit] = own.tickFormat === '%' ? [100, '%'] : [1, ''];
  const ends: number[] = [...scale!.domain, ...ticks];
  const span = times * (Math.max(...ends) - Math.min(...ends) || Math.abs(ends[0]) || 1);
  const decimals = Math.max(...ticks.map((tick) => decimalsOf(times * tick, span)));
  const [low, high] = [Math.min(...scale!.domain), Math.max(...scale!.domain)];
  const slack = 1e-9 * (high - low);
  return {
    tickFormat: (value: number) => written(times * value, decimals) + unit,
    // Plot draws what lies beyond the domain too, outside the frame.
    ...(Array.isArray(own.ticks)
      ? { ticks: ticks.filter((tick) => tick >= low - slack && tick <= high + slack) }
      : {}),
  };
}

/** Whether a scale gives each value a place of its own, instead of measuring them. */
export const isBand = (scale: Options | undefined) => scale?.type === 'band' || scale?.type === 'point';

/** Tick options of one axis, where the author gave none. `room` is its length in the drawing. */
export function tickOptions(axis: 'x' | 'y', scale: Options | undefined, room: number): Options {
  const spacing = axis === 'x' ? 66 : 42;
  if (!scale) return {};
  if (scale.type === 'log')
    return { ticks: logTicks(scale.domain, Math.max(2, Math.floor(room / spacing)), scale.base) };
  if (scale.type === 'symlog')
    return { ticks: symlogTicks(scale.domain, scale.constant ?? 1, room, spacing) };
  if (!isBand(scale)) return { tickSpacing: spacing };
  if (axis === 'x') return bandTicks(scale, room);
  const dense = room / scale.domain.length < 15 ? { ticks: everyKth(scale.domain, room) } : {};
  return { ...dense, ...wrappedNames(scale.domain) };
}

const LONGEST = 150;

function wrappedNames(domain: unknown[]): Options {
  if (!domain.some((value) => textWidth(String(value)) > LONGEST)) return {};
  return { tickFormat: (value: unknown) => wrapText(String(value), LONGEST) };
}

const everyKth = (domain: unknown[], room: number) => {
  const stride = Math.ceil((domain.length * 15) / room);
  return domain.filter((_, i) => i % stride === 0);
};

// Three digits, or as many more as a tick needs to be written out.
function digitsOf(tick: number): number {
  for (let digits = 3; digits <= 6; digits++)
    if (Math.abs(Number(tick.toPrecision(digits)) / tick - 1) < 1e-9) return digits;
  return 3;
}

/**
 * d3 leaves labels of a logarithmic axis blank that do not start with a 1, and writes the others with SI
 * prefixes ("1m"): write them as the rest of the site does.
 */
export function labelLogTicks(svg: Element, axis: 'x' | 'y', ticks: number[]): void {
  for (const group of svg.querySelectorAll(`[aria-label="${axis}-axis tick label"]`)) {
    group.querySelectorAll('text').forEach((text, i) => {
      const tick = ticks[i % ticks.length];
      text.textContent = formatNumber(tick, digitsOf(tick));
    });
  }
}
