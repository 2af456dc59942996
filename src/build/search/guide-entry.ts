import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { termsOf } from '../../search/words.ts';
import { type Entry, newEntry, note, noteText } from './entry.ts';
import { passagesOf } from './prose.ts';

const folder = 'content/guide';

/** The pages of the guide, and the two that are neither paper nor guide. */
export function otherEntries(): Entry[] {
  const guide = readdirSync(folder)
    .filter((file) => /\.mdx?$/.test(file))
    .map((file) => guidePage(file));
  const order = guide.sort((a, b) => a.order - b.order);
  return [...order.map((page, i) => guideEntry(page, i === 0)), ...others.map(plainEntry)];
}

interface GuidePage {
  file: string;
  text: string;
  title: string;
  summary: string;
  order: number;
}

function guidePage(file: string): GuidePage {
  const text = readFileSync(`${folder}/${file}`, 'utf8');
  const front = load(/^---\n([\s\S]*?)\n---/.exec(text)![1]) as Omit<GuidePage, 'file' | 'text'>;
  return { file, text, ...front };
}

function guideEntry({ file, text, title, summary }: GuidePage, isFirst: boolean): Entry {
  const passages = passagesOf(file, text).filter(({ id }) => id);
  const parts = passages.map(({ id, title }): [string, string] => [id, title]);
  const url = isFirst ? 'guide/' : `guide/${file.replace(/\.mdx?$/, '')}/`;
  const entry = newEntry({
    url,
    title,
    topics: [],
    summary,
    parts: [['', title], ...parts],
    symbols: [],
    names: [],
  });
  note(entry, termsOf(`${title} guide`), 0, 8);
  note(entry, termsOf(summary), 0, 4);
  passages.forEach(({ title, text }, i) => {
    note(entry, termsOf(title), i + 1, 6);
    // What the lab offers: `slider(key, …)` at the beginning of a line.
    note(entry, namesIn(text), i + 1, 5);
    noteText(entry, text, i + 1);
  });
  return entry;
}

const namesIn = (text: string): string[] =>
  [...text.matchAll(/\b([a-z]\w+)\(/gi)].map(([, name]) => name.toLowerCase());

const others = [
  {
    url: 'verify/',
    title: 'Verify',
    summary:
      'Runs every notebook of the library on your own machine and says, check by check, what it measured.',
  },
  {
    url: 'offline/',
    title: 'Offline',
    summary:
      'Keep the whole library on this device, or carry its folder: every page reads, searches and runs without a network.',
  },
];

function plainEntry({ url, title, summary }: (typeof others)[number]): Entry {
  const entry = newEntry({
    url,
    title,
    topics: [],
    summary,
    parts: [['', title]],
    symbols: [],
    names: [],
  });
  note(entry, termsOf(title), 0, 8);
  note(entry, termsOf(summary), 0, 4);
  return entry;
}
