import { readFileSync } from 'node:fs';
import { mdxToMdast } from 'satteri';
import type { Recording, Settings } from '../../protocol.ts';
import { formatNumber } from '../../render/format.ts';
import { plainTex } from '../katex.ts';
import { literal, recordedAt } from '../outcomes.ts';

interface Node {
  type: string;
  name?: string;
  value?: string;
  url?: string;
  attributes?: { name: string; value: string | { value: string } | null }[];
  position: { start: { offset: number }; end: { offset: number } };
  children?: Node[];
}

/** A piece of a page as a notebook has it: prose, or a cell of the page with the author's note. */
export type Piece = { kind: 'prose'; markdown: string } | { kind: 'cell'; file: string; markdown: string };

/** What the prose quotes: the recorded run, and the symbol table. */
export interface Quoted {
  recording: Recording | null;
  symbols: { key: string; tex: string; meaning: string; shape: string }[];
}

const attribute = (node: Node, name: string) => node.attributes?.find((one) => one.name === name)?.value;
const expression = (node: Node, name: string) => {
  const value = attribute(node, name);
  return value && typeof value === 'object' ? literal(value.value) : value;
};

/** The pieces of a page's text, in order. */
export function piecesOf(text: string, quoted: Quoted): Piece[] {
  const root = mdxToMdast(text, { features: { math: true, headingAttributes: true } }) as unknown as Node;
  const write = writer(text, quoted);
  const pieces: Piece[] = [];
  for (const node of (root.children ?? []).flatMap(opened)) {
    if (node.type === 'yaml') continue;
    const file = node.name === 'Cell' ? String(attribute(node, 'file')) : null;
    const markdown = (file ? write.inside(node) : write.node(node)).trim();
    const last = pieces.at(-1);
    if (file) pieces.push({ kind: 'cell', file, markdown });
    else if (last?.kind === 'prose' && !/^## /.test(markdown)) last.markdown += `\n\n${markdown}`;
    else pieces.push({ kind: 'prose', markdown });
  }
  return pieces;
}

/** The pieces of the page of a slug. */
export const piecesOfPaper = (slug: string, quoted: Quoted): Piece[] =>
  piecesOf(readFileSync(`content/papers/${slug}/index.mdx`, 'utf8'), quoted);

/** A notebook is its cells, under a heading. */
function opened(node: Node): Node[] {
  return node.name === 'Notebook' ? [{ ...node, name: 'Heading' }, ...(node.children ?? [])] : [node];
}

/** Writes nodes as Markdown that any notebook reads: formulas in plain TeX, components in words. */
function writer(text: string, { recording, symbols }: Quoted) {
  const between = (from: number, to: number, nodes: Node[]): string => {
    let out = '';
    let at = from;
    for (const child of nodes) {
      out += text.slice(at, child.position.start.offset) + node(child);
      at = child.position.end.offset;
    }
    return out + text.slice(at, to);
  };
  /** Its children, without what opens and closes it. */
  const inside = ({ children = [] }: Node): string =>
    children.length > 0
      ? between(children[0].position.start.offset, children.at(-1)!.position.end.offset, children)
      : '';
  const whole = ({ position, children = [] }: Node) =>
    between(position.start.offset, position.end.offset, children);

  const components: Record<string, (node: Node) => string> = {
    Heading: () => '## The notebook',
    Aside: (node) => inside(node).trim().replace(/^/gm, '> '),
    Reported: (node) => `${inside(node)} (${attribute(node, 'source')})`,
    Measured: measured,
    Symbols: () => symbolTable(symbols),
    Try(node) {
      const set = (expression(node, 'set') ?? {}) as Settings;
      const code = Object.entries(set).map(([key, value]) => `${key}=${value}`);
      return `**${inside(node)}** (\`${code.join(' ')}\`)`;
    },
  };
  function measured(node: Node): string {
    const set = (expression(node, 'set') ?? {}) as Settings;
    const value = recording && recordedAt(recording, set, String(attribute(node, 'check')))?.measured;
    const digits = Number(expression(node, 'digits') ?? 2);
    const percent = node.attributes?.some(({ name }) => name === 'percent');
    if (value === undefined || value === null) return '…';
    return percent ? `${formatNumber(100 * value, digits)} %` : formatNumber(value, digits);
  }
  function node(one: Node): string {
    if (one.type === 'inlineMath') return `$${plainTex(one.value!)}$`;
    if (one.type === 'math') return `$$\n${plainTex(one.value!.trim())}\n$$`;
    if (one.type === 'heading') return whole(one).replace(/\s*\{#[\w-]+\}\s*$/, '');
    // Other pages of the library are not in the file.
    if (one.type === 'link' && !/^https?:/.test(one.url!)) return inside(one);
    if (one.name && components[one.name]) return components[one.name](one);
    if (one.type.startsWith('mdxJsx')) throw new Error(`<${one.name}> has no words in a notebook file yet`);
    return whole(one);
  }
  return { node, inside };
}

const symbolTable = (symbols: Quoted['symbols']): string =>
  [
    '| symbol | meaning | in the code | shape or domain |',
    '|---|---|---|---|',
    ...symbols.map(
      ({ key, tex, meaning, shape }) =>
        `| $${plainTex(tex).replaceAll('|', '\\vert ')}$ | ${meaning} | \`${key}\` | ${shape.replaceAll('|', '\\|')} |`,
    ),
  ].join('\n');
