import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Things that take long to make and are made of files alone: kept until one of these changes. */
const folder = '.cache/kept';

/** What was kept under a name; undefined when it was made of something else than `key` names. */
export function recall(name: string, key: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path.join(folder, name), 'utf8');
  } catch {
    return undefined;
  }
  const end = text.indexOf('\n');
  return text.slice(0, end) === key ? text.slice(end + 1) : undefined;
}

/** Keeps a text under a name, with the key of what it was made of; gives the text. */
export function remember(name: string, key: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  // Builds may run side by side: a file is whole or not there.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${key}\n${text}`);
  renameSync(draft, file);
  return text;
}

/** Key of every source of the site and of the packages' versions: what any bundle is made of. */
export function keyOfSources(): string {
  const hash = createHash('sha256').update(readFileSync('node_modules/.package-lock.json'));
  const files = readdirSync('src', { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  for (const file of files.map(({ parentPath, name }) => path.join(parentPath, name)).sort())
    hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}
