/**
 * The scales of a drawn plot in words short enough for an attribute, so that a page can tell where a value lies
 * without Plot: `x log 1 1000 40 380`, `y band 52.5 24 a,b`, one after another with semicolons.
 */
import type { Options } from './plot-options.ts';

interface Drawn {
  scale(name: string): any;
}

const short = (value: number) => String(Number(value.toPrecision(7)));

function words(name: string, scale: Options, shift: number): string | undefined {
  const { type, domain, range } = scale;
  if (type === 'band' || type === 'point') {
    // Facets begin at their edge; what stands in a band stands in its middle.
    const middle = name.startsWith('f') ? 0 : (scale.bandwidth ?? 0) / 2;
    const first = scale.apply(domain[0]) + middle - shift;
    const step = domain.length > 1 ? scale.apply(domain[1]) - scale.apply(domain[0]) : 0;
    return `${name} band ${short(first)} ${short(step)} ${domain.map((v: unknown) => encodeURIComponent(String(v))).join(',')}`;
  }
  const known = ['linear', 'log', 'pow', 'symlog'].includes(type);
  if (!known || domain.length !== 2 || ![...domain, ...range].every(Number.isFinite)) return undefined;
  const extra = type === 'pow' ? scale.exponent : type === 'symlog' ? scale.constant : undefined;
  const factor = scale.percent ? 100 : 1;
  const ends = [domain[0] / factor, domain[1] / factor, range[0], range[1]].map(short);
  return [name, type, ...ends, ...(extra === undefined ? [] : [short(extra)])].join(' ');
}

/** The positional scales of a drawing; `margins` are what its facets are counted from. */
export function scaleWords(drawn: Drawn, margins: { marginLeft: number; marginTop: number }): string {
  const shifts: Record<string, number> = { x: 0, y: 0, fx: margins.marginLeft, fy: margins.marginTop };
  const said = Object.entries(shifts).map(([name, shift]) => {
    const scale = drawn.scale(name);
    return scale ? words(name, scale, shift) : undefined;
  });
  return said.filter((part) => part !== undefined).join(';');
}

type Place = (value: unknown) => number | undefined;

const forms: Record<string, (value: number, extra: number) => number> = {
  linear: (value) => value,
  log: (value) => Math.log(value),
  pow: (value, exponent) => Math.sign(value) * Math.abs(value) ** exponent,
  symlog: (value, constant) => Math.sign(value) * Math.log1p(Math.abs(value / constant)),
};

function band(first: number, step: number, names: string[]): Place {
  return (value) => {
    const at = names.indexOf(String(value));
    return at < 0 ? undefined : first + at * step;
  };
}

function continuous(type: string, [d0, d1, r0, r1, extra = 1]: number[]): Place {
  const form = forms[type];
  const [from, to] = [form(d0, extra), form(d1, extra)];
  return (value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
    const at = r0 + ((form(value, extra) - from) / (to - from)) * (r1 - r0);
    return Number.isFinite(at) ? at : undefined;
  };
}

/** What `scaleWords` said, as functions from a value to a place in the drawing. */
export function readScales(text: string): Record<string, Place> {
  const entries = text
    .split(';')
    .filter(Boolean)
    .map((part): [string, Place] => {
      const [name, type, ...rest] = part.split(' ');
      if (type !== 'band') return [name, continuous(type, rest.map(Number))];
      return [
        name,
        band(Number(rest[0]), Number(rest[1]), (rest[2] ?? '').split(',').map(decodeURIComponent)),
      ];
    });
  return Object.fromEntries(entries);
}

/** Where a point lies in the drawing, in the units of its viewBox; undefined where it has no place. */
export function placeOf(
  scales: Record<string, Place>,
  at: { x?: unknown; y?: unknown; fx?: unknown; fy?: unknown },
): { x: number; y: number } | undefined {
  const [x, y] = [scales.x?.(at.x), scales.y?.(at.y)];
  const dx = at.fx === undefined ? 0 : (scales.fx?.(at.fx) ?? 0);
  const dy = at.fy === undefined ? 0 : (scales.fy?.(at.fy) ?? 0);
  if (x === undefined || y === undefined) return undefined;
  return { x: x + dx, y: y + dy };
}
