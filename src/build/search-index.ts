import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import * as pagefind from 'pagefind';
import { plainMath } from '../search/plain-math.ts';
import { searchScripts } from './search/scripts.ts';

/** KaTeX writes a formula three times; only its annotation is indexed. */
const excludeSelectors = [
  '.katex-html',
  '.katex-mathml math semantics > :not(annotation)',
  '[data-no-search]',
  '.anchor',
];

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** A page with its formulas as plain text, so that passages read as they are spoken; shapes have an index of their own. */
export const withPlainFormulas = (html: string): string =>
  html.replace(
    /(<annotation encoding="application\/x-tex">)([\s\S]*?)(<\/annotation>)/g,
    (_, open, tex: string, close) =>
      open + escaped(plainMath(tex.replace(/&(amp|lt|gt);/g, (entity) => entities[entity]))) + close,
  );

/** Interfaces that Pagefind has ready-made; the search box is the site's own. */
const ready = /^pagefind-(ui|modular-ui|component-ui|highlight)\.\w+$/;

async function indexText(root: string): Promise<number> {
  const { index, errors } = await pagefind.createIndex({ excludeSelectors });
  if (!index) throw new Error(`Pagefind made no index: ${errors.join('; ')}`);
  const files = (await readdir(root, { recursive: true })).filter((file) => file.endsWith('.html'));
  let count = 0;
  for (const file of files.sort()) {
    const content = withPlainFormulas(await readFile(path.join(root, file), 'utf8'));
    const { errors } = await index.addHTMLFile({ sourcePath: file.split(path.sep).join('/'), content });
    if (errors.length > 0) throw new Error(`Pagefind cannot read ${file}: ${errors.join('; ')}`);
    count++;
  }
  const outputPath = path.join(root, 'pagefind');
  await index.writeFiles({ outputPath });
  await pagefind.close();
  for (const file of await readdir(outputPath)) if (ready.test(file)) await rm(path.join(outputPath, file));
  return count;
}

async function writeScripts(root: string): Promise<number> {
  const folder = path.join(root, '_site/search');
  await mkdir(folder, { recursive: true });
  const scripts = searchScripts();
  for (const [name, script] of Object.entries(scripts)) await writeFile(path.join(folder, name), script);
  return Object.keys(scripts).length;
}

/** Both search indices over the built site, after every rewrite of the HTML: our own, and Pagefind's of the text. */
export function searchIndex(): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const parts = await writeScripts(root);
        const pages = await indexText(root);
        logger.info(`${pages} pages indexed; titles, names and formulas in ${parts} parts`);
      },
    },
  };
}
