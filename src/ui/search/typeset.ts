import type { MathNode } from '../../search/math-node.ts';
import { operators } from '../../search/math-signs.ts';
import { readMath } from '../../search/read-math.ts';

/** A formula set in a line of a result: indices, powers and fractions in their places, without KaTeX, which weighs more than the index. */
export function typeset(document: Document, tex: string): HTMLElement {
  const line = document.createElement('span');
  line.className = 'math';
  const nodes = readMath(tex);
  // A line begins where something follows, not at the edges.
  const shown = nodes.filter((node, i) => node.kind !== 'break' || (i > 0 && i < nodes.length - 1));
  line.append(...new Setter(document).all(shown));
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
    return nodes.map((node, i) => this.one(node, nodes[i - 1], nodes[i + 1]));
  }

  private one(node: MathNode, before?: MathNode, next?: MathNode): Node {
    switch (node.kind) {
      case 'letter':
        return this.element('i', '', this.text(node.text));
      case 'mark':
        return this.text(sign(node.text, before));
      case 'name':
        return this.text(name(node.text, before, next));
      case 'break':
        return this.text('\u2003');
      case 'row':
        return this.element('span', '', ...this.all(node.items));
      case 'fraction':
        return this.element('span', 'over', this.part(node.over), this.part(node.under));
      case 'root':
        return this.element('span', 'root', this.text('√'), this.element('span', '', this.one(node.of)));
      case 'over':
        return this.element('span', 'bar', this.one(node.of));
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
      of ? [this.element(kind, '', this.one(of))] : [];
    if (sub && sup)
      return this.element(
        'span',
        '',
        ...parts,
        this.element('span', 'both', ...index('sup', sup), ...index('sub', sub)),
      );
    return this.element('span', '', ...parts, ...index('sub', sub), ...index('sup', sup));
  }

  /** A part of a fraction stands by itself, also where it is a number. */
  private part(node: MathNode): HTMLElement {
    return this.element('span', '', this.one(node));
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

function name(text: string, before?: MathNode, next?: MathNode): string {
  const space = before && before.kind !== 'mark' && before.kind !== 'break' ? '\u2009' : '';
  const opens = next?.kind === 'mark' && /[([{‖|]/.test(next.text);
  return space + (operators[text] ?? text) + (text in operators || opens || !next ? '' : '\u2009');
}
