/**
 * A formula in a line and the punctuation after it stay together: Chromium breaks between them where the full stop
 * alone no longer fits. Only short formulas: a long one may break inside.
 */
const begin = '<span class="katex">';
const punctuation = /^[.,;:!?)\]’”]+/;

/** Letters of TeX up to which a formula is short. */
const SHORT = 28;

/** Where the element that begins at `from` ends; spans hold only spans here. */
function endOf(html: string, from: number): number {
  const tag = /<(\/?)span\b[^>]*>/g;
  tag.lastIndex = from;
  let depth = 0;
  for (let found = tag.exec(html); found; found = tag.exec(html)) {
    depth += found[1] ? -1 : 1;
    if (depth === 0) return tag.lastIndex;
  }
  return html.length;
}

/** Wraps short formulas and what follows them in what does not break. */
export function gluePunctuation(html: string): string {
  let out = '';
  let from = 0;
  for (let at = html.indexOf(begin); at >= 0; at = html.indexOf(begin, from)) {
    const end = endOf(html, at);
    const formula = html.slice(at, end);
    const [after] = punctuation.exec(html.slice(end, end + 4)) ?? [''];
    const tex = /<annotation[^>]*>([^<]*)/.exec(formula)?.[1] ?? '';
    const short = after !== '' && tex.length <= SHORT;
    out += html.slice(from, at) + (short ? `<span class="glued">${formula}${after}</span>` : formula);
    from = end + (short ? after.length : 0);
  }
  return out + html.slice(from);
}
