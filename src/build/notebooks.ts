import { existsSync, readFileSync } from 'node:fs';
import { slugs } from '../../content/sections.ts';
import type { Recording } from '../protocol.ts';
import { readNotebook } from './cells.ts';

/** Slugs whose page stands, in reading order. */
export function standingSlugs(): string[] {
  return slugs.filter((slug) => existsSync(`content/papers/${slug}/index.mdx`));
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
