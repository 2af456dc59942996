import { symUses } from '../katex.ts';
import type { PageSource } from '../page-source.ts';
import type { Problem } from '../problem.ts';

const words = (text: string): Set<string> => new Set(text.match(/[A-Za-z_$][\w$]*/g) ?? []);

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
