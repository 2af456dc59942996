import katex from 'katex';
import { formulaWidth } from './formula-width.ts';

/** `\sym{key}{letter}`: the letter, carrying its key to the page. */
const macros = { '\\sym': '\\htmlData{sym=#1}{#2}' };

const options = {
  throwOnError: true,
  trust: (context: { command: string }) => context.command === '\\htmlData',
  strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'error') as 'ignore' | 'error',
};

/** One `\sym{key}{letter}` in a formula; `letter` may hold braces. */
export interface SymUse {
  key: string;
  letter: string;
  start: number;
  end: number;
}

/** Every `\sym` of a formula, outermost only, in order. */
export function symUses(tex: string): SymUse[] {
  const uses: SymUse[] = [];
  for (let at = tex.indexOf('\\sym{'); at >= 0; at = tex.indexOf('\\sym{', at)) {
    const [key, afterKey] = group(tex, at + 4);
    const [letter, end] = group(tex, afterKey);
    uses.push({ key, letter, start: at, end });
    at = end;
  }
  return uses;
}

/** The content of the brace group that opens at or after `from`, and where it ends. */
function group(tex: string, from: number): [string, number] {
  const open = tex.indexOf('{', from);
  if (open < 0) return ['', tex.length];
  let depth = 0;
  for (let i = open; i < tex.length; i++) {
    if (tex[i] === '\\') i++;
    else if (tex[i] === '{') depth++;
    else if (tex[i] === '}' && --depth === 0) return [tex.slice(open + 1, i), i + 1];
  }
  return [tex.slice(open + 1), tex.length];
}

/** The formula as any TeX system reads it: `\sym{beta}{\beta}` becomes `\beta`. */
export function plainTex(tex: string): string {
  let out = '';
  let from = 0;
  for (const use of symUses(tex)) {
    out = joined(out + tex.slice(from, use.start), bare(plainTex(use.letter), tex[use.end] ?? ''));
    from = use.end;
  }
  return out + tex.slice(from);
}

/** A command keeps its name apart from a letter that comes after it: `\\odot` and h, not `\\odoth`. */
const joined = (before: string, letter: string): string =>
  /\\[A-Za-z]+$/.test(before) && /^[A-Za-z]/.test(letter) ? `${before} ${letter}` : before + letter;

/** A lone token needs no braces, only a space where the next letter would join its name. */
function bare(letter: string, next: string): string {
  if (/^\\[A-Za-z]+$/.test(letter)) return /[A-Za-z]/.test(next) ? `${letter} ` : letter;
  return letter.length === 1 ? letter : `{${letter}}`;
}

/** The number of `\tag{n}`, and the formula without it: the page sets the number in a column of its own. */
export function splitTag(tex: string): { body: string; tag: string | null } {
  const found = /\\tag\{([^{}]*)\}/.exec(tex);
  return found ? { body: tex.replace(found[0], '').trim(), tag: found[1] } : { body: tex, tag: null };
}

/** The address of a formula, from its number: (2′) has another than (2). Null for one without a number. */
export function formulaId(tex: string): string | null {
  const { tag } = splitTag(tex);
  return tag === null ? null : `formula-${tag.replace(/['′]/g, '-prime').replace(/[^\w-]/g, '')}`;
}

const escaped = (s: string) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/**
 * KaTeX writes `\cos_l` as three children of an element that takes two, the name, the sign of application and the
 * index. Browsers that draw MathML refuse it; without the sign it is heard as it is meant.
 */
const scripted =
  /(<m(?:sub|sup|subsup|under|over|underover)><mi[^>]*>[^<]*<\/mi>)<mo[^>]*>(?:\u2061|&#x2061;)<\/mo>/g;

/** A formula as HTML and MathML; throws KaTeX's error when it does not parse. The annotation is plain TeX. */
export function renderTex(tex: string, displayMode = false): string {
  const html = katex.renderToString(splitTag(tex).body, { ...options, macros: { ...macros }, displayMode });
  const annotation = /(<annotation encoding="application\/x-tex">)[\s\S]*?(<\/annotation>)/;
  return html
    .replace(scripted, '$1')
    .replace(annotation, (_, open, close) => open + escaped(plainTex(tex.trim())) + close);
}

/** About how wide a displayed formula is, in em. @throws KaTeX's error when it does not parse. */
export const displayWidth = (tex: string): number =>
  formulaWidth(splitTag(tex).body, { ...options, macros: { ...macros } });

/** A displayed formula in a scroll area of its own, with its number, which is also its address, beside it. */
export function renderDisplay(tex: string): string {
  const { body, tag } = splitTag(tex);
  const width = (1.03 * displayWidth(body) + 0.3).toFixed(1);
  const name = tag ? `formula ${tag}` : 'formula';
  const area = `<div class="eq" style="--w:${width}" tabindex="0" role="group" aria-label="${name}">${renderTex(tex, true)}</div>`;
  if (!tag) return `<div class="equation">${area}</div>`;
  const id = formulaId(tex);
  return `<div class="equation" id="${id}">${area}<a class="number" href="#${id}" aria-label="Link to ${name}">(${tag})</a></div>`;
}
