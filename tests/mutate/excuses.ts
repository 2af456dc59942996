import { existsSync, readFileSync } from 'node:fs';
import type { Mutant } from './stryker.ts';

/** A damage that changes no number, and why. */
export interface Excuse {
  mutant: string;
  because: string;
}

/** What an excuse calls a mutant: its kind, both texts and the line they stand in, without its number, which moves. */
export const nameOf = ({ kind, original, replacement, words }: Mutant): string =>
  `${kind}: ${short(original)} → ${short(replacement)}, in: ${words}`;
const short = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The excuses of a paper. @throws when one has no reason. */
export function excusesOf(slug: string): Excuse[] {
  const file = `tests/mutate/${slug}.json`;
  if (!existsSync(file)) return [];
  const excuses = JSON.parse(readFileSync(file, 'utf8')) as Excuse[];
  for (const { mutant, because } of excuses)
    if (!because)
      throw new Error(`${file}: found no reason for "${mutant}", expected why it changes no number`);
  return excuses;
}
