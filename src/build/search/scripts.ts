import { standingSlugs } from '../notebooks.ts';
import type { Entry } from './entry.ts';
import { otherEntries } from './guide-entry.ts';
import { paperEntry } from './paper-entry.ts';
import { indexOf } from './parts.ts';

/** Every page that the search box knows, papers in reading order first. */
export const searchEntries = (): Entry[] => [...standingSlugs().map(paperEntry), ...otherEntries()];

/** A part of the index as a classic script: it loads over http and from the disk alike. */
const script = (name: string, content: unknown): string =>
  `(self.searchIndex??={})[${JSON.stringify(name)}]=${JSON.stringify(content)}`;

/** The files of the index, by name. */
export function searchScripts(entries = searchEntries()): Record<string, string> {
  const { core, terms, shapes } = indexOf(entries);
  const parts: [string, unknown][] = [
    ['core', core],
    ...terms.map((part, i): [string, unknown] => [`terms-${i}`, part]),
    ...shapes.map((part, i): [string, unknown] => [`shapes-${i}`, part]),
    ...entries.map(({ record }, i): [string, unknown] => [`page-${i}`, record]),
    ...entries.map(({ formulas }, i): [string, unknown] => [`formulas-${i}`, formulas]),
  ];
  return Object.fromEntries(parts.map(([name, content]) => [`${name}.js`, script(name, content)]));
}

let made: Record<string, string> | undefined;

/** One file of the index for `astro dev`: all are made when the first is asked for. */
export function searchScript(name: string): string | null {
  if (name === 'core.js') made = undefined;
  made ??= searchScripts();
  return made[name] ?? null;
}
