/**
 * The index as the build writes it and the search box reads it: many small scripts under `_site/search/`, each of which
 * leaves its part in `self.searchIndex`, so that it loads over http and from the disk alike. A query fetches the core
 * once, the parts its words and shapes lie in, and the pages that it shows.
 */

/** What is fetched first, whatever is asked. */
export interface Core {
  /** Year of each page; 0 for one without. */
  years: number[];
  /** Number of each page's section in `sectionNames`; -1 for one without. */
  sections: number[];
  sectionNames: string[];
  /** How many formulas each page has; they are numbered through. */
  formulas: number[];
  /** The first term of each part of the terms, in order. */
  firsts: string[];
  /** How many parts the shapes lie in. */
  shapes: number;
  /** Functions that formulas of the library name: GELU, LN. */
  names: string[];
  /** Words that mean the same: what a reader may say, and what the pages say. */
  synonyms: Synonym[];
}

/** Phrases of one meaning, as stems: all of them, and those of them that the library uses. */
export type Synonym = [said: string[], used: string[]];

/** Terms of one part with where they stand: `page * 256 + part * 8 + weight - 1`, each as the step from the one before. */
export type Terms = Record<string, number[]>;
/** Pieces of shapes with the formulas that hold them, each as the step from the one before. */
export type Shapes = Record<string, number[]>;

/** A page as a result shows it. */
export interface PageRecord {
  /** Address below the root. */
  url: string;
  title: string;
  year?: number;
  authors?: string;
  arxiv?: string;
  /** What it is about, in a few words each. */
  topics: string[];
  summary: string;
  /** Sections and cells: their addresses and headings. The first is the page itself. */
  parts: [id: string, title: string][];
  symbols: [tex: string, key: string, meaning: string][];
  /** What the cells export, with the cell. */
  names: [name: string, cell: string][];
}

/** A formula of a page: the part it stands in, its address, its TeX. */
export type FormulaRow = [part: number, anchor: string, tex: string];

/** Where the parts of the index come from. */
export interface Parts {
  core(): Promise<Core>;
  terms(part: number): Promise<Terms>;
  shapes(part: number): Promise<Shapes>;
  page(page: number): Promise<PageRecord>;
  /** Kept apart from the page: a query of words fetches none. */
  formulas(page: number): Promise<FormulaRow[]>;
}

/** Most parts of a page and weights of a term that a posting can name. */
export const mostParts = 32;
export const mostWeight = 8;

export const pack = (page: number, part: number, weight: number): number =>
  (page * mostParts + Math.min(part, mostParts - 1)) * mostWeight + weight - 1;

export interface Posting {
  page: number;
  part: number;
  weight: number;
}

export const unpack = (packed: number): Posting => ({
  page: Math.floor(packed / (mostParts * mostWeight)),
  part: Math.floor(packed / mostWeight) % mostParts,
  weight: (packed % mostWeight) + 1,
});

/** Sorted numbers as steps, and back. */
export const steps = (numbers: number[]): number[] => numbers.map((n, i) => (i ? n - numbers[i - 1] : n));
export function fromSteps(steps: number[]): number[] {
  const numbers: number[] = [];
  for (const step of steps) numbers.push((numbers.at(-1) ?? 0) + step);
  return numbers;
}

/** The part that a piece of a shape lies in. */
export function shapePart(piece: string, parts: number): number {
  let hash = 2166136261;
  for (let i = 0; i < piece.length; i++) hash = Math.imul(hash ^ piece.charCodeAt(i), 16777619);
  return (hash >>> 0) % parts;
}
