const MINUS = '−';

/** A number that JavaScript wrote, with the sign that is as wide as a plus. */
export const withMinus = (text: string): string => text.replace('-', MINUS);

function digitsOf(size: number, digits: number): string {
  if (Number.isInteger(size) && size < 1e7) return String(size);
  if (size >= 1e-3 && size < 1e5) return String(Number(size.toPrecision(digits)));
  const [mantissa, exponent] = size.toExponential(digits - 1).split('e');
  return `${Number(mantissa)}e${Number(exponent)}`;
}

/**
 * A number as every figure, check and table of the site writes it: `digits` significant digits, whole
 * numbers whole, `1e-5` where zeros would have to be counted. What is no number is said in words.
 */
export function formatNumber(value: number | null | undefined, digits = 3): string {
  if (value === Number.POSITIVE_INFINITY) return '∞';
  if (value === Number.NEGATIVE_INFINITY) return `${MINUS}∞`;
  if (value === null || value === undefined || Number.isNaN(value)) return 'not finite';
  const text = digitsOf(Math.abs(value), digits);
  return value < 0 ? MINUS + text : text;
}

/** A value of a record, in words. */
export function formatValue(value: unknown): string {
  if (typeof value === 'number') return formatNumber(value);
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

/** "a", "a and b", "a, b and c". */
export function inWords(parts: string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** "1 picture", "4 pictures". */
export const picturesInWords = (count: number) => (count === 1 ? '1 picture' : `${count} pictures`);
