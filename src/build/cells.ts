import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { compileCell } from '../compile-cell.ts';
import type { CompiledCell, Notebook } from '../protocol.ts';

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
  const rank = rankOf(folder);
  const cells = own
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .map((name) => readCell(folder, name));
  return [...cells, ...foreign(folder, cells)];
}

function rankOf(folder: string): (name: string) => number {
  const page = path.join(folder, 'index.mdx');
  const named = existsSync(page)
    ? [...readFileSync(page, 'utf8').matchAll(/<Cell\s[^>]*?file=["']([^"']+)["']/g)].map((match) => match[1])
    : [];
  const order = [...named, 'mechanism', 'experiment'];
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

/** A paper's cells, compiled. */
export function readNotebook(slug: string): Notebook {
  return { slug, cells: readCells(slug).map(({ name, text }): CompiledCell => compileCell(name, text)) };
}

const digest = (parts: (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 16);
};

/** Hash of everything a recording was made from, but for the runtime: cells with their names, files of the site, seed. */
export function sourcesHash(slug: string, assets: string[], seed: number): string {
  const cells = readCells(slug).flatMap(({ name, text }) => [name, text]);
  const files = [...assets].sort().flatMap((name) => [name, readFileSync(path.join('public', name))]);
  return digest([...cells.sort(), ...files, String(seed)]);
}

let runtime: string | undefined;

/** Hash of what runs the cells: lab, kernel, compiler, and the version of TensorFlow.js. */
export function runtimeHash(): string {
  const files = [
    ...['src/lab', 'src/kernel'].flatMap(filesUnder).sort(),
    'src/compile-cell.ts',
    'src/cell-order.ts',
  ];
  runtime ??= digest([...files.map((file) => instructionsOf(readFileSync(file, 'utf8'))), tfjsVersion()]);
  return runtime;
}

/** What a source text does: without comments, types and layout, which change no number. */
export const instructionsOf = (text: string): string =>
  transformSync(text, { loader: 'ts', format: 'esm', minify: true, legalComments: 'none' }).code;

const tfjsVersion = () =>
  JSON.parse(readFileSync('node_modules/@tensorflow/tfjs-core/package.json', 'utf8')).version as string;

const filesUnder = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(folder, file));
