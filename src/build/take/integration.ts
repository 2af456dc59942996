import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { load } from 'js-yaml';
import { type PaperData, paperSchema } from '../../content.config.ts';
import type { SharedPack } from '../../take-files/pack.ts';
import { standingSlugs } from '../notebooks.ts';
import { paperOf } from '../paper.ts';
import { bundleText } from '../scripts.ts';
import { fontsUsed } from './fonts-used.ts';
import { packed, packOf, packScript } from './packs.ts';
import { pageShell } from './page-shell.ts';
import { runtimeText } from './runtime.ts';
import { type Common, extrasOf, sizesOf, withSizes } from './sizes.ts';

/** The styles that pages name, with their fonts. */
async function stylesOf(root: string): Promise<Pick<SharedPack, 'styles' | 'fonts'>> {
  const folder = path.join(root, '_astro');
  const names = await readdir(folder);
  const sheets = names.filter((name) => name.endsWith('.css'));
  const styles = await Promise.all(sheets.map((name) => readFile(path.join(folder, name), 'utf8')));
  const fonts = names
    .filter((name) => name.endsWith('.woff2'))
    .map(async (name) => [name, (await readFile(path.join(folder, name))).toString('base64')] as const);
  return { styles: styles.join('\n'), fonts: Object.fromEntries(await Promise.all(fonts)) };
}

const frontmatterOf = (slug: string): PaperData => {
  const text = readFileSync(`content/papers/${slug}/index.mdx`, 'utf8');
  return paperSchema.parse(load(/^---\n([\s\S]*?)\n---/.exec(text)![1]));
};

/** Writes `_site/take/`: what the files that readers take along are put together from; and their sizes into the pages. */
async function writePacks(root: string): Promise<void> {
  const folder = path.join(root, '_site/take');
  await mkdir(folder, { recursive: true });
  const write = async (name: string, content: string) => {
    const script = packScript(name, content);
    await writeFile(path.join(folder, `${name}.js`), script);
    return content;
  };
  const shared: SharedPack = {
    ...(await stylesOf(root)),
    theme: await readFile(path.join(root, '_site/theme.js'), 'utf8'),
    boot: await bundleText('src/ui/take/single.ts'),
  };
  await write('shared', JSON.stringify(shared));
  const common: Common = {
    root,
    shared,
    node: await write('node', await runtimeText('src/take/node.ts')),
    deno: packed(await write('deno', await runtimeText('src/take/deno.ts', true))),
  };
  const icon = readFileSync(path.join(root, 'favicon.svg'), 'utf8');
  for (const slug of standingSlugs()) {
    const file = path.join(root, `papers/${slug}/index.html`);
    if (!existsSync(file)) continue;
    const html = await readFile(file, 'utf8');
    const page = pageShell(html, icon);
    const pack = packOf(paperOf(slug, frontmatterOf(slug)), page, fontsUsed(page, shared.styles));
    pack.extras = extrasOf(pack, common);
    await write(slug, JSON.stringify(pack));
    await writeFile(file, withSizes(html, sizesOf(pack, common)));
  }
}

/** After addresses are relative, before the site is indexed and listed. */
export function takeAlong(): AstroIntegration {
  return {
    name: 'take-along',
    hooks: { 'astro:build:done': ({ dir }) => writePacks(fileURLToPath(dir)) },
  };
}
