import type { FormulaRow, PageRecord } from '../../search/format.ts';
import { readMath } from '../../search/read-math.ts';
import { gramsOf, symbolsOf, tokensOf } from '../../search/shape.ts';
import { termsOf } from '../../search/words.ts';
import { plainTex, splitTag } from '../katex.ts';
import { katexTree } from './katex-tree.ts';

/** A page on its way into the index. */
export interface Entry {
  record: PageRecord;
  section?: string;
  /** Each term, where it stands best and how much it says there, from 1 to 8. */
  terms: Map<string, { part: number; weight: number }>;
  formulas: FormulaRow[];
  /** The pieces of each formula. */
  grams: string[][];
}

export const newEntry = (record: PageRecord): Entry => ({
  record,
  terms: new Map(),
  formulas: [],
  grams: [],
});

/** Notes terms at a part; a better place replaces a lesser one. */
export function note(entry: Entry, terms: Iterable<string>, part: number, weight: number): void {
  for (const term of terms) {
    const known = entry.terms.get(term);
    if (!known || known.weight < weight) entry.terms.set(term, { part, weight });
  }
}

/** Running text: a word that stands there often says more. */
export function noteText(entry: Entry, text: string, part: number): void {
  const counts = new Map<string, number>();
  for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
  for (const [term, count] of counts) note(entry, [term], part, count > 5 ? 3 : count > 2 ? 2 : 1);
}

/** The term under which a letter is looked up. */
export const symbolTerm = (symbol: string): string => `=${symbol}`;

/** The letters of a symbol's row, as they are looked up; the whole one first. */
export const symbolTerms = (tex: string): string[] => symbolsOf(readMath(tex)).map(symbolTerm);

/** Adds a formula to a page, once for each shape; its letters say little, and a short one has no shape to find. */
export function addFormula(entry: Entry, tex: string, part: number, anchor: string, seen: Set<string>): void {
  const tree = katexTree(plainTex(tex));
  note(entry, symbolsOf(tree).map(symbolTerm), part, 2);
  const outline = tokensOf(tree, 'outline');
  const shape = JSON.stringify(tokensOf(tree, 'whole'));
  if (outline.flat().length < 3 || seen.has(shape)) return;
  seen.add(shape);
  const plain = splitTag(plainTex(tex)).body.replace(/\s+/g, ' ').trim();
  entry.formulas.push([part, anchor, plain]);
  entry.grams.push(gramsOf(outline));
}
