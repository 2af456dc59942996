import { formatNumber } from './format.ts';
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

const isBand = (scale: Options) => scale.type === 'band' || scale.type === 'point';

/** Tick options of one axis, where the author gave none. `room` is its length in the drawing. */
export function tickOptions(axis: 'x' | 'y', scale: Options | undefined, room: number): Options {
  const spacing = axis === 'x' ? 66 : 42;
  if (!scale) return {};
  if (scale.type === 'log')
    return { ticks: logTicks(scale.domain, Math.max(2, Math.floor(room / spacing)), scale.base) };
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

/**
 * d3 leaves labels of a logarithmic axis blank that do not start with a 1, and writes the others with SI
 * prefixes ("1m"): write them as the rest of the site does.
 */
export function labelLogTicks(svg: Element, axis: 'x' | 'y', ticks: number[]): void {
  for (const group of svg.querySelectorAll(`[aria-label="${axis}-axis tick label"]`)) {
    group.querySelectorAll('text').forEach((text, i) => {
      text.textContent = formatNumber(ticks[i % ticks.length]);
    });
  }
}
