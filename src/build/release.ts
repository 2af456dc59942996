import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Release } from '../offline/release.ts';
import { bundleText } from './scripts.ts';

/** No page over http asks for these: twins for the disk, pages of hosts; and what other sites and their readers ask for. */
const notKept =
  /\.text\.js$|^_site\/assets\/|^(404\.html|robots\.txt|feed\.xml|sitemap\.xml)$|^papers\/[\w-]+\/embed\/|^_site\/cards\//;
/** What a release is written to. */
const notListed = /^(sw\.js|_site\/release\.json)$/;

const sha = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

async function filesOf(root: string): Promise<string[]> {
  const names = await readdir(root, { recursive: true });
  const files: string[] = [];
  for (const name of names)
    if ((await stat(path.join(root, name))).isFile()) files.push(name.split(path.sep).join('/'));
  return files.sort();
}

/** The scripts that a page loads by name say of which release they are: another release's worker lets them pass. */
export const stamped = (html: string, id: string): string =>
  html.replace(/(\ssrc="[^"]*_site\/\w+\.js)(\?v=\w+)?"/g, `$1?v=${id}"`);

/** Names every file of a finished site with its hash, for the offline worker, and writes that worker. Gives the release. */
export async function writeRelease(root: string): Promise<Release> {
  const contents = new Map<string, Buffer>();
  for (const file of (await filesOf(root)).filter((file) => !notListed.test(file)))
    contents.set(file, await readFile(path.join(root, file)));
  const worker = await bundleText('src/offline/worker.ts');
  const all = [...contents].map(([file, bytes]) => `${file} ${sha(bytes)}`);
  const release: Release = { id: sha([...all, worker].join('\n')).slice(0, 12), files: {} };
  for (const [file, bytes] of contents) {
    const final = file.endsWith('.html') ? Buffer.from(stamped(bytes.toString(), release.id)) : bytes;
    if (final !== bytes) await writeFile(path.join(root, file), final);
    if (!notKept.test(file)) release.files[file] = [sha(final).slice(0, 16), final.length];
  }
  const listed = JSON.stringify(release);
  await writeFile(path.join(root, '_site/release.json'), listed);
  await writeFile(path.join(root, 'sw.js'), `self.release=${listed};\n${worker}`);
  return release;
}

/** The last of the integrations: after it no file of the site may change. */
export function release(): AstroIntegration {
  return {
    name: 'release',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const { id, files } = await writeRelease(fileURLToPath(dir));
        const total = Object.values(files).reduce((sum, [, bytes]) => sum + bytes, 0);
        logger.info(`release ${id}: ${(total / 1e6).toFixed(1)} MB in ${Object.keys(files).length} files`);
      },
    },
  };
}
