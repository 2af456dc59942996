import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { notebookFile } from '../../take-files/notebook.ts';
import { carriedNames, extras, ROOM, type SharedPack, type TakePack } from '../../take-files/pack.ts';
import { isInPlanes, toPlanes } from '../../take-files/planes.ts';
import { programFile } from '../../take-files/program.ts';
import { singleFile } from '../../take-files/single.ts';
import { readCells } from '../cells.ts';
import { packed } from './packs.ts';

/** What all pages' files are made of. */
export interface Common {
  root: string;
  shared: SharedPack;
  node: string;
  /** Compressed. */
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
  const bytes = readFileSync(file);
  const content = packed(isInPlanes(name) ? Buffer.from(toPlanes(bytes)) : bytes);
  compressed.set(name, content);
  return content;
}

/** Browsers compress a little less than the build does. */
const SPARE = 30_000;

const singleSize = (pack: TakePack, { root, shared }: Common): number => {
  const files = Object.fromEntries(carriedNames(pack).map((name) => [name, carried(root, name)]));
  return Buffer.byteLength(singleFile(pack, shared, { files, nonce: 'a'.repeat(24), address: null }));
};

/** The scripts that a page's single file has room for. */
export function extrasOf(pack: TakePack, common: Common): string[] {
  let left = ROOM - SPARE - singleSize({ ...pack, extras: [] }, common);
  return extras.filter((name) => {
    const size = carried(common.root, name).length + 60;
    if (size > left) return false;
    left -= size;
    return true;
  });
}

/** The files are put together as the page will do it, and measured. */
export function sizesOf(pack: TakePack, common: Common): Sizes {
  const cells = readCells(pack.slug);
  const raw = Object.fromEntries(
    pack.assets.map((name) => [name, readFileSync(path.join(common.root, name)).toString('base64')]),
  );
  return {
    program: Buffer.byteLength(programFile(pack, cells, common.node, raw)),
    notebook: Buffer.byteLength(notebookFile(pack, cells, common.deno, raw)),
    single: singleSize(pack, common),
  };
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** The page with the sizes where it leaves room for them. */
export const withSizes = (html: string, sizes: Sizes): string =>
  html.replace(
    /(<span class="size" data-size="(\w+)">)<\/span>/g,
    (_, open, kind: keyof Sizes) => `${open}${megabytes(sizes[kind])}</span>`,
  );
