import type { TakenCell } from './pack.ts';

/** One import of a cell: `import { a, type B, c as d } from './x';`, over one line or several. */
const IMPORT = /^import\s+(type\s+)?(?:\*\s+as\s+(\w+)|\{([^}]*)\})\s+from\s+['"]([^'"]+)['"];?[ \t]*\n?/gm;

/** `{ a, type B, c as d }` → `a, c: d`; types are no values. */
const namesOf = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name && !name.startsWith('type '))
    .map((name) => name.replace(/^(\w+) as (\w+)$/, '$1: $2'));

function binding(_: string, type: string, whole: string, list: string, from: string): string {
  if (type) return '';
  if (whole) return `const ${whole} = use('${from}');\n`;
  const names = namesOf(list);
  return names.length > 0 ? `const { ${names.join(', ')} } = use('${from}');\n` : '';
}

const EXPORT = /^export (?:(?:async )?function\*? (\w+)|(?:const|let|class) (?:(\w+)|[[{]([^=]*)[\]}] =))/gm;

/** Names that a cell exports, also by taking something apart; types are none. */
function exportsOf(source: string): string[] {
  return [...source.matchAll(EXPORT)].flatMap(([, called, named, apart]) =>
    apart === undefined
      ? [called ?? named]
      : apart
          .split(',')
          .map((name) => name.replace(/^.*:/s, '').replaceAll(/[{}[\]\s]|\.{3}/g, ''))
          .filter(Boolean),
  );
}

/**
 * A cell as a call: `await cell('experiment', async (use) => {…})`. The author's text stands in it line by line; its
 * imports become calls of `use`, and what it exports is what the function returns.
 * @throws when an import or an export is written in a way that this does not know.
 */
export function cellFunction({ name, text, exports: read = [] }: TakenCell): string {
  const exports = [...new Set([...exportsOf(text), ...read])];
  const body = text
    .trim()
    .replace(IMPORT, binding)
    .replace(EXPORT, (found) => found.slice('export '.length))
    .replace(/^export (?=(?:interface|type) \w)/gm, '');
  const stray = /^(?:import|export)\b.*$/m.exec(body);
  if (stray) throw new Error(`${name}.ts has "${stray[0]}", which a downloaded notebook cannot take in.`);
  const returned = exports.length > 0 ? `\nreturn { ${exports.join(', ')} };` : '';
  return `await cell('${name}', async (use) => {\n${body}${returned}\n});`;
}
