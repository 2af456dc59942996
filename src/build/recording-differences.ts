import type { CheckResult, Shown } from '../protocol.ts';

interface Outputs {
  shown: Shown[];
  checks: CheckResult[];
}

/**
 * Where two runs differ by more than `tolerance`, relative to the larger value or to 1e-6: paths with both values.
 * Words must be equal; times are no part of outputs.
 */
export function differences(expected: Outputs, found: Outputs, tolerance = 1e-4): string[] {
  return [
    ...compare('shown', byId(expected.shown), byId(found.shown), tolerance),
    ...compare('checks', byId(expected.checks), byId(found.checks), tolerance),
  ].slice(0, 12);
}

const byId = <T extends { id: string }>(list: T[]) => Object.fromEntries(list.map((item) => [item.id, item]));

function compare(path: string, a: unknown, b: unknown, tolerance: number): string[] {
  if (typeof a === 'number' && typeof b === 'number')
    return isNear(a, b, tolerance) ? [] : [`${path}: ${a} expected, ${b} found`];
  if (path.endsWith('.pixels')) return comparePixels(path, a as string, b as string);
  if (a && b && typeof a === 'object' && typeof b === 'object') {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].flatMap((key) =>
      compare(`${path}.${key}`, (a as never)[key], (b as never)[key], tolerance),
    );
  }
  // JSON drops undefined and turns what is not finite into null.
  return (a ?? null) === (b ?? null) || (JSON.stringify(b) === 'null' && a == null)
    ? []
    : [`${path}: ${JSON.stringify(a)} expected, ${JSON.stringify(b)} found`];
}

const isNear = (a: number, b: number, tolerance: number) =>
  Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b), 1e-6);

/** Bytes of pictures may differ by two from rounding. */
function comparePixels(path: string, a: string, b: string): string[] {
  const [x, y] = [a, b].map((text) => Buffer.from(text ?? '', 'base64'));
  const worst =
    x.length === y.length ? x.reduce((most, byte, i) => Math.max(most, Math.abs(byte - y[i])), 0) : 256;
  return worst <= 2 ? [] : [`${path}: bytes differ by up to ${worst}`];
}
