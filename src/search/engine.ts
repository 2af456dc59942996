import { findFormulas } from './find-formulas.ts';
import { findWords, type WordHit } from './find-words.ts';
import type { Core, FormulaRow, PageRecord, Parts } from './format.ts';
import { type Query, readQuery } from './query.ts';
import { readMath } from './read-math.ts';
import { symbolsOf } from './shape.ts';
import { termsOf } from './words.ts';

/** What the reader narrowed the search to. */
export interface Filters {
  year?: number;
  section?: string;
}

/** A page that answers a query, with what of it does. */
export interface Result {
  page: number;
  record: PageRecord;
  /** Parts that hold the words, rows of the symbol table, names of the code: their numbers in the record; and formulas that have the shape. */
  parts: number[];
  formulas: FormulaRow[];
  symbols: number[];
  names: number[];
}

export interface Answer {
  results: Result[];
  /** How many pages answer, shown or not. */
  count: number;
  /** Whether nothing can be said before more is typed. */
  waits: boolean;
}

const mostShown = 6;
/** From this likeness on, a formula is what was asked for. */
const alike = 0.3;

interface Found {
  page: number;
  score: number;
  covers: number;
  parts: number[];
  formulas: FormulaRow[];
}

/** Answers queries from an index, wherever its parts come from. */
export class Engine {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async search(text: string, filters: Filters = {}, most = mostShown): Promise<Answer> {
    const core = await this.parts.core();
    const fits = filterOf(core, filters);
    if (!text.trim()) return this.listed(core, fits, most);
    const query = readQuery(text, core.synonyms);
    if (!query.text) return { results: [], count: 0, waits: true };
    const found = (await this.found(query, core)).filter(({ page }) => fits(page));
    const shown = await Promise.all(found.slice(0, most).map((hit) => this.known(hit, query)));
    const results = shown.sort((a, b) => b.score - a.score).slice(0, most);
    return {
      results: results.map(({ result }) => result),
      count: found.length,
      waits: false,
    };
  }

  /** All pages that a filter leaves, in reading order. */
  private async listed(core: Core, fits: (page: number) => boolean, most: number): Promise<Answer> {
    const pages = core.years.map((_, page) => page).filter(fits);
    const results = await Promise.all(
      pages.slice(0, most).map(async (page) => bare(page, await this.parts.page(page))),
    );
    return { results, count: pages.length, waits: false };
  }

  private async found(query: Query, core: Core): Promise<Found[]> {
    const all = new Map<number, Found>();
    const formulas = query.isFormula ? await findFormulas(query.text, core, this.parts) : [];
    for (const { page, formula, likeness } of formulas)
      if (likeness >= alike)
        merge(all, { page, score: 10 * likeness, covers: 1, parts: [], formulas: [formula] });
    if (all.size === 0) for (const hit of await this.words(query, core)) merge(all, { ...hit, formulas: [] });
    const sorted = [...all.values()].sort((a, b) => b.score - a.score || a.page - b.page);
    const isHeld = sorted.some(({ covers }) => covers > 0.99);
    return sorted.filter(({ covers }) => !isHeld || covers > 0.5);
  }

  /** A letter of a formula is looked up as one; everything else as words, but for what can only be a formula. */
  private async words(query: Query, core: Core): Promise<WordHit[]> {
    const symbol = query.isFormula ? symbolIn(query.text, core.names) : undefined;
    const asSymbol = { ...query, readings: [[`=${symbol}`]], open: false };
    const hits = symbol ? await findWords(asSymbol, core, this.parts) : [];
    const isMath = query.isFormula && /[\\^_={}][\s\S]*[\\^_={}]/.test(query.text);
    return hits.length > 0 || isMath ? hits : findWords(query, core, this.parts);
  }

  /** A page that was found, with its record, from which the fine order comes. */
  private async known(hit: Found, query: Query): Promise<{ score: number; result: Result }> {
    const record = await this.parts.page(hit.page);
    const symbol = query.isFormula ? symbolIn(query.text, []) : undefined;
    const result: Result = {
      ...bare(hit.page, record),
      parts: hit.parts.filter((part) => part > 0),
      formulas: hit.formulas,
      symbols: symbolRows(record, query, symbol),
      names: namesTyped(record, query.text),
    };
    return { score: hit.score * closeness(query, result), result };
  }
}

const bare = (page: number, record: PageRecord): Result => ({
  page,
  record,
  parts: [],
  formulas: [],
  symbols: [],
  names: [],
});

function filterOf(core: Core, { year, section }: Filters): (page: number) => boolean {
  const wanted = section === undefined ? undefined : core.sectionNames.indexOf(section);
  return (page) =>
    (year === undefined || core.years[page] === year) &&
    (wanted === undefined || core.sections[page] === wanted);
}

function merge(all: Map<number, Found>, hit: Found): void {
  const known = all.get(hit.page);
  if (!known) return void all.set(hit.page, hit);
  known.score = Math.max(known.score, hit.score) + 0.05 * Math.min(known.score, hit.score);
  known.covers = Math.max(known.covers, hit.covers);
  known.parts.push(...hit.parts);
  known.formulas.push(...hit.formulas);
}

/** The letter that a query is, with its index: \beta, d_k. Undefined for a longer formula. */
function symbolIn(text: string, names: string[]): string | undefined {
  const tree = readMath(text, names).filter(({ kind }) => kind !== 'break');
  if (tree.length !== 1 || (tree[0].kind !== 'letter' && tree[0].kind !== 'script')) return undefined;
  const found = symbolsOf(tree);
  return found.find((symbol) => symbol.includes('_') || symbol.includes('^')) ?? found[0];
}

function symbolRows(record: PageRecord, query: Query, symbol: string | undefined): number[] {
  return record.symbols.flatMap(([tex, key, meaning], i) => {
    const holds = symbol !== undefined && symbolsOf(readMath(tex)).includes(symbol);
    const terms = termsOf(`${key} ${meaning}`);
    const says = !query.isFormula && query.readings.some((words) => within(words, terms));
    return holds || says ? [i] : [];
  });
}

const namesTyped = (record: PageRecord, text: string): number[] =>
  record.names.flatMap(([name], i) =>
    text.trim().length > 2 && name.toLowerCase() === text.trim().toLowerCase() ? [i] : [],
  );

/** The fine order: words that stand together in the title, a symbol of the table, a name that is the query. */
function closeness(query: Query, { record, symbols, names }: Result): number {
  const heads = [record.title, ...record.topics].map(termsOf);
  const saying = (words: string[]) =>
    Math.max(...heads.map((head, i) => (i ? 0.7 : 1) * nearness(words, head)));
  const together = Math.max(...query.readings.map((words, i) => (i ? 0.9 : 1) * saying(words)));
  return (
    1 + together + (symbols.length > 0 ? (query.isFormula ? 0.15 : 0.05) : 0) + (names.length > 0 ? 0.3 : 0)
  );
}

const within = (words: string[], all: string[]): boolean =>
  words.length > 0 && words.every((word) => all.includes(word));

/** How nearly a title or topic says just this: in this order, or at least all of it. */
function nearness(words: string[], head: string[]): number {
  if (!within(words, head)) return 0;
  const inOrder = ` ${head.join(' ')} `.includes(` ${words.join(' ')} `);
  return (inOrder ? 0.35 : 0.2) + (inOrder && head.length === words.length ? 0.1 : 0);
}
