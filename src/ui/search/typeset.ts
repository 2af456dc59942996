import type { MathNode } from '../../search/math-node.ts';
import { operators } from '../../search/math-signs.ts';
import { readMath } from '../../search/read-math.ts';

/** A formula set in a line of a result: indices, powers and fractions in their places, without KaTeX, which weighs more than the index. */
export function typeset(document: Document, tex: string): HTMLElement {
  const line = document.createElement('span');
  line.className = 'math';
  line.append(...new Setter(document).all(readMath(tex)));
  return line;
}

const relation = /^[=≤≥<>≈≃∼∝∈→←↦⇒⇔≠≡]$/;
const binary = /^[+−±⊙⊗∪∩×]$/;

class Setter {
  private readonly document: Document;

  constructor(document: Document) {
    this.document = document;
  }

  all(nodes: MathNode[]): Node[] {
    return nodes.map((node, i) => this.one(node, nodes[i - 1]));
  }

  private one(node: MathNode, before: MathNode | undefined): Node {
    switch (node.kind) {
      case 'letter':
        return this.element('i', '', this.text(node.text));
      case 'mark':
        return this.text(sign(node.text, before));
      case 'name':
        return this.text(name(node.text, before));
      case 'break':
        return this.text('\u2003');
      case 'row':
        return this.element('span', '', ...this.all(node.items));
      case 'fraction':
        return this.element('span', 'over', this.one(node.over, undefined), this.one(node.under, undefined));
      case 'root':
        return this.element(
          'span',
          'root',
          this.text('√'),
          this.element('span', '', this.one(node.of, undefined)),
        );
      case 'over':
        return this.element('span', 'bar', this.one(node.of, undefined));
      case 'script':
        return this.script(node, before);
      default:
        return this.text(node.text);
    }
  }

  private script(
    { base, sub, sup }: Extract<MathNode, { kind: 'script' }>,
    before: MathNode | undefined,
  ): Node {
    const parts = [this.one(base, before)];
    const index = (kind: 'sub' | 'sup', of: MathNode | undefined) =>
      of ? [this.element(kind, '', this.one(of, undefined))] : [];
    if (sub && sup)
      return this.element(
        'span',
        '',
        ...parts,
        this.element('span', 'both', ...index('sup', sup), ...index('sub', sub)),
      );
    return this.element('span', '', ...parts, ...index('sub', sub), ...index('sup', sup));
  }

  private text(text: string): Node {
    return this.document.createTextNode(text);
  }

  private element(kind: string, style: string, ...content: Node[]): HTMLElement {
    const made = this.document.createElement(kind);
    if (style) made.className = style;
    made.append(...content);
    return made;
  }
}

function sign(text: string, before: MathNode | undefined): string {
  const shown = text === '-' ? '−' : text === '*' ? '∗' : text;
  if (text === ',') return ', ';
  const isUnary =
    !before || before.kind === 'break' || (before.kind === 'mark' && !/[)\]|‖]/.test(before.text));
  if (isUnary) return shown;
  if (relation.test(shown)) return `\u2005${shown}\u2005`;
  return binary.test(shown) ? `\u2009${shown}\u2009` : shown;
}

function name(text: string, before: MathNode | undefined): string {
  const space = before && before.kind !== 'mark' && before.kind !== 'break' ? '\u2009' : '';
  return space + (operators[text] ?? text) + (text in operators ? '' : '\u2009');
}
