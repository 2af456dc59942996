import { renderTex, symUses } from '../katex.ts';
import type { PageSource } from '../page-source.ts';
import type { Problem } from '../problem.ts';

const words = (text: string): Set<string> => new Set(text.match(/[A-Za-z_$][\w$]*/g) ?? []);

/** A row of the symbol table. */
interface Row {
  key: string;
  tex: string;
}

/** Keys that stand in two rows, and letters that KaTeX does not read. */
export function rowProblems(page: PageSource, rows: Row[]): Problem[] {
  const again = rows.filter((row, i) => rows.findIndex(({ key }) => key === row.key) !== i);
  const unread = rows.filter(({ tex }) => !reads(tex));
  return [
    ...again.map(({ key }) => ({
      file: page.file,
      found: `the symbol "${key}" in two rows of symbols`,
      expected: 'one row a key',
      remedy: 'rename or remove one of them',
    })),
    ...unread.map(({ key, tex }) => ({
      file: page.file,
      found: `tex: "${tex}" of the symbol "${key}"`,
      expected: 'TeX that KaTeX reads',
      remedy: 'mend it, in single quotes so that backslashes stay as they are',
    })),
  ];
}

function reads(tex: string): boolean {
  try {
    return renderTex(tex) !== '';
  } catch {
    return false;
  }
}

/** Rows of the symbol table that light up nothing: in no cell and in no formula. */
export function symbolProblems(page: PageSource, keys: string[], cellTexts: string[]): Problem[] {
  const inCells = words(cellTexts.join('\n'));
  const inFormulas = new Set(page.formulas.flatMap((formula) => symUses(formula.tex).map((use) => use.key)));
  const idle = keys.filter((key) => !inCells.has(key) && !inFormulas.has(key));
  return idle.map((key) => ({
    file: page.file,
    found: `the symbol "${key}" in no cell and in no formula`,
    expected: `an identifier ${key} in a cell or \\sym{${key}} in a formula`,
    remedy: 'use it or remove it from symbols',
  }));
}
