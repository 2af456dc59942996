import { existsSync, readdirSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** The built site. @throws when there is none. */
export function distFolder(): string {
  const folder = resolve(root, process.env.DIST ?? 'dist');
  if (existsSync(folder)) return folder;
  throw new Error(`${folder} does not exist. Build the site first: npm run build`);
}

const isAsked = (page: string) => {
  const slugs = (process.env.PAPERS ?? '').split(',').filter(Boolean);
  return !slugs.length || slugs.some((slug) => page.startsWith(`papers/${slug}/`));
};

/**
 * Addresses of all pages below the root, e.g. "papers/hopfield/"; only the asked papers' with PAPERS. Notebooks to be
 * embedded repeat a part of their page and have a test of their own.
 */
export function pagesOf(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
    name.split(sep).join('/'),
  );
  return files
    .filter((name) => name.endsWith('.html') && !name.endsWith('/embed/index.html'))
    .map((name) => name.replace(/(^|\/)index\.html$/, '$1'))
    .filter(isAsked)
    .sort();
}

/** Address of a folder that is no page of the site, for tests of the tests. */
export const fixtureFolder = (name: string) => join(root, 'tests/fixtures', name);
