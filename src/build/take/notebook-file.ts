import { createHash } from 'node:crypto';
import { runningOrder } from '../../cell-order.ts';
import type { CheckResult, Recording, Shown } from '../../protocol.ts';
import { checkLines, textOf } from '../../render/in-text.ts';
import { svgFile } from '../../render/svg-file.ts';
import { linesOf } from '../../take-files/notebook.ts';
import type { NotebookCell, NotebookFile } from '../../take-files/pack.ts';
import { readNotebook } from '../cells.ts';
import { bibtex, byline, paperLink } from '../cite.ts';
import { drawingDocument } from '../drawing.ts';
import type { Paper } from '../paper.ts';

import { lightColours } from './colours.ts';
import { piecesOfPaper } from './page-markdown.ts';

const TFJS = '4.22.0';

const idOf = (slug: string, words: string) =>
  createHash('sha256').update(`${slug} ${words}`).digest('hex').slice(0, 12);

function picture(shown: Shown): object {
  const svg = svgFile(shown.output, drawingDocument, lightColours());
  const data = svg
    ? { 'image/svg+xml': linesOf(svg), 'text/plain': [shown.name] }
    : { 'text/markdown': linesOf(textOf(shown.output)), 'text/plain': [shown.name] };
  return { output_type: 'display_data', metadata: {}, data };
}

function stream(checks: CheckResult[]): object[] {
  const text = checks.map((check) => `${checkLines(check, undefined)}\n`).join('');
  return text ? [{ output_type: 'stream', name: 'stdout', text: linesOf(text) }] : [];
}

/** What a cell showed and measured in the recorded run. */
function outputsOf(recording: Recording | null, cell: string): object[] {
  if (!recording) return [];
  const shown = recording.shown.filter((one) => one.cell === cell).map(picture);
  return [...shown, ...stream(recording.checks.filter((check) => check.cell === cell))];
}

const starting = (
  slug: string,
  controls: string[],
) => `// Starts TensorFlow.js and the lab that the cells import from. The lab and the data lie in this file's metadata.
const file = '${slug}.ipynb'; // If the file has another name or place, write it here.
const settings = {}; // Other settings, for instance { ${controls[0] ?? 'seed'}: … }; there are ${['seed', ...controls].join(', ')}.

const { lab, ...given } = JSON.parse(await Deno.readTextFile(file)).metadata.working_papers;
const bytes = Uint8Array.from(atob(lab), (letter) => letter.charCodeAt(0));
const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
const tfjs = await import('npm:@tensorflow/tfjs@${TFJS}');
globalThis.workingPapersTensorFlow = tfjs.default ?? tfjs;
const wasm = () => import('npm:@tensorflow/tfjs-backend-wasm@${TFJS}');
const { cell, ready } = await new Function(await new Response(stream).text())().start({ ...given, settings, wasm });
console.log(ready);`;

const opening = ({ slug, data, recording }: Paper) => `# ${data.title}

${byline(data)} · ${data.venue}${paperLink(data) ? ` · [${data.arxiv ? `arXiv ${data.arxiv}` : 'the paper'}](${paperLink(data)})` : ''}

${data.summary}

*This is a page of Working Papers as a notebook. Its figures and checks were recorded${recording ? ` on ${recording.environment}` : ''}, so it reads whole without a run. To run it, install [Deno](https://deno.com), then its kernel for Jupyter with \`deno jupyter --install\`; open \`${slug}.ipynb\` in Jupyter or VS Code with the kernel Deno, and run the cells from top to bottom. The first run loads TensorFlow.js from npm.*`;

/** The page of a paper as a notebook file of format 4.5, without the lab and the data in its metadata. */
export function notebookOf(paper: Paper): NotebookFile {
  const { slug, data, recording } = paper;
  const order = runningOrder(readNotebook(slug).cells).map(({ name }) => name);
  const written = new Set<string>();
  const cells: NotebookCell[] = [];
  const prose = (words: string, markdown: string) =>
    cells.push({ cell_type: 'markdown', id: idOf(slug, words), metadata: {}, source: linesOf(markdown) });
  const code = (words: string, own: Pick<NotebookCell, 'metadata' | 'source' | 'outputs'>) =>
    cells.push({ cell_type: 'code', id: idOf(slug, words), execution_count: null, ...own });
  const codeOf = (name: string) => {
    if (written.has(name)) return;
    written.add(name);
    // Its text comes when the file is put together: it may be the reader's.
    const metadata = { working_papers_cell: name };
    code(`code ${name}`, { metadata, source: [], outputs: outputsOf(recording, name) });
  };
  prose('opening', opening(paper));
  code('start', { metadata: {}, source: linesOf(starting(slug, controlKeys(recording))), outputs: [] });
  for (const [i, piece] of piecesOfPaper(slug, { recording, symbols: data.symbols }).entries()) {
    if (piece.kind === 'prose') {
      prose(`prose ${i}`, piece.markdown);
      continue;
    }
    // What a cell imports runs before it, wherever the page has it.
    const before = neededBy(slug, piece.file).filter((name) => !written.has(name));
    for (const name of order.filter((one) => before.includes(one))) codeOf(name);
    prose(`note ${piece.file}`, `### ${piece.file}.ts\n\n${piece.markdown}`);
    codeOf(piece.file);
  }
  prose(
    'cite',
    `## How to cite\n\n\`\`\`bibtex\n${bibtex(data)}\n\`\`\`\n\nText and figures: CC BY 4.0. Code: MIT.`,
  );
  return {
    cells,
    metadata: {
      kernelspec: { name: 'deno', display_name: 'Deno', language: 'typescript' },
      language_info: {
        name: 'typescript',
        file_extension: '.ts',
        mimetype: 'text/x.typescript',
        codemirror_mode: 'typescript',
        pygments_lexer: 'typescript',
        nbconvert_exporter: 'script',
        version: '5.9',
      },
      title: data.title,
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Keys of the controls a reader can set, but for the seed. */
export const controlKeys = (recording: Recording | null): string[] =>
  recording?.controls.filter(({ kind }) => kind !== 'seed').map(({ key }) => key) ?? [];

/** The cells that a cell imports, directly or by way of others. */
function neededBy(slug: string, name: string): string[] {
  const { cells } = readNotebook(slug);
  const direct = (one: string) =>
    (cells.find((cell) => cell.name === one)?.imports ?? [])
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => specifier.replace(/^\.\//, ''));
  const found = new Set<string>();
  const visit = (one: string): void => {
    for (const next of direct(one)) {
      if (found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(name);
  return [...found];
}
