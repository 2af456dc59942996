import type { StoredFile } from '../../lab/safetensors-bytes.ts';

/** How one data set of `public/data` is made, and what `SOURCES.md` says of it. */
export interface Recipe {
  /** The word after `npm run data --`. */
  name: string;
  title: string;
  /** Where it comes from: package, version, and what the package took it from. */
  origin: string;
  licence: string;
  /** What was kept, in which order, and what was lost on the way. */
  contents: string;
  /** Names of its files, without `.safetensors.gz`. */
  files: string[];
  /** The files by name. */
  make(): Promise<Record<string, StoredFile>>;
}

/** Strings as one array of UTF-8 bytes, one string a line. */
export function textOf(strings: string[]) {
  const data = new TextEncoder().encode(strings.join('\n'));
  return { shape: [data.length], data };
}
