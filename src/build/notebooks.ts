import { existsSync, readFileSync } from 'node:fs';
import { slugs } from '../../content/sections.ts';
import type { Recording } from '../protocol.ts';
import { readNotebook } from './cells.ts';

/** Papers a build is limited to by the variable ONLY (slugs with commas), for looking at a page while others are unfinished. */
export const only: string[] = (process.env.ONLY ?? '').split(',').filter(Boolean);
const isWanted = (slug: string) => only.length === 0 || only.includes(slug);

/** Slugs whose page stands, in reading order. */
export function standingSlugs(): string[] {
  return slugs.filter((slug) => isWanted(slug) && existsSync(`content/papers/${slug}/index.mdx`));
}

/** The last recorded run of a page; null when there is none. */
export function recordingOf(slug: string): Recording | null {
  const file = `content/papers/${slug}/recorded.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** The classic script that brings a notebook and its recording to the page. */
export async function notebookScript(slug: string): Promise<string> {
  const content = { notebook: readNotebook(slug), recording: recordingOf(slug) };
  return `(self.workingPapers??={})[${JSON.stringify(slug)}]=${JSON.stringify(content)}`;
}
