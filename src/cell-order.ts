import type { CompiledCell } from './protocol.ts';

/** Cells that cannot be put in order; `cell` is the one to mend. */
export class OrderError extends Error {
  readonly cell: string;
  readonly hint: string;
  constructor(cell: string, message: string, hint: string) {
    super(message);
    this.name = 'OrderError';
    this.cell = cell;
    this.hint = hint;
  }
}

/** The name of the cell that `specifier`, written in `from`, means: './mechanism' → 'mechanism'; undefined for packages. */
export function cellNameOf(specifier: string, from = ''): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const folder = from.includes('/') ? from.slice(0, from.lastIndexOf('/') + 1) : '';
  return specifier.startsWith('./') ? folder + specifier.slice(2) : specifier;
}

/**
 * The cells in running order: reading order, but what a cell imports comes before it.
 * @throws naming the cell when an import is missing or leads back to itself.
 */
export function runningOrder(cells: CompiledCell[]): CompiledCell[] {
  const byName = new Map(cells.map((cell) => [cell.name, cell]));
  const ordered: CompiledCell[] = [];
  const open = new Set<string>();
  const visit = (cell: CompiledCell) => {
    if (ordered.includes(cell)) return;
    if (open.has(cell.name))
      throw new OrderError(
        cell.name,
        `${cell.name}.ts imports itself, by way of ${[...open].join(', ')}`,
        'Move what both need into a third cell.',
      );
    open.add(cell.name);
    for (const specifier of cell.imports) visitImport(cell, specifier);
    open.delete(cell.name);
    ordered.push(cell);
  };
  const visitImport = (cell: CompiledCell, specifier: string) => {
    const name = cellNameOf(specifier, cell.name);
    if (name === undefined) return;
    const found = byName.get(name);
    if (!found)
      throw new OrderError(
        cell.name,
        `${cell.name}.ts imports '${specifier}', but the notebook has only ${[...byName.keys()].join(', ')}`,
        'Mend the name, or write the cell.',
      );
    visit(found);
  };
  cells.forEach(visit);
  return ordered;
}
