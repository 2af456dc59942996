/** A formula as a tree: what the reader of typed formulas and KaTeX's parse tree are both brought to. */
export type MathNode =
  /** A letter, with the mark above it, if any. */
  | { kind: 'letter'; text: string }
  | { kind: 'number'; text: string }
  /** A function or large operator: softmax, sum. */
  | { kind: 'name'; text: string }
  /** An operator, a relation, a bracket, a comma. */
  | { kind: 'mark'; text: string }
  /** Words inside a formula. */
  | { kind: 'text'; text: string }
  /** A new line, or a wide space: the formula begins again. */
  | { kind: 'break' }
  | { kind: 'row'; items: MathNode[] }
  | { kind: 'fraction'; over: MathNode; under: MathNode }
  | { kind: 'root'; of: MathNode }
  | { kind: 'over'; mark: string; of: MathNode }
  | { kind: 'script'; base: MathNode; sub?: MathNode; sup?: MathNode };

export const row = (items: MathNode[]): MathNode => (items.length === 1 ? items[0] : { kind: 'row', items });
export const mark = (text: string): MathNode => ({ kind: 'mark', text });
export const letter = (text: string): MathNode => ({ kind: 'letter', text });

/** A letter under a mark is another letter; a mark over more stays a mark. */
export const accented = (sign: string, of: MathNode): MathNode =>
  of.kind === 'letter' ? letter(`${of.text}${sign}`) : { kind: 'over', mark: sign, of };

/** Letters set upright: a function's name, one letter, or words. */
export function upright(text: string): MathNode {
  const word = text.trim();
  if (/^\p{L}$/u.test(word)) return letter(word);
  return /^[\p{L}\p{N}-]+$/u.test(word) ? { kind: 'name', text: word } : { kind: 'text', text };
}
