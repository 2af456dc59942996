import { markdownToMdast, mdxToMdast } from 'satteri';

/** A section of a page, or one of its cells: what it is called and what it says. */
export interface Passage {
  /** Address on the page; '' for what stands before the first heading. */
  id: string;
  title: string;
  text: string;
  formulas: { tex: string; display: boolean }[];
}

interface Node {
  type: string;
  value?: any;
  name?: string;
  depth?: number;
  attributes?: { name: string; value: any }[];
  data?: { hProperties?: { id?: string } };
  children?: Node[];
}

const features = { math: true, headingAttributes: true };
const isMath = (node: Node) => node.type === 'math' || node.type === 'inlineMath';

/** The text of a page by its sections, in order; a cell of the notebook is a section of its own. */
export function passagesOf(file: string, text: string): Passage[] {
  const read = file.endsWith('.md') ? markdownToMdast : mdxToMdast;
  const passages: Passage[] = [{ id: '', title: '', text: '', formulas: [] }];
  visit(read(text, { features }) as unknown as Node, passages);
  return passages;
}

function visit(node: Node, passages: Passage[]): void {
  const here = passages.at(-1)!;
  const opens = opening(node);
  if (opens) passages.push({ ...opens, text: '', formulas: [] });
  if (opens && node.type === 'heading') return;
  if (isMath(node)) here.formulas.push({ tex: node.value, display: node.type === 'math' });
  else if (/^(text|inlineCode|code)$/.test(node.type)) here.text += `${node.value} `;
  for (const child of node.children ?? []) visit(child, passages);
}

function opening(node: Node): { id: string; title: string } | undefined {
  if (node.type === 'heading')
    return { id: node.data?.hProperties?.id ?? slug(wordsOf(node)), title: wordsOf(node) };
  if (node.name === 'Notebook') return { id: 'notebook', title: 'The notebook' };
  if (node.name !== 'Cell') return undefined;
  const file = String(node.attributes?.find(({ name }) => name === 'file')?.value ?? '');
  return { id: file, title: `${file}.ts` };
}

const wordsOf = (node: Node): string => (node.value ?? '') + (node.children ?? []).map(wordsOf).join('');

/** The address of a heading that names none. */
const slug = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
