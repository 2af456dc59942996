import katex, { type KatexOptions } from 'katex';

/** What this reads of KaTeX's tree (0.19): spans, and letters with the widths of their fonts. */
interface Node {
  classes?: string[];
  children?: Node[];
  text?: string;
  /** Of its first letter, in em of its own size. */
  width?: number;
  italic?: number;
  style?: Record<string, string | undefined>;
}

/** The sizes of KaTeX's classes size1 to size11. */
const sizes = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.44, 1.728, 2.074, 2.488];

const em = (length: string | undefined): number => (length?.endsWith('em') ? Number.parseFloat(length) : 0);

/** How much larger the children of a node are set than the node: `sizing reset-size6 size3`. */
function scaleOf(classes: string[]): number {
  const index = (pattern: RegExp) => classes.map((name) => pattern.exec(name)?.[1]).find(Boolean);
  const [from, to] = [index(/^reset-size(\d+)$/), index(/^size(\d+)$/)];
  return from && to ? sizes[Number(to) - 1] / sizes[Number(from) - 1] : 1;
}

/** KaTeX joins the letters of words and keeps the width of the first: the others as upright letters are on average. */
const lettersAfterFirst = (text: string): number =>
  [...text].slice(1).reduce((sum, letter) => sum + (letter.trim() ? 0.5 : 0.33), 0);

function widthOf({ classes = [], children, text = '', width, italic = 0, style = {} }: Node): number {
  if (classes.includes('katex-mathml') || classes.includes('pstrut')) return 0;
  const around =
    em(style.marginLeft) + em(style.marginRight) + em(style.paddingLeft) + em(style.paddingRight);
  if (classes.includes('nulldelimiter')) return 0.12;
  if (!children) return (width ? width + italic + lettersAfterFirst(text) : 0) + around;
  const inside = children.map(widthOf);
  const stacked = classes.includes('vlist') || classes.includes('vlist-t');
  const content = stacked ? Math.max(0, ...inside) : inside.reduce((sum, one) => sum + one, 0);
  return (Math.max(content, em(style.width), em(style.minWidth)) + around) * scaleOf(classes);
}

/**
 * About how wide a displayed formula is, in em, from the widths of KaTeX's letters: what the page needs to set it
 * smaller where it would not fit.
 */
export function formulaWidth(tex: string, options: KatexOptions): number {
  const tree = (
    katex as unknown as { __renderToHTMLTree(tex: string, options: KatexOptions): Node }
  ).__renderToHTMLTree(tex, { ...options, displayMode: true });
  return widthOf(tree);
}
