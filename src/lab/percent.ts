import type { MarkSpec } from '../protocol.ts';
import { LabError } from './host.ts';

type Options = { [name: string]: unknown };

const CHANNELS: Record<string, string[]> = {
  x: ['x', 'x1', 'x2'],
  y: ['y', 'y1', 'y2'],
  color: ['fill', 'stroke'],
};

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

// What a mark puts on a scale: a field of its records, a constant, or plain numbers (`ruleY([0.5])`).
function valuesOf({ mark, data, options }: MarkSpec, scale: string): number[] {
  const given = CHANNELS[scale].map((channel) => options[channel]);
  const fields = given.filter((field) => typeof field === 'string');
  const rows = (data ?? []) as unknown[];
  const ofRow = (row: unknown) =>
    typeof row === 'object' && row !== null ? fields.map((field) => (row as Options)[field]) : [];
  const plain = mark.endsWith(scale.toUpperCase()) ? rows : [];
  return [...given, ...plain, ...rows.flatMap(ofRow)].filter(isNumber);
}

const largest = (values: number[]) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

// Beyond this many times the domain it is no outlier: shares and percents have been taken for one another.
const FAR = 10;

/**
 * `percent` shows shares times 100, and the domain is then in percents, as with Plot itself. Taken for one
 * another, the drawing would lie a hundred times outside its frame.
 * @throws when the values lie far outside the domain
 */
export function mustFitPercent(options: Options, marks: MarkSpec[]): void {
  for (const scale of Object.keys(CHANNELS)) {
    const { percent, domain } = (options[scale] ?? {}) as Options;
    if (!percent || !Array.isArray(domain) || !domain.length || !domain.every(isNumber)) continue;
    const reach = 100 * largest(marks.flatMap((mark) => valuesOf(mark, scale)));
    if (reach <= FAR * largest(domain)) continue;
    throw new LabError(
      `${scale}: { percent: true, domain: [${domain.join(', ')}] }: the values times 100 reach ${Number(reach.toPrecision(3))}, far outside the domain`,
      'With percent, give the values as shares (0.5 is half) and the domain in percents, such as domain: [0, 100].',
    );
  }
}
