import type { MathNode } from './math-node.ts';
import { operators } from './math-signs.ts';
import { readMath } from './read-math.ts';

const up: Record<string, string> = Object.fromEntries(
  [...'0123456789+-()nik⊤′∗'].map((c, i) => [c, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵏᵀ′*'][i]]),
);
const down: Record<string, string> = Object.fromEntries(
  [...'0123456789+-()ijklmntxeaospr'].map((c, i) => [c, [...'₀₁₂₃₄₅₆₇₈₉₊₋₍₎ᵢⱼₖₗₘₙₜₓₑₐₒₛₚᵣ'][i]]),
);

/** A formula in TeX as a line of text: softmax(βXᵀξ). For excerpts, and for those who hear the page. */
export const plainMath = (tex: string): string => textOf(readMath(tex)).replace(/ +/g, ' ').trim();

const spaced = /^[=≤≥<>≈∼∝∈→←↦⇒⇔≠≡+−⊙⊗∪∩±]$/;

function textOf(nodes: MathNode[]): string {
  return nodes.map((node, i) => one(node, nodes[i - 1], nodes[i + 1])).join('');
}

function one(node: MathNode, before?: MathNode, next?: MathNode): string {
  switch (node.kind) {
    case 'mark':
      return sign(node.text, before);
    case 'name':
      return named(node.text, before, next);
    case 'break':
      return '  ';
    case 'text':
      return ` ${node.text} `;
    case 'row':
      return textOf(node.items);
    case 'fraction':
      return `${grouped(node.over)}/${grouped(node.under)}`;
    case 'root':
      return `√${grouped(node.of)}`;
    case 'over':
      return textOf([node.of]);
    case 'script':
      return one(node.base, before) + index(node.sub, down, '_') + index(node.sup, up, '^');
    default:
      return node.text;
  }
}

function sign(text: string, before: MathNode | undefined): string {
  const shown = text === '-' ? '−' : text;
  if (text === ',') return ', ';
  const isUnary =
    before === undefined ||
    before.kind === 'break' ||
    (before.kind === 'mark' && !/[)\]|‖]/.test(before.text));
  return spaced.test(shown) && !isUnary ? ` ${shown} ` : shown;
}

function named(text: string, before?: MathNode, next?: MathNode): string {
  const space = before && /^(letter|number|script|name)$/.test(before.kind) ? ' ' : '';
  const opens = !next || text in operators || (next.kind === 'mark' && /[([{‖|]/.test(next.text));
  return `${space}${operators[text] ?? text}${opens ? '' : ' '}`;
}

function grouped(node: MathNode): string {
  const text = textOf([node]).trim();
  return node.kind === 'row' && node.items.length > 1 ? `(${text})` : text;
}

function index(node: MathNode | undefined, signs: Record<string, string>, mark: string): string {
  if (!node) return '';
  const text = textOf([node]).replaceAll('−', '-').replaceAll(' ', '');
  if ([...text].every((c) => c in signs)) return [...text].map((c) => signs[c]).join('');
  return text.length > 1 ? `${mark}(${textOf([node]).trim()})` : mark + text;
}
