import { formatNumber } from '../../render/format.ts';

/** How two measurements differ, in words: "the same", "+0.4 %". */
export function differenceOf(there: number | null, here: number | null | undefined): string {
  if (here === undefined) return '';
  if (there === null || here === null) return there === here ? 'the same' : 'not comparable';
  const apart = here - there;
  // A link carries nine digits, and a tensor seven.
  if (Math.abs(apart) <= 1e-7 * Math.max(Math.abs(there), Math.abs(here))) return 'the same';
  if (there === 0) return signed(apart);
  const percent = (100 * apart) / Math.abs(there);
  return Math.abs(percent) < 1000 ? `${signed(percent, 2)} %` : signed(apart);
}

const signed = (value: number, digits = 3) => `${value > 0 ? '+' : ''}${formatNumber(value, digits)}`;
