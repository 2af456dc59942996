import { OrderError, runningOrder } from '../../cell-order.ts';
import { compileCell, lineOfSyntaxError } from '../../compile-cell.ts';
import type { CellSource } from '../cells.ts';
import type { PageSource } from '../page-source.ts';
import type { Problem } from '../problem.ts';

/** A cell as the checks see it; `name` and text. Mechanisms of other papers are among them, as '../other/mechanism'. */
export type Cell = Pick<CellSource, 'name' | 'text'>;

/** What the layout of a page calls its own parts. */
const taken = [
  'main',
  'notebook',
  'notebook-title',
  'finding',
  'checks',
  'symbols',
  'related',
  'take',
  'cite',
  'bibtex',
  'embed-here',
  'embed-line',
  'report-a-mistake',
];

const isOwn = (name: string) => !name.startsWith('..');

/** `<Cell file>` that names no file of the page's folder, or names one twice, and files that no `<Cell>` names. */
export function cellProblems(page: PageSource, names: string[]): Problem[] {
  const files = names.filter(isOwn);
  const missing = page.cells.filter((cell) => !files.includes(cell));
  const twice = page.cells.filter((cell, i) => page.cells.indexOf(cell) !== i);
  // A name that is misspelt leaves its file unnamed too: said once.
  const unnamed = missing.length > 0 ? [] : files.filter((file) => !page.cells.includes(file));
  return [
    ...missing.map((cell) => missingCell(page, cell, files)),
    ...twice.map((cell) => doubleCell(page, cell)),
    ...page.cells
      .filter((cell) => [...taken, ...page.ids].includes(cell))
      .map((cell) => takenName(page, cell)),
    ...unnamed.map((file) => unnamedCell(page, file)),
  ];
}

function missingCell(page: PageSource, cell: string, files: string[]): Problem {
  const expected = `one of ${files.join(', ')}`;
  const found = cell ? `<Cell file="${cell}">` : '<Cell> without a file';
  if (!cell) return { file: page.file, found, expected, remedy: 'name one: <Cell file="experiment">' };
  if (cell.endsWith('.ts')) return { file: page.file, found, expected, remedy: 'leave out the ending .ts' };
  return {
    file: page.file,
    found: `${found} but no ${cell}.ts beside the page`,
    expected,
    remedy: `write ${cell}.ts or mend the name`,
  };
}

const doubleCell = (page: PageSource, cell: string): Problem => ({
  file: page.file,
  found: `<Cell file="${cell}"> twice`,
  expected: 'each cell once',
  remedy: 'remove one of them',
});

/** A cell's name is its address on the page. */
const takenName = (page: PageSource, cell: string): Problem => ({
  file: page.file,
  found: `<Cell file="${cell}">, the address of another part of the page`,
  expected: 'an address for each part',
  remedy: `call ${cell}.ts otherwise`,
});

/** It would run, and its figures and checks would be counted, unseen. */
const unnamedCell = (page: PageSource, file: string): Problem => ({
  file: page.file,
  found: `the cell ${file}.ts, which no <Cell> names`,
  expected: 'every cell of the folder on the page, because all of them run',
  remedy: `add <Cell file="${file}"> or remove ${file}.ts`,
});

/** Cells that do not parse, and imports that lead nowhere. */
export function textProblems(page: PageSource, cells: Cell[]): Problem[] {
  const names = cells.map((cell) => cell.name);
  const faults = cells.filter(({ name }) => isOwn(name)).flatMap((cell) => textOf(page, cell, names));
  return faults.length > 0 ? faults : circles(page, cells);
}

/** Cells that import one another: none of them can run first. */
function circles(page: PageSource, cells: Cell[]): Problem[] {
  try {
    runningOrder(cells.map(({ name, text }) => compileCell(name, text)));
    return [];
  } catch (error) {
    if (!(error instanceof OrderError)) throw error;
    return [
      {
        file: page.file.replace('index.mdx', `${error.cell}.ts`),
        found: error.message,
        expected: 'imports that lead to a cell which needs none of them',
        remedy: 'move what both need into a third cell',
      },
    ];
  }
}

function textOf(page: PageSource, { name, text }: Cell, names: string[]): Problem[] {
  const file = page.file.replace('index.mdx', `${name}.ts`);
  try {
    const { imports } = compileCell(name, text);
    return imports.filter((from) => !leads(from, names)).map((from) => strayImport(file, from, names));
  } catch (error) {
    const line = lineOfSyntaxError(error);
    const why = (error as Error).message.replace(/^.* does not parse: /, '').replace(/ \(line .*$/, '');
    return [
      {
        file: line ? `${file}:${line}` : file,
        found: `a cell that does not parse (${why})`,
        expected: 'TypeScript whose types can be removed',
        remedy: 'mend the line',
      },
    ];
  }
}

const leads = (from: string, names: string[]) =>
  from === 'lab' || from === '@tensorflow/tfjs' || names.includes(from.replace(/^\.\//, ''));

const strayImport = (file: string, from: string, names: string[]): Problem => ({
  file,
  found: `an import from '${from}'`,
  expected: `'lab', '@tensorflow/tfjs', a cell beside it (${names
    .filter(isOwn)
    .map((name) => `'./${name}'`)
    .join(', ')}) or '../<slug>/mechanism' of a paper that has one`,
  remedy: 'mend the import',
});
