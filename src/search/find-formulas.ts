import { type Core, type FormulaRow, fromSteps, type Parts, shapePart } from './format.ts';
import { readMath } from './read-math.ts';
import { gramsOf, pieces, symbolsOf, tokensOf, weightOf } from './shape.ts';

/** A formula of a page that has the shape asked for. */
export interface FormulaHit {
  page: number;
  formula: FormulaRow;
  /** From 0 to 1: all of the shape is there, and little else. */
  likeness: number;
}

/** How many parts of the shapes a query may fetch, and how many formulas and pages are then compared. */
const mostParts = 6;
const mostFormulas = 60;
const mostPages = 8;

/** Formulas by their shape, whatever their letters, best first. */
export async function findFormulas(text: string, core: Core, parts: Parts): Promise<FormulaHit[]> {
  const shape = shapeOf(text, core.names);
  if (shape.outline.flat().length < 2) return [];
  const candidates = await promising(shape.outline, core, parts);
  const pages = [...new Set(candidates.map(({ page }) => page))].slice(0, mostPages);
  const rows = new Map(
    await Promise.all(pages.map(async (page) => [page, await parts.formulas(page)] as const)),
  );
  return candidates
    .filter(({ page }) => rows.has(page))
    .map(({ page, number }) => ({ page, formula: rows.get(page)![number] }))
    .map((hit) => ({ ...hit, likeness: likeness(shape, hit.formula) }))
    .sort((a, b) => b.likeness - a.likeness);
}

interface Shape {
  outline: string[][];
  whole: string[][];
  letters: Set<string>;
}

function shapeOf(text: string, names: string[]): Shape {
  const tree = readMath(text, names);
  return {
    outline: tokensOf(tree, 'outline'),
    whole: tokensOf(tree, 'whole'),
    letters: new Set(symbolsOf(tree)),
  };
}

/** Formulas that hold most of the shape's pieces, by the parts of the index that the telling pieces lie in. */
async function promising(
  outline: string[][],
  core: Core,
  parts: Parts,
): Promise<{ page: number; number: number }[]> {
  const wanted = telling(gramsOf(outline), core.shapes);
  const starts = startsOf(core.formulas);
  const scores = new Map<number, number>();
  const held = await Promise.all(wanted.map((gram) => parts.shapes(shapePart(gram, core.shapes))));
  for (const [i, gram] of wanted.entries()) {
    const places = fromSteps(held[i][gram] ?? []);
    const worth = weightOf(gram.split(' ')) / Math.sqrt(1 + places.length);
    for (const formula of places) scores.set(formula, (scores.get(formula) ?? 0) + worth);
  }
  return [...scores]
    .sort((a, b) => b[1] - a[1])
    .slice(0, mostFormulas)
    .map(([formula]) => located(formula, starts));
}

/** The pieces that say most, as far as a few parts of the index hold them. */
function telling(grams: string[], parts: number): string[] {
  const sorted = grams.sort((a, b) => weightOf(b.split(' ')) - weightOf(a.split(' ')));
  const used = new Set<number>();
  return sorted.filter((gram) => {
    const part = shapePart(gram, parts);
    if (used.size >= mostParts && !used.has(part)) return false;
    used.add(part);
    return true;
  });
}

/** The number of each page's first formula. */
function startsOf(counts: number[]): number[] {
  const starts = [0];
  for (const count of counts) starts.push(starts.at(-1)! + count);
  return starts.slice(0, -1);
}

/** The page of a formula, and its number there. */
function located(formula: number, starts: number[]): { page: number; number: number } {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle] <= formula) low = middle;
    else high = middle - 1;
  }
  return { page: low, number: formula - starts[low] };
}

const shapes = new WeakMap<FormulaRow, Shape>();

/** A formula of the index, read once. */
function shapeAt(row: FormulaRow): Shape {
  if (!shapes.has(row)) shapes.set(row, shapeOf(row[2], []));
  return shapes.get(row)!;
}

/** All lines of a formula together, or the one that fits best. The names that were asked for are to be there, the same letters are welcome. */
function likeness(asked: Shape, row: FormulaRow): number {
  const found = shapeAt(row);
  const letters = share(asked.letters, found.letters);
  const whole = shared(asked.whole, found.whole);
  const lines = found.outline.length > 1 ? found.outline.map((line) => [line]) : [];
  const fits = [found.outline, ...lines].map((rows) => {
    const outline = shared(asked.outline, rows);
    return (0.6 * outline.asked + 0.4 * whole.asked) * (0.8 + 0.15 * outline.found + 0.05 * letters);
  });
  return Math.max(...fits) * (0.6 + 0.4 * share(namesIn(asked), namesIn(found)));
}

const namesIn = ({ outline }: Shape): Set<string> =>
  new Set(outline.flat().filter((token) => /^\p{L}{2,}/u.test(token)));

/** How much of one set is in another; all of an empty one. */
const share = (asked: Set<string>, found: Set<string>): number =>
  asked.size === 0 ? 1 : [...asked].filter((one) => found.has(one)).length / asked.size;

/** The shares of both shapes that agree, in pieces of one to five tokens, long ones counting more. */
function shared(asked: string[][], found: string[][]): { asked: number; found: number } {
  const [there, here] = [counted(asked), counted(found)];
  let [both, all, other] = [0, 0, 0];
  for (const [piece, count] of there) {
    const weight = weightOf(piece.split(' '));
    all += count * weight;
    both += Math.min(count, here.get(piece) ?? 0) * weight;
  }
  for (const [piece, count] of here) other += count * weightOf(piece.split(' '));
  return { asked: all ? both / all : 0, found: other ? both / other : 0 };
}

function counted(rows: string[][]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const size of [1, 2, 3, 4, 5])
    for (const piece of pieces(rows, size))
      if (size > 1 || piece[0] !== '~') counts.set(piece, (counts.get(piece) ?? 0) + 1);
  return counts;
}
