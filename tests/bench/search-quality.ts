import type { Entry } from '../../src/build/search/entry.ts';
import { type Index, indexOf } from '../../src/build/search/parts.ts';
import { searchEntries } from '../../src/build/search/scripts.ts';
import { Engine } from '../../src/search/engine.ts';
import type { Parts } from '../../src/search/format.ts';

/** An index in memory, as the search box sees the one of the site; every part that is taken is told. */
export function partsOf(
  index: Index,
  entries: Entry[],
  told: (name: string, part: unknown) => void = () => {},
): Parts {
  const give = async <T>(name: string, part: T): Promise<T> => {
    told(name, part);
    return part;
  };
  return {
    core: () => give('core', index.core),
    terms: (i) => give(`terms-${i}`, index.terms[i]),
    shapes: (i) => give(`shapes-${i}`, index.shapes[i]),
    page: (i) => give(`page-${i}`, entries[i].record),
    formulas: (i) => give(`formulas-${i}`, entries[i].formulas),
  };
}

export interface Quality {
  /** Shares of the queries whose page stands first, and among the first three. */
  first: number;
  three: number;
  /** Queries whose page stands lower or nowhere, with what stood first. */
  missed: string[];
}

/** Asks every query of the whole library. */
export async function qualityOf(
  queries: [string, ...string[]][],
  engine = libraryEngine(),
): Promise<Quality> {
  const places: number[] = [];
  const missed: string[] = [];
  for (const [query, ...wanted] of queries) {
    const { results } = await engine.search(query);
    const pages = results.map(({ record }) => record.url.replace(/^papers\/|\/$/g, ''));
    const place = pages.findIndex((page) => wanted.includes(page));
    places.push(place);
    if (place < 0 || place > 2)
      missed.push(`${query}: wanted ${wanted[0]}, found ${pages.slice(0, 3).join(', ')}`);
  }
  const share = (most: number) => places.filter((place) => place >= 0 && place < most).length / places.length;
  return { first: share(1), three: share(3), missed };
}

/** The engine over the whole library, from its sources. */
export function libraryEngine(): Engine {
  const entries = searchEntries();
  return new Engine(partsOf(indexOf(entries), entries));
}
