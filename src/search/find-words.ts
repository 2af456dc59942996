import { type Core, fromSteps, type Parts, type Posting, type Terms, unpack } from './format.ts';
import type { Query } from './query.ts';
import { isNear } from './words.ts';

/** A page that holds words of the query. */
export interface WordHit {
  page: number;
  score: number;
  /** The share of the query that it holds, rare words counting more. */
  covers: number;
  /** Parts of the page where words stand, best first. */
  parts: number[];
}

/** How much a word counts that is not the one typed, but begins with it or differs by a letter. */
const likeness = { same: 1, begins: 0.8, near: 0.6 };
const mostEndings = 24;

/** Pages by the words they hold, best first. A page that holds all of them stands before every page that does not. */
export async function findWords(query: Query, core: Core, parts: Parts): Promise<WordHit[]> {
  const lookUp = new Lexicon(core, parts);
  const best = new Map<number, WordHit>();
  const found = await Promise.all(
    query.readings.map((reading, i) => ofReading(reading, query.open && i === 0, core, lookUp)),
  );
  for (const [i, hits] of found.entries())
    for (const hit of hits) {
      hit.score *= i === 0 ? 1 : 0.9;
      if ((best.get(hit.page)?.score ?? 0) < hit.score) best.set(hit.page, hit);
    }
  return [...best.values()].sort((a, b) => b.score - a.score || a.page - b.page);
}

async function ofReading(words: string[], open: boolean, core: Core, lexicon: Lexicon): Promise<WordHit[]> {
  const hits = new Map<number, WordHit & { places: Map<number, number> }>();
  let whole = 0;
  // Two letters behind other words are the beginning of a word that says nothing yet.
  const isBegun = (i: number) => open && i > 0 && i === words.length - 1 && words[i].length < 3;
  const found = await Promise.all(
    words.map((word, i) => lexicon.places(word, open && i === words.length - 1 && !isBegun(i))),
  );
  for (const [i, places] of found.entries()) {
    if (isBegun(i) && places.size === 0) continue;
    const rarity = Math.log(1 + core.years.length / Math.max(1, places.size));
    whole += rarity;
    for (const [page, { part, weight, like }] of places) {
      const hit = hits.get(page) ?? {
        page,
        score: 0,
        covers: 0,
        parts: [],
        places: new Map<number, number>(),
      };
      hit.score += rarity * like * (0.25 + Math.sqrt(weight));
      hit.covers += rarity * like;
      hit.places.set(part, (hit.places.get(part) ?? 0) + rarity);
      hits.set(page, hit);
    }
  }
  return [...hits.values()].map(({ places, ...hit }) => ({
    ...hit,
    covers: hit.covers / whole,
    score: (hit.score / Math.max(1, words.length)) * (hit.covers / whole) ** 3,
    parts: [...places].sort((a, b) => b[1] - a[1]).map(([part]) => part),
  }));
}

interface Place extends Posting {
  like: number;
}

/** The terms of the index, fetched by the parts they lie in. */
class Lexicon {
  private readonly core: Core;
  private readonly parts: Parts;

  constructor(core: Core, parts: Parts) {
    this.core = core;
    this.parts = parts;
  }

  /** Where a word stands, at most once a page: the word itself, else what begins with it, else what is near. */
  async places(word: string, open: boolean): Promise<Map<number, Place>> {
    const part = await this.parts.terms(this.partOf(word));
    const found = new Map<number, Place>();
    this.add(found, part[word], likeness.same);
    if (open || (found.size === 0 && word.length > 3))
      for (const term of await this.beginning(word)) this.add(found, term, likeness.begins);
    if (found.size === 0)
      for (const term of nearTerms(word, part)) this.add(found, part[term], likeness.near);
    return found;
  }

  private add(found: Map<number, Place>, packed: number[] | undefined, like: number): void {
    for (const number of fromSteps(packed ?? [])) {
      const place = { ...unpack(number), like };
      const known = found.get(place.page);
      if (!known || known.like * known.weight < like * place.weight) found.set(place.page, place);
    }
  }

  /** The last part whose first term is not behind the word. */
  private partOf(word: string): number {
    let [low, high] = [0, this.core.firsts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.core.firsts[middle] <= word) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Places of terms that go on where the word ends, the shortest first. */
  private async beginning(word: string): Promise<number[][]> {
    const last = this.partOf(`${word}\uffff`);
    const first = this.partOf(word);
    const all: [string, number[]][] = [];
    for (let part = first; part <= Math.min(last, first + 1); part++)
      for (const entry of Object.entries(await this.parts.terms(part)))
        if (entry[0] !== word && entry[0].startsWith(word)) all.push(entry);
    return all
      .sort(([a], [b]) => a.length - b.length)
      .slice(0, mostEndings)
      .map(([, places]) => places);
  }
}

/** Terms that a slip of the finger makes of the word, or with whose stem it begins. */
function nearTerms(word: string, part: Terms): string[] {
  if (word.length < 4 || /\d/.test(word)) return [];
  const most = word.length > 7 ? 2 : 1;
  return Object.keys(part).filter(
    (term) =>
      term[0] === word[0] &&
      (isNear(term, word, most) ||
        (term.length > 4 && term.length > 0.6 * word.length && word.startsWith(term))),
  );
}
