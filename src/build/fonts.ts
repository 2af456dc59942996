import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import subsetFont from 'subset-font';
import { katexStyles, leanKatexCss } from './katex-css.ts';
import { katexParts } from './katex-fonts.ts';

type Axes = Record<string, number | { min: number; max: number }>;

/** One file of the site's type: a face cut to the letters it is needed for. */
interface Face {
  file: string;
  source: string;
  axes?: Axes;
  letters: 'prose' | 'labels' | 'latin' | 'greek';
}

const at = (family: string, file: string) =>
  `node_modules/@fontsource-variable/${family}/files/${family}-${file}.woff2`;

/** Text and headings are cut at their own optical sizes: two small fixed cuts weigh less than the axis. Strong words take the second. */
export const faces: Face[] = [
  {
    file: 'serif',
    source: at('source-serif-4', 'latin-wght-normal'),
    axes: { wght: 400 },
    letters: 'prose',
  },
  {
    file: 'serif-italic',
    source: at('source-serif-4', 'latin-wght-italic'),
    axes: { wght: 400 },
    letters: 'prose',
  },
  {
    file: 'serif-display',
    source: at('source-serif-4', 'latin-opsz-normal'),
    axes: { wght: 600, opsz: 36 },
    letters: 'prose',
  },
  {
    file: 'serif-greek',
    source: at('source-serif-4', 'greek-wght-normal'),
    axes: { wght: 400 },
    letters: 'greek',
  },
  {
    file: 'sans',
    source: at('inter', 'latin-wght-normal'),
    axes: { wght: { min: 400, max: 650 } },
    letters: 'labels',
  },
  {
    file: 'sans-greek',
    source: at('inter', 'greek-wght-normal'),
    axes: { wght: 450 },
    letters: 'greek',
  },
  { file: 'mono', source: at('jetbrains-mono', 'latin-wght-normal'), axes: { wght: 400 }, letters: 'latin' },
  {
    file: 'mono-greek',
    source: at('jetbrains-mono', 'greek-wght-normal'),
    axes: { wght: 400 },
    letters: 'greek',
  },
];

const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');
const marks = '\u00a0–—‘’“”…·×±÷°²³µ−′″';
const greek = 'αβγδεζηθικλμνξοπρςστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ';

const beyondAscii = /[^\p{ASCII}]/gu;
const comments = /\/\*[\s\S]*?\*\/|\/\/.*$/gm;
const formulas = /\$\$?[^$]*\$\$?/g;

/** ASCII, common marks, and whatever else the texts use ("Schäfl"), but Greek. */
function lettersOf(texts: string[], unread = /$^/g): string {
  const used = new Set(ascii + marks);
  for (const text of texts)
    for (const letter of text.replace(unread, '').match(beyondAscii) ?? []) used.add(letter);
  return [...used]
    .filter((c) => c >= ' ' && !greek.includes(c))
    .sort()
    .join('');
}

/** Letters the site needs: pages are read in the text face, labels come from cells too, code has its comments. */
async function letters(root: string): Promise<Record<Face['letters'], string>> {
  const content = path.join(root, 'content');
  const files = (await readdir(content, { recursive: true })).filter((file) => /\.(mdx?|ts)$/.test(file));
  const texts = await Promise.all(files.map((file) => readFile(path.join(content, file), 'utf8')));
  return {
    prose: lettersOf(
      texts.filter((_, i) => !files[i].endsWith('.ts')),
      formulas,
    ),
    labels: lettersOf(texts, comments),
    latin: lettersOf(texts),
    greek,
  };
}

/** Where the stylesheet and the layout find the faces. */
const folder = '.cache/fonts';

/** Cuts every face to the letters of the site, and KaTeX's stylesheet to match; what is there already stays. */
export async function makeFonts(root = process.cwd()): Promise<void> {
  const wanted = await letters(root);
  await mkdir(path.join(root, folder), { recursive: true });
  const katex = await readFile(path.join(root, 'node_modules/katex/dist/katex.min.css'), 'utf8');
  await writeFile(path.join(root, katexStyles), leanKatexCss(katex));
  await Promise.all([
    ...faces.map((face) => cut(root, face, wanted[face.letters])),
    ...katexParts.map((part) => cut(root, part, part.letters)),
  ]);
}

/** Without hints: screens of today do not use them, and they are a tenth of a face. The package's types do not know the option. */
const cutOptions = (face: Omit<Face, 'letters'>) =>
  ({ targetFormat: 'woff2', variationAxes: face.axes, noHinting: true }) as Parameters<typeof subsetFont>[2];

async function cut(root: string, face: Omit<Face, 'letters'>, wanted: string): Promise<void> {
  const source = await readFile(path.join(root, face.source));
  const key = createHash('sha256')
    .update(source)
    .update(JSON.stringify([face.axes, wanted, 'no hinting']))
    .digest('hex');
  const file = path.join(root, folder, face.file);
  const known = await readFile(`${file}.key`, 'utf8').catch(() => '');
  if (known === key && existsSync(`${file}.woff2`)) return;
  await writeFile(`${file}.woff2`, await subsetFont(source, wanted, cutOptions(face)));
  await writeFile(`${file}.key`, key);
}
