import type { TextOutput } from '../protocol.ts';
import { h } from './dom.ts';

/**
 * The closed set of Markdown: paragraphs, `- ` and `1. ` lists, **strong**, *em*, `code`, [links](inside/the/site).
 * Whatever else is written appears as written: no HTML, no headings, no images, no links to other hosts.
 */
const INLINE = /`([^`]+)`|\*\*([^*]+(?:\*[^*]+)*)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^()\s]+)\)/g;

// A scheme ("https:", "javascript:"), a host ("//"), a backslash that browsers read as a slash, or a letter that
// they leave out before they look for the scheme.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const LEAVES_THE_SITE = /^[a-z][a-z0-9+.-]*:|^[/\\]|\\|[\0-\x20\x7f-\x9f]/i;

/** Marks are looked for in a line of prose, not in a book: the search takes the square of its length. */
const LONGEST = 5000;

function element(document: Document, match: RegExpMatchArray): Node {
  const [whole, code, strong, em, label, href] = match;
  if (code) return h(document, 'code', {}, code);
  if (strong) return h(document, 'strong', {}, ...inline(document, strong));
  if (em) return h(document, 'em', {}, ...inline(document, em));
  if (LEAVES_THE_SITE.test(href)) return document.createTextNode(whole);
  return h(document, 'a', { href }, ...inline(document, label));
}

/** One line of the closed set as nodes. */
export function inline(document: Document, line: string): Node[] {
  if (line.length > LONGEST) return [document.createTextNode(line)];
  const nodes: Node[] = [];
  let from = 0;
  for (const match of line.matchAll(INLINE)) {
    if (match.index > from) nodes.push(document.createTextNode(line.slice(from, match.index)));
    nodes.push(element(document, match));
    from = match.index + match[0].length;
  }
  if (from < line.length) nodes.push(document.createTextNode(line.slice(from)));
  return nodes;
}

const BULLET = /^\s*[-*] +/;
const NUMBER = /^\s*\d+[.)] +/;

// An item may run over several lines: a line without a mark continues the one before.
function items(lines: string[], mark: RegExp): string[] {
  const found: string[] = [];
  for (const line of lines) {
    if (mark.test(line)) found.push(line.replace(mark, ''));
    else found[found.length - 1] += ` ${line.trim()}`;
  }
  return found;
}

function block(document: Document, lines: string[]): Element {
  const mark = [BULLET, NUMBER].find((pattern) => pattern.test(lines[0]));
  if (!mark) return h(document, 'p', {}, ...inline(document, lines.map((line) => line.trim()).join(' ')));
  const list = items(lines, mark).map((item) => h(document, 'li', {}, ...inline(document, item)));
  return h(document, mark === BULLET ? 'ul' : 'ol', {}, ...list);
}

// A list may follow a paragraph without an empty line between them.
function blocksOf(markdown: string): string[][] {
  const blocks: string[][] = [[]];
  const isItem = (line: string) => BULLET.test(line) || NUMBER.test(line);
  for (const line of markdown.split('\n')) {
    const current = blocks.at(-1)!;
    if (!line.trim()) blocks.push([]);
    else if (isItem(line) && current.length && !isItem(current[0])) blocks.push([line]);
    else current.push(line);
  }
  return blocks.filter((lines) => lines.length);
}

/** A Markdown string of the closed set as elements. */
export function drawText(output: TextOutput, document: Document): Element {
  const blocks = blocksOf(output.markdown).map((lines) => block(document, lines));
  return h(document, 'div', { class: 'drawing words' }, ...blocks);
}
