/** Puts together, on this page, the files that a reader takes along: nothing of them comes from another place. */
import { notebookFile } from '../../take-files/notebook.ts';
import { carriedNames, ROOM, type SharedPack, type TakenCell, type TakePack } from '../../take-files/pack.ts';
import { isInPlanes, toPlanes } from '../../take-files/planes.ts';
import { programFile } from '../../take-files/program.ts';
import { singleFile } from '../../take-files/single.ts';
import { editorBundle } from '../edit/bundle.ts';
import { currentCells } from '../edit/current-cells.ts';
import { siteCells } from '../edit/sources.ts';
import { saveText } from '../figures/save.ts';
import { opening } from '../notebook/opening.ts';
import { asset, loadScript, paper } from '../notebook/site.ts';
import { fragmentOf } from '../share/format.ts';
import type { Kind } from './buttons.ts';
import { base64Of, packed, unpackedText } from './packing.ts';

declare global {
  interface Window {
    /** Compressed parts as the scripts of `_site/take/` leave them. */
    takeAlong?: Record<string, string>;
  }
}

/** A part of `_site/take/`, compressed as it came. */
async function part(name: string): Promise<string> {
  await loadScript(`take/${name}.js`);
  return window.takeAlong![name];
}
const partText = async (name: string) => unpackedText(await part(name));

/** The data files of a page as base64. */
async function dataOf({ assets }: TakePack): Promise<Record<string, string>> {
  const files = assets.map(async (name) => [name, await base64Of(await asset(name))] as const);
  return Object.fromEntries(await Promise.all(files));
}

/** A file that the single file carries. Scripts of papers stand in the page as what they left there. */
async function bytesOf(name: string, slug: string): Promise<BlobPart> {
  const script = (holder: string, content: unknown) =>
    `(self.${holder}??={})[${JSON.stringify(slug)}]=${JSON.stringify(content)}`;
  if (name.startsWith('papers/')) return script('workingPapers', await paper(slug));
  if (!name.startsWith('sources/')) {
    const bytes = await asset(name);
    return isInPlanes(name) ? (toPlanes(new Uint8Array(bytes)) as BlobPart) : bytes;
  }
  await loadScript(name);
  return script('workingPapersSources', window.workingPapersSources![slug]);
}

/** Where the page lies, for whoever gets the file; an address of one's own machine or disk says nothing to others. */
function addressOfPage(): string | null {
  const known = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')?.href;
  if (known) return known;
  const local = /^(localhost|127\.|\[?::1|0\.0\.0\.0)/.test(location.hostname);
  return /^https?:$/.test(location.protocol) && !local ? location.href.split(/[?#]/)[0] : null;
}

/** What is wrong, and what to do about it: another try would end alike. */
class Said extends Error {
  override name = 'Said';
}

/** The cells as they stand here. @throws where an edited one does not compile: nobody could run the file. */
async function cellsOf({ slug }: TakePack): Promise<TakenCell[]> {
  const cells = await currentCells(slug);
  if (!cells.some(({ edited }) => edited)) return cells;
  const { compile } = await editorBundle();
  try {
    return cells.map((cell) =>
      cell.edited ? { ...cell, exports: compile(cell.name, cell.text).exports } : cell,
    );
  } catch (error) {
    throw new Said(
      `${(error as Error).message}. Mend that line, or press Reset over the cell; your text stays as it is.`,
    );
  }
}

/** What a reader has set and edited here, as a link has it: so that the file opens with it. */
async function openingOf(slug: string): Promise<{ text: string; edited: boolean }> {
  const cells = (await currentCells(slug)).filter(({ edited }) => edited);
  const query = new URLSearchParams(opening().query);
  for (const name of ['backend', 'software']) query.delete(name);
  const settings = query.size > 0 ? `?${query}` : '';
  if (cells.length === 0) return { text: settings, edited: false };
  const sites = await siteCells(slug);
  const edits = cells.map(({ name, text }) => [
    name,
    { of: sites.find((site) => site.name === name)!.hash, text },
  ]);
  const { sources } = (await paper(slug)).recording;
  const shared = { page: sources, on: '', measured: {}, set: {}, edits: Object.fromEntries(edits) };
  return { text: settings + (await fragmentOf(shared)), edited: true };
}

/** A single file in which edits are to run needs the editor, with its compiler, more than anything else. */
async function single(pack: TakePack): Promise<string> {
  const shared: SharedPack = JSON.parse(await partText('shared'));
  const { text, edited } = await openingOf(pack.slug);
  const extras = edited ? [...new Set(['editor.js', ...pack.extras])] : [...pack.extras];
  const files: Record<string, string> = {};
  for (const name of carriedNames({ ...pack, extras }))
    files[name] = await packed(await bytesOf(name, pack.slug));
  const nonce = (await base64Of(crypto.getRandomValues(new Uint8Array(18)))).replaceAll(/[+/=]/g, '0');
  const parts = { files, nonce, address: addressOfPage(), opening: text };
  for (;;) {
    const file = singleFile(pack, shared, parts);
    if (!edited || new Blob([file]).size <= ROOM) return file;
    const least = extras.pop();
    if (least === undefined || least === 'editor.js')
      throw new Said(
        `with your edits it would be larger than ${ROOM / 1e6} MB, because the data of this page leave no room for the compiler. Take the program or copy a link, which have room; after Reset the file has it too.`,
      );
    delete files[least];
  }
}

const makers: Record<Kind, { ending: string; type: string; make(pack: TakePack): Promise<string> }> = {
  program: {
    ending: 'ts',
    type: 'text/plain',
    make: async (pack) => programFile(pack, await cellsOf(pack), await partText('node'), await dataOf(pack)),
  },
  notebook: {
    ending: 'ipynb',
    type: 'application/x-ipynb+json',
    make: async (pack) => notebookFile(pack, await cellsOf(pack), await part('deno'), await dataOf(pack)),
  },
  single: { ending: 'html', type: 'text/html', make: single },
};

window.takeFile = async (kind, slug) => {
  const { ending, type, make } = makers[kind];
  const pack: TakePack = JSON.parse(await partText(slug));
  const text = await make(pack);
  const name = `${slug}.${ending}`;
  saveText(text, name, type);
  return `${name}, ${(new Blob([text]).size / 1e6).toFixed(1)} MB, is handed to the browser.`;
};
