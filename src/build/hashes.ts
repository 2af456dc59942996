import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { readCells } from './cells.ts';
import { recall, remember } from './kept.ts';

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

/** Hash of a cell's text: an edit of the cell is kept under it, so that it never stands in for a later one unseen. */
export const hashOfCell = (text: string): string => digest([text.trimEnd()]);

let runtime: string | undefined;

/** Hash of what runs the cells: lab, kernel, compiler, and the version of TensorFlow.js. */
export function runtimeHash(): string {
  const files = [
    ...['src/lab', 'src/kernel'].flatMap(filesUnder).sort(),
    'src/compile-cell.ts',
    'src/split-exports.ts',
    'src/cell-order.ts',
  ];
  runtime ??= hashOfRuntime(files.map((file) => readFileSync(file, 'utf8')));
  return runtime;
}

/** The texts' instructions take a while to find: the hash is kept under one of the texts as they stand. */
function hashOfRuntime(texts: string[]): string {
  const key = digest([...texts, tfjsVersion()]);
  const name = 'runtime';
  return recall(name, key) ?? remember(name, key, digest([...texts.map(instructionsOf), tfjsVersion()]));
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
