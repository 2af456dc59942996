/**
 * Part of `npm run format`: the names that a cell imports stand in as few lines of 68 columns as hold them, where
 * the formatter would give every name a line of its own and push the experiment off the first screen.
 * With `--check`, part of `npm run check`: names the cells that are not so.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const columns = 68;

/** Names in as few lines as hold them. */
export function packImport(names: string[], from: string): string {
  const line = (some: string[]) => `import { ${some.join(', ')} } from '${from}';`;
  const lines: string[][] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last && line([...last, name]).length <= columns) last.push(name);
    else lines.push([name]);
  }
  const tooLong = (some: string[]) => line(some).length > columns;
  return lines
    .map((some) => (tooLong(some) ? `import {\n  ${some[0]},\n} from '${from}';` : line(some)))
    .join('\n');
}

/** The text of a cell with its imports packed: neighbours from one place share lines. What cannot be shorter stays. */
export const packImports = (text: string): string =>
  text.replace(/(?:^import \{[^}]*\} from '[^']+';\n)+/gm, (block) => {
    const places: { from: string; names: string[] }[] = [];
    for (const [, list, from] of block.matchAll(/\{([^}]*)\} from '([^']+)'/g)) {
      const names = list.split(',').map((name) => name.trim());
      if (places.at(-1)?.from !== from) places.push({ from, names: [] });
      places.at(-1)!.names.push(...names.filter(Boolean));
    }
    const packed = places.map(({ names, from }) => `${packImport(names, from)}\n`).join('');
    return packed.split('\n').length < block.split('\n').length ? packed : block;
  });

/** The sentence for a cell whose imports take more lines than they need; undefined when they do not. */
export const importsFault = (file: string, text: string): string | undefined =>
  packImports(text) === text
    ? undefined
    : `${file}: found imports that take more lines than they need, expected them packed; run npm run format`;

/** Packs the imports of cells, or with `check` only names those that are not packed; whether all were. */
export function packCells(files: string[], check = false): boolean {
  const faults = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const fault = importsFault(file, text);
    if (fault && !check) writeFileSync(file, packImports(text));
    return fault ?? [];
  });
  if (check) for (const fault of faults) console.log(fault);
  return faults.length === 0;
}

if (process.argv[1] === import.meta.filename) {
  const cells = (readdirSync('content/papers', { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join('content/papers', file.replaceAll(path.sep, '/')));
  const check = process.argv.includes('--check');
  if (!packCells(cells, check) && check) process.exitCode = 1;
}
