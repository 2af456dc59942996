import { cellFunction } from './cell-function.ts';
import { headed, type NotebookCell, type TakenCell, type TakePack } from './pack.ts';
import { aboutOf } from './program.ts';

/** A text as a notebook keeps it: its lines, each with its end. */
export const linesOf = (text: string): string[] => text.split(/(?<=\n)/);

/** Whose code a reader changed has the reader's; what was recorded then belongs to no cell of the file. */
function filled(cell: NotebookCell, cells: Map<string, TakenCell>, edited: boolean): NotebookCell {
  const { working_papers_cell: name, ...metadata } = cell.metadata;
  const taken = name === undefined ? undefined : cells.get(name);
  if (!taken) return { ...cell, metadata };
  const source = linesOf(headed(taken, cellFunction(taken)));
  return { ...cell, metadata, source, outputs: edited ? [] : cell.outputs };
}

/**
 * The page as a notebook file. `lab` is what runs its cells, compressed, as base64: it lies in the file's metadata with
 * the data files, where no program shows it. @throws where a cell cannot be taken in.
 */
export function notebookFile(
  pack: TakePack,
  cells: TakenCell[],
  lab: string,
  files: Record<string, string>,
): string {
  const { colours, notebook } = pack;
  const named = new Map(cells.map((cell) => [cell.name, cell]));
  const edited = cells.some((cell) => cell.edited);
  const own = { about: aboutOf(pack, cells), colours, files, lab };
  const whole = {
    ...notebook,
    cells: notebook.cells.map((cell) => filled(cell, named, edited)),
    metadata: { ...notebook.metadata, working_papers: own },
  };
  return `${JSON.stringify(whole, null, 1)}\n`;
}
