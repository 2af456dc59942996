import { cellFunction } from './cell-function.ts';
import { headed, type TakenCell, type TakePack } from './pack.ts';

const rule = (words: string) =>
  `/* ${'─'.repeat(8)} ${words} ${'─'.repeat(Math.max(8, 66 - words.length))} */`;

/** What a program is told of itself; what was recorded is of the site's own cells. */
export const aboutOf = (pack: TakePack, cells: TakenCell[]) =>
  cells.some(({ edited }) => edited) ? { ...pack.about, recorded: {} } : pack.about;

/**
 * The notebook of a page as one TypeScript file that Node runs. `runtime` is the body of a function that gives lab and
 * kernel, `files` are the data files as base64, by name. @throws where a cell cannot be taken in.
 */
export function programFile(
  pack: TakePack,
  cells: TakenCell[],
  runtime: string,
  files: Record<string, string>,
): string {
  const named = new Map(cells.map((cell) => [cell.name, cell]));
  const calls = pack.order.map((name) => {
    const cell = named.get(name)!;
    return headed(cell, cellFunction(cell));
  });
  const given = JSON.stringify({ about: aboutOf(pack, cells), colours: pack.colours });
  const data = Object.entries(files).map(([name, base64]) => `    ${JSON.stringify(name)}: '${base64}',\n`);
  return `${pack.opening}

notebook(async (cell) => {

${calls.join('\n\n')}

});

${rule('how it starts')}

async function notebook(cells) {
  const tf = await import('@tensorflow/tfjs').catch(() => {
    console.error('TensorFlow.js is not installed here. In the folder of this file, run: npm i @tensorflow/tfjs');
    process.exit(1);
  });
  globalThis.workingPapersTensorFlow = tf.default ?? tf;
  const wasm = () => import('@tensorflow/tfjs-backend-wasm');
  const { cell, end } = await lab().start({ ...given(), files: files(), wasm });
  await cells(cell).then(end, (error) => {
    console.error(error.stack);
    process.exit(1);
  });
}

/** What this notebook is, and the colours of its figures. */
function given() {
  return ${given};
}

/** The data that its cells read, as base64. */
function files() {
  return {
${data.join('')}  };
}

${rule('lab, kernel and figures of Working Papers, without its types; packages made small')}

function lab() {
${runtime}
}
`;
}
