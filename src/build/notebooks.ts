import { existsSync, readFileSync } from 'node:fs';
import { slugs } from '../../content/sections.ts';
import type { Recording } from '../protocol.ts';
import { readCells, readNotebook } from './cells.ts';
import { hashOfCell } from './hashes.ts';
import { ContentError } from './problem.ts';

/** Papers a build is limited to by the variable ONLY (slugs with commas), for looking at a page while others are unfinished. */
export const only: string[] = (process.env.ONLY ?? '').split(',').filter(Boolean);
const isWanted = (slug: string) => only.length === 0 || only.includes(slug);

/** Slugs whose page exists, in reading order, whatever a build is limited to. */
export const writtenSlugs = (): string[] =>
  slugs.filter((slug) => existsSync(`content/papers/${slug}/index.mdx`));

/** Slugs whose page stands in this build, in reading order. */
export const standingSlugs = (): string[] => writtenSlugs().filter(isWanted);

/** The last recorded run of a page; null when there is none. */
export function recordingOf(slug: string): Recording | null {
  const file = `content/papers/${slug}/recorded.json`;
  return existsSync(file) ? parseRecording(slug, file, readFileSync(file, 'utf8')) : null;
}

/** @throws a ContentError when the text is no recording: cut off, or edited by hand. */
export function parseRecording(slug: string, file: string, text: string): Recording {
  const lists = ['assets', 'controls', 'shown', 'checks', 'seeds', 'broken'] as const;
  try {
    const recording: Recording = JSON.parse(text);
    if (lists.every((name) => Array.isArray(recording[name]))) return recording;
  } catch {
    // Said below.
  }
  const expected = 'what npm run record writes';
  throw new ContentError([
    { file, found: 'a file that is no recording', expected, remedy: `run: npm run record ${slug}` },
  ]);
}

/** The classic script that brings a notebook and its recording to the page. */
export async function notebookScript(slug: string): Promise<string> {
  const content = { notebook: readNotebook(slug), recording: recordingOf(slug) };
  return `(self.workingPapers??={})[${JSON.stringify(slug)}]=${JSON.stringify(content)}`;
}

/** The classic script that brings the texts of a paper's cells, for who edits them or takes them along. */
export function sourcesScript(slug: string): string {
  const cells = readCells(slug).map(({ name, text }) => ({
    name,
    text: text.trimEnd(),
    hash: hashOfCell(text),
  }));
  return `(self.workingPapersSources??={})[${JSON.stringify(slug)}]=${JSON.stringify(cells)}`;
}
