import type { PageSource } from '../page-source.ts';
import type { Problem } from '../problem.ts';

/** `<Cell file>` that names no file of the page's folder, or names one twice. */
export function cellProblems(page: PageSource, files: string[]): Problem[] {
  const missing = page.cells.filter((cell) => !files.includes(cell));
  const twice = page.cells.filter((cell, i) => page.cells.indexOf(cell) !== i);
  return [
    ...missing.map((cell) => missingCell(page, cell, files)),
    ...twice.map((cell) => doubleCell(page, cell)),
  ];
}

const missingCell = (page: PageSource, cell: string, files: string[]): Problem => ({
  file: page.file,
  found: `<Cell file="${cell}"> but no ${cell}.ts beside the page`,
  expected: `one of ${files.join(', ')}`,
  remedy: `write ${cell}.ts or mend the name`,
});

const doubleCell = (page: PageSource, cell: string): Problem => ({
  file: page.file,
  found: `<Cell file="${cell}"> twice`,
  expected: 'each cell once',
  remedy: 'remove one of them',
});
