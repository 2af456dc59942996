import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { markdownToMdast, mdxToMdast } from 'satteri';

/** A formula as written, with its line. */
export interface Formula {
  tex: string;
  display: boolean;
  line: number;
}

/** A second-level heading: its id, '' without one, and its words. The notebook brings its own words. */
export interface SectionSource {
  id: string;
  title?: string;
}

/** What an author wrote in an index.mdx, before anything is drawn. */
export interface PageSource {
  /** Path from the root of the project. */
  file: string;
  frontmatter: unknown;
  /** Why the frontmatter is no YAML; null when it is. */
  frontmatterError: string | null;
  /** Second-level headings and the notebook, in order. */
  sections: SectionSource[];
  formulas: Formula[];
  /** Files named by `<Cell file>`, in order: the reading order of the notebook. */
  cells: string[];
  /** Addresses of links inside the site. */
  links: string[];
  /** Ids a link may point at on this page, as far as the source tells. */
  ids: string[];
  /** `<Try set={{…}} makes={{…}}>`: the texts in the outer braces; '' for one that is absent. */
  tries: { set: string; makes: string }[];
  /** `<Measured check="…" set={{…}} />`, the same way. */
  measured: { check: string; set: string }[];
  /** Addresses of pictures. */
  images: string[];
  /** Components used, with their line and the names of their attributes. */
  components: { name: string; line: number; attributes: string[] }[];
  /** Why the text is no MDX, and its line; null when it is. The rest is then empty. */
  syntaxError: { line: number; why: string } | null;
}

interface Node {
  type: string;
  value?: any;
  url?: string;
  name?: string;
  depth?: number;
  attributes?: { name: string; value: any }[];
  data?: { hProperties?: { id?: string } };
  position?: { start: { line: number } };
  children?: Node[];
}

const attribute = (node: Node, name: string): any => node.attributes?.find((a) => a.name === name)?.value;

const expression = (node: Node, name: string): string => String(attribute(node, name)?.value ?? '');

/** Every node, parents first. */
function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children ?? []) yield* walk(child);
}

const features = { math: true, headingAttributes: true };

/** The tree of a text, Markdown or MDX; where it is no MDX, an empty one and the parser's words: "23:5: Expected a closing tag … (rule)". */
function treeOf(file: string, text: string): { root: Node; syntaxError: PageSource['syntaxError'] } {
  try {
    const read = file.endsWith('.md') ? markdownToMdast : mdxToMdast;
    return { root: read(text, { features }) as unknown as Node, syntaxError: null };
  } catch (error) {
    const [, line, why] = /^(?:(\d+):\d+: )?([\s\S]*?)(?: \([\w:-]+\))?$/.exec((error as Error).message)!;
    return { root: { type: 'root' }, syntaxError: { line: Number(line ?? 1), why } };
  }
}

/** The parts of a page that the checks look at. */
export function parsePage(file: string, text: string): PageSource {
  const { root, syntaxError } = treeOf(file, text);
  const nodes = [...walk(root)];
  const headings = nodes.filter((n) => n.type === 'heading');
  const named = (name: string) => nodes.filter((n) => n.name === name);
  const image = (n: Node) =>
    n.type === 'image' ? n.url : n.name === 'img' ? attribute(n, 'src') : undefined;
  const link = (n: Node) => (n.type === 'link' ? n.url : n.name === 'a' ? attribute(n, 'href') : undefined);
  return {
    file,
    ...frontmatter(nodes.find((n) => n.type === 'yaml')?.value ?? ''),
    sections: nodes.flatMap(section),
    formulas: nodes.flatMap(formula),
    cells: nodes.filter((n) => n.name === 'Cell').map((n) => String(attribute(n, 'file') ?? '')),
    links: nodes.map(link).filter((url): url is string => typeof url === 'string'),
    ids: headings.map((n) => n.data?.hProperties?.id ?? autoId(n)).filter(Boolean),
    images: nodes.map(image).filter((url): url is string => typeof url === 'string'),
    components: nodes.filter((n) => /^[A-Z]/.test(n.name ?? '')).map(component),
    syntaxError,
    tries: named('Try').map((n) => ({ set: expression(n, 'set'), makes: expression(n, 'makes') })),
    measured: named('Measured').map((n) => ({
      check: String(attribute(n, 'check') ?? ''),
      set: expression(n, 'set'),
    })),
  };
}

function frontmatter(yaml: string): Pick<PageSource, 'frontmatter' | 'frontmatterError'> {
  try {
    return { frontmatter: load(yaml) ?? {}, frontmatterError: null };
  } catch (error) {
    return { frontmatter: {}, frontmatterError: (error as Error).message.split('\n')[0] };
  }
}

const wordsOf = (heading: Node): string =>
  [...walk(heading)]
    .map((node) => node.value ?? '')
    .join('')
    .trim();

/** The address of a heading that names none: its words in small letters, joined. */
const autoId = (heading: Node): string =>
  wordsOf(heading)
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const component = (node: Node) => ({
  name: node.name!,
  line: node.position?.start.line ?? 0,
  attributes: (node.attributes ?? []).map(({ name }) => name),
});

function section(node: Node): SectionSource[] {
  if (node.name === 'Notebook') return [{ id: 'notebook' }];
  if (node.type !== 'heading' || node.depth !== 2) return [];
  return [{ id: node.data?.hProperties?.id ?? '', title: wordsOf(node) }];
}

function formula(node: Node): Formula[] {
  if (node.type !== 'math' && node.type !== 'inlineMath') return [];
  return [{ tex: node.value, display: node.type === 'math', line: node.position?.start.line ?? 0 }];
}

/** The page of a slug, from the disk. */
export function readPage(slug: string, root = process.cwd()): PageSource {
  const file = `content/papers/${slug}/index.mdx`;
  return parsePage(file, readFileSync(`${root}/${file}`, 'utf8'));
}
