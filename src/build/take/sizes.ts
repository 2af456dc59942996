import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { notebookFile } from '../../take-files/notebook.ts';
import { carriedNames, type SharedPack, type TakePack } from '../../take-files/pack.ts';
import { programFile } from '../../take-files/program.ts';
import { singleFile } from '../../take-files/single.ts';
import { readCells } from '../cells.ts';
import { packed } from './packs.ts';

/** What all pages' files are made of. */
export interface Common {
  root: string;
  shared: SharedPack;
  node: string;
  deno: string;
}

/** Bytes of each file that can be taken along. */
export type Sizes = Record<'program' | 'notebook' | 'single', number>;

const compressed = new Map<string, string>();

/** A file of the site as the single file carries it; the same for many pages. */
function carried(root: string, name: string): string {
  const known = compressed.get(name);
  if (known !== undefined) return known;
  const file = [path.join(root, name), path.join(root, '_site', name)].find((one) => existsSync(one))!;
  const content = packed(readFileSync(file));
  compressed.set(name, content);
  return content;
}

/** The files are put together as the page will do it, and measured. */
export function sizesOf(pack: TakePack, { root, shared, node, deno }: Common): Sizes {
  const cells = readCells(pack.slug);
  const raw = Object.fromEntries(
    pack.assets.map((name) => [name, readFileSync(path.join(root, name)).toString('base64')]),
  );
  const files = Object.fromEntries(carriedNames(pack).map((name) => [name, carried(root, name)]));
  const texts = {
    program: programFile(pack, cells, node, raw),
    notebook: notebookFile(pack, cells, packed(deno), raw),
    single: singleFile(pack, shared, { files, nonce: 'a'.repeat(22), address: null }),
  };
  const sizes = Object.entries(texts).map(([name, text]) => [name, Buffer.byteLength(text)]);
  return Object.fromEntries(sizes) as Sizes;
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** The page with the sizes where it leaves room for them. */
export const withSizes = (html: string, sizes: Sizes): string =>
  html.replace(
    /(<span class="size" data-size="(\w+)">)<\/span>/g,
    (_, open, kind: keyof Sizes) => `${open}${megabytes(sizes[kind])}</span>`,
  );
