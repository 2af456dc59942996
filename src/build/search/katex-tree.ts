import katex from 'katex';
import { accented, letter, type MathNode, mark, row, upright } from '../../search/math-node.ts';
import { accents, letters, marks, operators } from '../../search/math-signs.ts';
import { splitTag } from '../katex.ts';

/** A node of KaTeX's parse tree; only what is read of it. */
interface Parsed {
  type: string;
  text?: string;
  name?: string;
  label?: string;
  delim?: string;
  left?: string;
  right?: string;
  font?: string;
  family?: string;
  base?: Parsed;
  sub?: Parsed;
  sup?: Parsed;
  numer?: Parsed;
  denom?: Parsed;
  body?: any;
  dimension?: { number: number; unit: string };
  mathml?: Parsed[];
}

const parse = (katex as unknown as { __parse(tex: string, options: object): Parsed[] }).__parse;

/** A formula of a page, read by KaTeX. @throws KaTeX's error when it does not parse. */
export const katexTree = (tex: string): MathNode[] => all(parse(splitTag(tex).body, { strict: false }));

const list = (body: Parsed | Parsed[] | undefined): Parsed[] =>
  Array.isArray(body) ? body : body ? [body] : [];
const all = (body: Parsed | Parsed[] | undefined): MathNode[] => joinDigits(list(body).flatMap(one));
const grouped = (body: Parsed | Parsed[] | undefined): MathNode => row(all(body));

/** KaTeX reads digit by digit, also where the last one has a power. */
function joinDigits(items: MathNode[]): MathNode[] {
  const out: MathNode[] = [];
  for (const [i, item] of items.entries()) {
    const last = out.at(-1);
    const follows = items[i + 1]?.kind === 'number';
    if (last?.kind === 'number' && item.kind === 'number')
      out[out.length - 1] = number(last.text + item.text);
    else if (last?.kind === 'number' && item.kind === 'mark' && item.text === '.' && follows)
      out[out.length - 1] = number(`${last.text}.`);
    else if (last?.kind === 'number' && item.kind === 'script' && item.base.kind === 'number')
      out[out.length - 1] = { ...item, base: number(last.text + item.base.text) };
    else out.push(item);
  }
  return out;
}
const number = (text: string): MathNode => ({ kind: 'number', text });

const bare = (text: string): string => text.replace(/^\\/, '');

function symbol(text: string): MathNode {
  const name = bare(text);
  if (name !== text && name in operators) return { kind: 'name', text: name };
  if (name !== text && name in letters) return letter(letters[name]);
  if (name !== text && name in marks) return mark(marks[name]);
  if (/^\d$/.test(text)) return { kind: 'number', text };
  return /^\p{L}$/u.test(text) ? letter(text) : mark(text);
}

const delimiter = (text: string | undefined): MathNode[] => (!text || text === '.' ? [] : [symbol(text)]);

/** The letters of a name: of its symbols in order. */
const spelled = (body: Parsed | Parsed[] | undefined): string =>
  list(body)
    .map((node) => node.text ?? spelled(node.body))
    .join('');

const read: Record<string, (node: Parsed) => MathNode[]> = {
  mathord: ({ text }) => [symbol(text!)],
  textord: ({ text }) => [symbol(text!)],
  atom: ({ text }) => [symbol(text!)],
  op: (node) => (node.name ? [{ kind: 'name', text: bare(node.name) }] : all(node.body)),
  operatorname: ({ body }) => [upright(spelled(body))],
  text: ({ body }) => [upright(spelled(body))],
  font: ({ font, body }) => fonts(font!, body),
  delimsizing: ({ delim }) => delimiter(delim),
  leftright: ({ left, right, body }) => [...delimiter(left), ...all(body), ...delimiter(right)],
  middle: ({ delim }) => delimiter(delim),
  genfrac: ({ numer, denom }) => [{ kind: 'fraction', over: grouped(numer), under: grouped(denom) }],
  sqrt: ({ body }) => [{ kind: 'root', of: grouped(body) }],
  accent: ({ label, base }) => [accented(accents[bare(label!)] ?? '', grouped(base))],
  overline: ({ body }) => [accented(accents.overline, grouped(body))],
  supsub: (node) => script(node),
  horizBrace: ({ base }) => all(base),
  array: ({ body }) => [
    { kind: 'break' },
    ...(body as Parsed[][]).flatMap((cells) => [
      ...cells.flatMap((cell) => all(cell)),
      { kind: 'break' } as const,
    ]),
  ],
  htmlmathml: ({ mathml }) => all(mathml),
  kern: ({ dimension }) => (dimension!.unit === 'em' && dimension!.number >= 1 ? [{ kind: 'break' }] : []),
};

function one(node: Parsed): MathNode[] {
  if (node.type in read) return read[node.type](node);
  if (node.type === 'ordgroup') return [grouped(node.body)];
  return all(node.body ?? node.base);
}

function fonts(font: string, body: Parsed | Parsed[]): MathNode[] {
  if (/^(mathrm|mathsf|mathtt|textrm)$/.test(font)) return [upright(spelled(body))];
  const inner = all(body);
  const [only] = inner;
  if (font === 'mathbb' && inner.length === 1 && only.kind === 'letter' && only.text === 'E')
    return [{ kind: 'name', text: 'E' }];
  return inner;
}

/** The words under a brace are a note, no index. */
function script({ base, sub, sup }: Parsed): MathNode[] {
  const of = grouped(base);
  if (base?.type === 'horizBrace') return [of];
  return [{ kind: 'script', base: of, ...(sub && { sub: grouped(sub) }), ...(sup && { sup: grouped(sup) }) }];
}
