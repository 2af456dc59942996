import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { type Bundle, bundles } from './bundles.ts';
import { sizesFile } from './cost.ts';
import { keyOfSources, recall, remember } from './kept.ts';

/** One classic script, from its entry; as it was kept, when nothing that scripts are made of has changed. */
async function bundle({ entry, plugins }: Bundle, key = keyOfSources()): Promise<string> {
  const name = entry.replaceAll(/\W/g, '-');
  return recall(name, key) ?? remember(name, key, await made(entry, plugins));
}

async function made(entry: string, plugins?: esbuild.Plugin[]): Promise<string> {
  const made = await built(entry, plugins).catch((error) => {
    throw new Error(`The script of ${entry} cannot be made: ${complaint(error)}`, { cause: error });
  });
  return made.outputFiles[0].text;
}

const built = (entry: string, plugins?: esbuild.Plugin[]) =>
  esbuild.build({
    entryPoints: [entry],
    bundle: true,
    format: 'iife',
    minify: true,
    write: false,
    target: 'es2022',
    mainFields: ['module', 'main'],
    alias: { lab: './src/lab/index.ts' },
    plugins,
    logLevel: 'silent',
  });

/** esbuild's first complaint, with its place. */
function complaint(error: unknown): string {
  const first = (error as esbuild.BuildFailure).errors?.[0];
  if (!first) return (error as Error).message;
  return `${first.location ? `${first.location.file}:${first.location.line}: ` : ''}${first.text}`;
}

/** The script of an entry that is none of the site's bundles. */
export const bundleText = (entry: string): Promise<string> => bundle({ entry, lazy: false });

/** Names of the bundles whose entry stands in the tree, and of those that are still to be written. */
export function standing(): { names: string[]; missing: string[] } {
  const names = Object.keys(bundles);
  const stands = (name: string) => existsSync(bundles[name].entry);
  return { names: names.filter(stands), missing: names.filter((name) => !stands(name)) };
}

/** A script's text as a script, for pages opened from the disk, where a worker cannot load a file. */
const twin = (name: string, code: string): string =>
  `(self.siteText??={})[${JSON.stringify(name)}]=${JSON.stringify(code)}`;

/** One file under /_site/, made afresh: `page.js`, or the twin `kernel.text.js`. */
export async function script(file: string): Promise<string | null> {
  const found = /^(\w+)(\.text)?\.js$/.exec(file);
  const known = found && bundles[found[1]];
  if (!known || !existsSync(known.entry)) return null;
  const code = await bundle(known);
  return found[2] ? twin(found[1], code) : code;
}

/** All bundles of a build, each made once; leaves their sizes where the pages look. */
export async function allScripts(): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const sizes: Record<string, number> = {};
  const { names } = standing();
  const key = keyOfSources();
  const codes = await Promise.all(names.map((name) => bundle(bundles[name], key)));
  for (const [i, name] of names.entries()) {
    const code = codes[i];
    files[`${name}.js`] = code;
    sizes[name] = gzipSync(code).length;
    if (bundles[name].lazy) files[`${name}.text.js`] = twin(name, code);
  }
  await mkdir('.cache', { recursive: true });
  await writeFile(sizesFile, JSON.stringify(sizes));
  return files;
}
