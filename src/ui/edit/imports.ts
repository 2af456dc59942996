import type { CellError, CompiledCell } from '../../protocol.ts';

/** A cell that cannot run with the cells beside it, and why. */
export interface Refusal {
  cell: string;
  error: CellError;
}

/** What a cell's compiled body uses of each cell it imports: './mechanism' → energy, retrieve. */
export function usedOf({ body }: CompiledCell): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  for (const [, variable, specifier] of body.matchAll(/var (_\w+) = require\('([^']+)'\)/g)) {
    const names = [...body.matchAll(new RegExp(`(?<![\\w$.])${variable}\\.(\\w+)`, 'g'))].map(
      (match) => match[1],
    );
    used.set(specifier, new Set([...(used.get(specifier) ?? []), ...names]));
  }
  return used;
}

/** Also names that a pattern exports: `export const [a] = …`. */
const exported = ({ exports, body }: CompiledCell, name: string) =>
  exports.includes(name) || new RegExp(`\\bexports\\.${name}\\b`).test(body);

const nameOf = (specifier: string) => (specifier.startsWith('./') ? specifier.slice(2) : specifier);

/** The first name that a cell imports from an edited one that no longer exports it; both are named. */
export function missingExport(cells: CompiledCell[], edited: (name: string) => boolean): Refusal | undefined {
  for (const cell of cells) {
    for (const [specifier, names] of usedOf(cell)) {
      const from = cells.find(({ name }) => name === nameOf(specifier));
      if (!from || (!edited(from.name) && !edited(cell.name)) || /_createStarExport\(/.test(from.body))
        continue;
      const missing = [...names].find((name) => name !== 'default' && !exported(from, name));
      if (missing) return { cell: cell.name, error: missingError(cell.name, from, missing) };
    }
  }
  return undefined;
}

function missingError(cell: string, from: CompiledCell, name: string): CellError {
  const has = from.exports.length > 0 ? `it exports ${from.exports.join(', ')}` : 'it exports nothing';
  return {
    kind: 'missing',
    message: `${cell}.ts imports '${name}' from ${from.name}.ts, which does not export it as it stands now; ${has}`,
    hint: `Export '${name}' in ${from.name}.ts, or change the import in ${cell}.ts.`,
  };
}
