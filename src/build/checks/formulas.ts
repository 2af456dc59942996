import { displayWidth, formulaId, plainTex, renderTex, splitTag, symUses } from '../katex.ts';
import type { Formula, PageSource } from '../page-source.ts';
import type { Problem } from '../problem.ts';

/** Formulas that do not parse, and letters marked with a key that the symbol table lacks. */
export function formulaProblems(page: PageSource, keys: string[]): Problem[] {
  return [
    ...page.formulas.flatMap((formula) => [...parsing(page, formula), ...unknownKeys(page, formula, keys)]),
    ...doubleTags(page),
  ];
}

/** A number is an address: two formulas cannot have the same. */
function doubleTags(page: PageSource): Problem[] {
  const ids = page.formulas.map(({ tex }) => formulaId(tex));
  const twice = page.formulas.filter((_, i) => ids[i] !== null && ids.indexOf(ids[i]) !== i);
  return twice.map(({ tex, line }) => ({
    file: `${page.file}:${line}`,
    found: `a second formula with \\tag{${splitTag(tex).tag}}`,
    expected: 'each number once',
    remedy: 'give it another number',
  }));
}

function parsing(page: PageSource, formula: Formula): Problem[] {
  try {
    renderTex(formula.tex, formula.display);
    return wide(page, formula);
  } catch (error) {
    const why = (error as Error).message.replace(/^KaTeX parse error: /, '');
    return [
      {
        file: `${page.file}:${formula.line}`,
        found: `the formula "${plainTex(formula.tex.trim())}" (${why})`,
        expected: 'TeX that KaTeX reads',
        remedy: 'mend the formula',
      },
    ];
  }
}

/** The widest formula, in em, that a phone of 390 px can show whole in letters one can read. */
const WIDEST = 25;

function wide(page: PageSource, { tex, display, line }: Formula): Problem[] {
  const width = display ? displayWidth(tex) : 0;
  if (width <= WIDEST) return [];
  return [
    {
      file: `${page.file}:${line}`,
      found: `a formula ${width.toFixed(0)} em wide`,
      expected: `at most ${WIDEST} em, what a phone can show`,
      remedy: 'break it into lines: \\begin{gathered} … \\\\ … \\end{gathered}',
    },
  ];
}

function unknownKeys(page: PageSource, formula: Formula, keys: string[]): Problem[] {
  const unknown = symUses(formula.tex).filter((use) => !keys.includes(use.key));
  return unknown.map((use) => ({
    file: `${page.file}:${formula.line}`,
    found: `\\sym{${use.key}} in a formula`,
    expected: `one of the keys ${keys.join(', ')}`,
    remedy: `add "${use.key}" to symbols in the frontmatter or mend the key`,
  }));
}
