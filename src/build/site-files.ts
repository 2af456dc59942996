import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { assetFiles } from './assets.ts';
import { makeFonts } from './fonts.ts';
import { notebookScript, sourcesScript, standingSlugs } from './notebooks.ts';
import { allScripts, script, standing } from './scripts.ts';
import { searchScript } from './search/scripts.ts';

type Content = Buffer | string;

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** One file under /_site/, made on demand: what `astro dev` serves. */
async function one(name: string): Promise<Content | null> {
  const paper = /^papers\/([\w-]+)\.js$/.exec(name);
  if (paper) return notebookScript(paper[1]);
  const sources = /^sources\/([\w-]+)\.js$/.exec(name);
  if (sources) return sourcesScript(sources[1]);
  const search = /^search\/([\w-]+\.js)$/.exec(name);
  if (search) return searchScript(search[1]);
  const asset = (await assetFiles())[name];
  return asset ? asset() : script(name);
}

async function write(folder: string, name: string, content: Content): Promise<void> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

async function writeAll(folder: string, scripts: Record<string, string>): Promise<void> {
  for (const [name, code] of Object.entries(scripts)) await write(folder, name, code);
  for (const [name, make] of Object.entries(await assetFiles())) await write(folder, name, await make());
  for (const slug of standingSlugs()) await write(folder, `papers/${slug}.js`, await notebookScript(slug));
  for (const slug of standingSlugs()) await write(folder, `sources/${slug}.js`, sourcesScript(slug));
}

/** Files under /_site/: classic scripts, notebooks and binaries. They load by relative path, from the disk too. */
export function siteFiles(): AstroIntegration {
  let scripts: Record<string, string> = {};
  return {
    name: 'site-files',
    hooks: {
      'astro:config:setup': () => makeFonts(),
      'astro:build:start': async ({ logger }) => {
        for (const name of standing().missing)
          logger.warn(`bundle "${name}" is skipped: its entry is not written yet`);
        scripts = await allScripts();
      },
      'astro:build:done': ({ dir }) => writeAll(path.join(fileURLToPath(dir), '_site'), scripts),
      'astro:server:setup': ({ server }) => {
        server.middlewares.use(async (request: any, response: any, next: (error?: unknown) => void) => {
          const name = /^\/_site\/([^?]+)/.exec(request.url ?? '')?.[1];
          const content = name ? await one(decodeURIComponent(name)).catch(next) : null;
          if (!content) return next();
          response.setHeader('Content-Type', types[path.extname(name!)] ?? 'application/octet-stream');
          response.end(content);
        });
        server.watcher.on('change', (file: string) => {
          if (/[\\/]src[\\/](ui|kernel|lab|render)[\\/]/.test(file)) server.ws.send({ type: 'full-reload' });
        });
      },
    },
  };
}
