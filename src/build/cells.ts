import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compileCell } from '../compile-cell.ts';
import type { CompiledCell, Notebook } from '../protocol.ts';
import { readPage } from './page-source.ts';

const papers = 'content/papers';

/** A cell's file as the build sees it. `name` is './'-less and without `.ts`; a foreign mechanism is '../other/mechanism'. */
export interface CellSource {
  name: string;
  file: string;
  text: string;
}

/** Slugs of the papers that have an experiment, in alphabetical order. */
export const papersWithCells = (): string[] =>
  readdirSync(papers)
    .filter((slug) => existsSync(path.join(papers, slug, 'experiment.ts')))
    .sort();

/** The cells of a paper in reading order: as `<Cell file="…">` names them in its page, the rest after; then foreign mechanisms. */
export function readCells(slug: string): CellSource[] {
  const folder = path.join(papers, slug);
  const own = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && file !== 'train.ts')
    .map((file) => file.slice(0, -3));
  const rank = rankOf(slug);
  const cells = own
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .map((name) => readCell(folder, name));
  return [...cells, ...foreign(folder, cells)];
}

const cellsOfPage = (slug: string): string[] =>
  existsSync(path.join(papers, slug, 'index.mdx')) ? readPage(slug).cells : [];

function rankOf(slug: string): (name: string) => number {
  const order = [...cellsOfPage(slug), 'mechanism', 'experiment'];
  return (name) => (order.includes(name) ? order.indexOf(name) : order.length);
}

function readCell(folder: string, name: string): CellSource {
  const file = path.join(folder, `${name}.ts`);
  return { name, file, text: readFileSync(file, 'utf8') };
}

/** Mechanisms of other papers that the cells import, as cells of this notebook; the check of imports names those that are not there. */
function foreign(folder: string, cells: CellSource[]): CellSource[] {
  const named = cells.flatMap(({ text }) =>
    [...text.matchAll(/from '(\.\.\/[\w-]+\/mechanism)'/g)].map((match) => match[1]),
  );
  return [...new Set(named)]
    .filter((name) => existsSync(path.join(folder, `${name}.ts`)))
    .map((name) => readCell(folder, name));
}

const compiled = new Map<string, CompiledCell>();

/** A build asks for a paper's cells a dozen times; a text that was compiled before comes out as it did. */
function compiledOnce(name: string, text: string): CompiledCell {
  const key = `${name}\0${text}`;
  const known = compiled.get(key) ?? compileCell(name, text);
  compiled.set(key, known);
  return { ...known };
}

/** A paper's cells, compiled. */
export const readNotebook = (slug: string): Notebook => ({
  slug,
  cells: readCells(slug).map(({ name, text }) => compiledOnce(name, text)),
});
