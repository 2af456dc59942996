import type { MathNode } from './math-node.ts';
import { functions, oneName, oneSign, operators } from './math-signs.ts';

/** How much of a formula counts: its outline, or also brackets, indices and limits. */
export type Detail = 'outline' | 'whole';

/**
 * A formula as rows of tokens, a row for each line of it. A letter is its name after `~`; everything else is brought to
 * one notation: a fraction is a division, `\exp(x)` is e^x, `\ln` is log, brackets are round.
 */
export function tokensOf(nodes: MathNode[], detail: Detail): string[][] {
  const rows: string[][] = [[]];
  for (const node of nodes.flatMap(spread)) {
    if (node.kind === 'break') rows.push([]);
    else rows.at(-1)!.push(...write(node, detail));
  }
  // A norm's bars are one or two.
  const single = (tokens: string[]) => tokens.filter((token, i) => token !== '|' || tokens[i - 1] !== '|');
  return rows.map(single).filter((tokens) => tokens.length > 0);
}

/** Lines inside a group are lines too. */
const spread = (node: MathNode): MathNode[] => (node.kind === 'row' ? node.items.flatMap(spread) : [node]);

const isOpen = (sign: string) => sign === '(' || sign === ')' || sign === ',' || sign === '…';

function write(node: MathNode, detail: Detail): string[] {
  switch (node.kind) {
    case 'letter':
      return [`~${node.text.normalize('NFC')}`];
    case 'number':
      return [node.text];
    case 'name':
      return [oneName(node.text)];
    case 'mark':
      return signs(node.text, detail);
    case 'row':
      return node.items.flatMap((item) => write(item, detail));
    case 'fraction':
      return [...write(node.over, detail), '/', ...write(node.under, detail)];
    case 'root':
      return ['√', ...write(node.of, detail)];
    case 'over':
      return write(node.of, detail);
    case 'script':
      return scripted(node, detail);
    default:
      return [];
  }
}

function signs(text: string, detail: Detail): string[] {
  const sign = oneSign(text);
  return sign === '' || sign === '·' || (detail === 'outline' && isOpen(sign)) ? [] : [sign];
}

/** Operators that stand over a range: what stands below and above them is no power. */
const ranged = (node: MathNode): boolean =>
  node.kind === 'name' &&
  (node.text in operators || functions.has(node.text.toLowerCase()) || node.text === 'E');

type Script = Extract<MathNode, { kind: 'script' }>;

function scripted({ base, sub, sup }: Script, detail: Detail): string[] {
  const of = write(base, detail);
  if (of.length === 1 && of[0] === '~e' && sup && !sub) return ['exp', ...write(sup, detail)];
  const below = sub && detail === 'whole' ? ['_', ...write(sub, detail)] : [];
  return [...of, ...below, ...(sup ? raised(base, sup, detail) : [])];
}

function raised(base: MathNode, sup: MathNode, detail: Detail): string[] {
  const up = write(sup, 'whole');
  const sign = up.join(' ');
  if (up.length === 0) return [];
  if (sign === '~T' || sign === '⊤') return ['⊤'];
  if (detail === 'whole') return ['^', ...up];
  const isPower = !ranged(base) && !/^[(′·+⋆†]|^-$/.test(sign);
  return isPower ? ['^', ...write(sup, detail)] : [];
}

/** Letters by their first appearance: Q K ⊤ and A B ⊤ are one shape. */
export function renamed(tokens: string[]): string[] {
  const seen = new Map<string, string>();
  return tokens.map((token) => {
    if (token[0] !== '~') return token;
    if (!seen.has(token)) seen.set(token, String.fromCharCode(97 + seen.size));
    return `~${seen.get(token)}`;
  });
}

/** How much agreeing in this says: names most, letters least. */
export const weightOf = (tokens: string[]): number =>
  tokens.reduce(
    (sum, token) => sum + (token[0] === '~' ? 0.4 : /^\p{L}{2,}|^E$|[√⊤⊙⊗]/u.test(token) ? 1.6 : 1),
    0,
  );

/** The pieces of a shape, `size` tokens long, letters renamed in each. */
export function pieces(rows: string[][], size: number): string[] {
  return rows.flatMap((tokens) =>
    Array.from({ length: Math.max(0, tokens.length - size + 1) }, (_, i) =>
      renamed(tokens.slice(i, i + size)).join(' '),
    ),
  );
}

/** What the index keeps of a formula: pieces of three tokens, and those of two that hold more than letters. */
export function gramsOf(rows: string[][]): string[] {
  const pairs = pieces(rows, 2).filter((piece) => piece.split(' ').some((token) => token[0] !== '~'));
  return [...new Set([...pieces(rows, 3), ...pairs])];
}

/** The letters of a formula with their indices, as one looks them up: β, d_k. */
export function symbolsOf(nodes: MathNode[]): string[] {
  const found = new Set<string>();
  const visit = (node: MathNode): void => {
    if (node.kind === 'letter') found.add(node.text.normalize('NFC'));
    if (node.kind === 'script') lookUp(node, found);
    for (const child of childrenOf(node)) visit(child);
  };
  nodes.forEach(visit);
  return [...found];
}

function lookUp(node: Script, found: Set<string>): void {
  if (node.base.kind !== 'letter' && node.base.kind !== 'name') return;
  const part = (under: MathNode | undefined, sign: string) =>
    under ? sign + write(under, 'whole').join('').replaceAll('~', '') : '';
  const name = node.base.text.normalize('NFC');
  if (node.sub) found.add(name + part(node.sub, '_'));
  if (node.sup) found.add(name + part(node.sub, '_') + part(node.sup, '^'));
}

function childrenOf(node: MathNode): MathNode[] {
  if (node.kind === 'row') return node.items;
  if (node.kind === 'fraction') return [node.over, node.under];
  if (node.kind === 'root' || node.kind === 'over') return [node.of];
  if (node.kind === 'script')
    return [node.base, ...(node.sub ? [node.sub] : []), ...(node.sup ? [node.sup] : [])];
  return [];
}
