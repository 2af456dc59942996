import path from 'node:path';
import type { PageSource } from '../page-source.ts';
import type { Problem } from '../problem.ts';

/** The components of src/pages/papers/[slug].astro, with the attribute each cannot do without. */
const known: Record<string, string | undefined> = {
  Aside: undefined,
  Cell: undefined,
  Measured: 'check',
  Notebook: undefined,
  Reported: 'source',
  Symbols: undefined,
  Try: 'set',
};

/** A page that is no MDX. */
export const syntaxProblems = (page: PageSource): Problem[] =>
  page.syntaxError
    ? [
        {
          file: `${page.file}:${page.syntaxError.line}`,
          found: `text that is no MDX (${page.syntaxError.why})`,
          expected: 'tags that are closed and braces in pairs',
          remedy: 'mend it; a brace or < that is meant as text stands in a formula or in `code`',
        },
      ]
    : [];

/** Components that pages do not have, or without what they must be given. */
export function componentProblems(page: PageSource): Problem[] {
  return page.components.flatMap(({ name, line, attributes }) => {
    const file = `${page.file}:${line}`;
    if (!(name in known))
      return [
        {
          file,
          found: `the component <${name}>`,
          expected: `one of ${Object.keys(known).join(', ')}`,
          remedy: 'mend the name',
        },
      ];
    const needs = known[name];
    if (!needs || attributes.includes(needs)) return [];
    return [
      { file, found: `<${name}> without ${needs}`, expected: `<${name} ${needs}=…>`, remedy: 'add it' },
    ];
  });
}

/** Pictures without a file. `exists` is asked with paths from the root of the project. */
export function imageProblems(page: PageSource, exists: (file: string) => boolean): Problem[] {
  const absent = page.images.filter((url) => !exists(fileOf(page, url)));
  return absent.map((url) => ({
    file: page.file,
    found: `the picture "${url}" but no file ${fileOf(page, url)}`,
    expected: 'a file beside the page ("./name.png") or in public/ ("/name.png")',
    remedy: 'put it there or mend the address',
  }));
}

const fileOf = (page: PageSource, url: string) =>
  url.startsWith('/') ? `public${url}` : path.posix.join(path.posix.dirname(page.file), url);
