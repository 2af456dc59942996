import { readFileSync } from 'node:fs';
import { sections } from '../../../content/sections.ts';
import { termsOf, termsOfName } from '../../search/words.ts';
import { type CellSource, readCells } from '../cells.ts';
import { byline } from '../cite.ts';
import { formulaId } from '../katex.ts';
import { recordingOf } from '../notebooks.ts';
import { readPage } from '../page-source.ts';
import { addFormula, type Entry, newEntry, note, noteText, symbolTerms } from './entry.ts';
import { type Passage, passagesOf } from './prose.ts';

/** What the index reads of a paper's frontmatter, which was checked before. */
interface Front {
  title: string;
  section: string;
  authors: string[];
  more?: number;
  year: number;
  venue: string;
  arxiv?: string;
  summary: string;
  techniques: string[];
  symbols: { key: string; tex: string; meaning: string }[];
  finding: { caption: string };
}

/** A paper's page as the index knows it. */
export function paperEntry(slug: string): Entry {
  const page = readPage(slug);
  const front = page.frontmatter as Front;
  const passages = passagesOf(page.file, readFileSync(page.file, 'utf8')).filter(({ id }) => id);
  const cells = readCells(slug).filter(({ name }) => !name.startsWith('.'));
  const entry = newEntry({
    url: `papers/${slug}/`,
    title: front.title,
    year: front.year,
    authors: byline(front as Parameters<typeof byline>[0]),
    ...(front.arxiv && { arxiv: front.arxiv }),
    topics: front.techniques,
    summary: front.summary,
    parts: [['', front.title], ...passages.map(({ id, title }): [string, string] => [id, title])],
    symbols: front.symbols.map(({ key, tex, meaning }) => [tex, key, meaning]),
    names: cells.flatMap(namesOf),
  });
  entry.section = sections.find(({ id }) => id === front.section)?.title;
  noteFront(entry, slug, front);
  noteSymbols(entry, front);
  for (const [i, { text }] of passages.entries()) noteText(entry, text, i + 1);
  noteCells(entry, slug, cells);
  addFormulas(entry, passages);
  return entry;
}

function noteFront(entry: Entry, slug: string, front: Front): void {
  note(entry, termsOf(front.title), 0, 8);
  note(entry, front.authors.flatMap(termsOf), 0, 8);
  if (front.arxiv) note(entry, [front.arxiv], 0, 8);
  note(entry, [...front.techniques.flatMap(termsOf), ...termsOf(slug)], 0, 7);
  note(entry, [String(front.year), ...termsOf(front.venue)], 0, 5);
  note(entry, termsOf(front.summary), 0, 4);
  note(entry, termsOf(front.finding.caption), 0, 3);
}

/** A symbol's letter leads to the table; first of all where its key is the letter's own name. */
function noteSymbols(entry: Entry, { symbols }: Front): void {
  for (const { key, tex, meaning } of symbols) {
    const [first, ...others] = symbolTerms(tex);
    const isNamed = tex.replace(/^\\/, '') === key;
    if (first) note(entry, [first], 0, isNamed ? 8 : 7);
    note(entry, others, 0, 6);
    note(entry, [...termsOf(meaning), ...termsOfName(key)], 0, 4);
  }
}

const exported = /^export (?:async )?(?:function\*?|const|class) (\w+)/gm;
const namesOf = ({ name, text }: CellSource): [string, string][] =>
  [...text.matchAll(exported)].map(([, found]) => [found, name]);

function noteCells(entry: Entry, slug: string, cells: CellSource[]): void {
  const partOf = (cell: string) => entry.record.parts.findIndex(([id], i) => i > 0 && id === cell);
  for (const { name, text } of cells) {
    const part = Math.max(0, partOf(name));
    const code = text.match(/\b[A-Za-z_$][\w$]{2,}\b/g) ?? [];
    note(
      entry,
      code.flatMap((word) => termsOfName(word).slice(0, 1)),
      part,
      1,
    );
  }
  for (const [found, cell] of entry.record.names) {
    const [whole, ...halves] = termsOfName(found);
    note(entry, [whole], Math.max(0, partOf(cell)), 6);
    note(entry, halves, Math.max(0, partOf(cell)), 3);
  }
  for (const { cell, claim } of recordingOf(slug)?.checks ?? [])
    note(entry, termsOf(claim), Math.max(0, partOf(cell)), 3);
}

/** Numbered formulas first, so that a shape which stands twice is shown where it has an address of its own. */
function addFormulas(entry: Entry, passages: Passage[]): void {
  const seen = new Set<string>();
  for (const display of [true, false])
    for (const [i, { id, formulas }] of passages.entries())
      for (const formula of formulas.filter((f) => f.display === display))
        addFormula(entry, formula.tex, i + 1, (display && formulaId(formula.tex)) || id, seen);
}
