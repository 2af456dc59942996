/** Puts together, on this page, the files that a reader takes along: nothing of them comes from another place. */
import { notebookFile } from '../../take-files/notebook.ts';
import { carriedNames, type SharedPack, type TakePack } from '../../take-files/pack.ts';
import { isInPlanes, toPlanes } from '../../take-files/planes.ts';
import { programFile } from '../../take-files/program.ts';
import { singleFile } from '../../take-files/single.ts';
import { currentCells } from '../edit/current-cells.ts';
import { saveText } from '../figures/save.ts';
import { asset, loadScript, paper } from '../notebook/site.ts';
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

async function single(pack: TakePack): Promise<string> {
  const shared: SharedPack = JSON.parse(await partText('shared'));
  const files: Record<string, string> = {};
  for (const name of carriedNames(pack)) files[name] = await packed(await bytesOf(name, pack.slug));
  const nonce = await base64Of(crypto.getRandomValues(new Uint8Array(18)));
  return singleFile(pack, shared, {
    files,
    nonce: nonce.replaceAll(/[+/=]/g, '0'),
    address: addressOfPage(),
  });
}

const makers: Record<Kind, { ending: string; type: string; make(pack: TakePack): Promise<string> }> = {
  program: {
    ending: 'ts',
    type: 'text/plain',
    make: async (pack) =>
      programFile(pack, await currentCells(pack.slug), await partText('node'), await dataOf(pack)),
  },
  notebook: {
    ending: 'ipynb',
    type: 'application/x-ipynb+json',
    make: async (pack) =>
      notebookFile(pack, await currentCells(pack.slug), await part('deno'), await dataOf(pack)),
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
