/**
 * Part of `npm run format`: an import too long for the 68 columns of a cell becomes several of one line each,
 * where the formatter would give every name a line of its own and push the experiment off the first screen.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const columns = 68;

/** Names in as few lines as hold them. */
export function packImport(names: string[], from: string): string {
  const line = (some: string[]) => `import { ${some.join(', ')} } from '${from}';`;
  const lines: string[][] = [[]];
  for (const name of names) {
    const fits = line([...lines.at(-1)!, name]).length <= columns;
    if (fits || lines.at(-1)!.length === 0) lines.at(-1)!.push(name);
    else lines.push([name]);
  }
  return lines.map(line).join('\n');
}

/** The text of a cell with its imports packed. */
export const packImports = (text: string): string =>
  text.replace(/^import \{\n((?: {2}[\w ]+,\n)+)\} from '([^']+)';$/gm, (_, block: string, from: string) =>
    packImport(
      block
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
      from,
    ),
  );

if (process.argv[1] === import.meta.filename) {
  const cells = (readdirSync('content/papers', { recursive: true }) as string[]).filter((file) =>
    file.endsWith('.ts'),
  );
  for (const file of cells.map((name) => path.join('content/papers', name))) {
    const text = readFileSync(file, 'utf8');
    const packed = packImports(text);
    if (packed !== text) writeFileSync(file, packed);
  }
}
