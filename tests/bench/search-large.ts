import type { Entry } from '../../src/build/search/entry.ts';

/**
 * A library of so many pages, made of the standing ones: each further copy has the same shapes of formulas and common
 * words, and words of its own in place of the rarer half, as a real library of that size would.
 */
export function largeLibrary(entries: Entry[], count: number): Entry[] {
  const frequency = new Map<string, number>();
  for (const { terms } of entries)
    for (const term of terms.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  return Array.from({ length: count }, (_, page) => {
    const copy = Math.floor(page / entries.length);
    const entry = entries[page % entries.length];
    return copy === 0 ? entry : other(entry, copy, frequency);
  });
}

function other(entry: Entry, copy: number, frequency: Map<string, number>): Entry {
  const rename = (term: string) =>
    (frequency.get(term) ?? 0) > 2 || hash(`${term}${copy}`) % 3 === 0
      ? term
      : `${term.slice(0, 4)}${syllables(copy, term)}`;
  const terms = new Map([...entry.terms].map(([term, place]) => [rename(term), place]));
  const { record } = entry;
  return {
    ...entry,
    terms,
    record: { ...record, url: `papers/copy-${copy}/${record.url}`, title: `${record.title} ${copy}` },
  };
}

function hash(text: string): number {
  let value = 7;
  for (let i = 0; i < text.length; i++) value = (value * 31 + text.charCodeAt(i)) % 1_000_003;
  return value;
}

/** The end of a word that no other copy has. */
const syllables = (copy: number, term: string): string =>
  [...`${hash(term) % 97}${copy}`]
    .map((digit) => 'nalerimotu'[Number(digit)] + 'aeiou'[Number(digit) % 5])
    .join('');
