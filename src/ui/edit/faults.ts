import type { CellError, CompiledCell } from '../../protocol.ts';
import type { EditorBundle } from './bundle.ts';

/** A text that does not compile, as the reader sees it. */
export function compileError(bundle: EditorBundle, name: string, error: unknown): CellError {
  const line = bundle.lineOf(error);
  const message = (error as Error).message
    .replace(`${name}.ts does not parse: `, '')
    .replace(/ \(line \d+, column \d+\)/, '');
  return {
    kind: 'syntax',
    message: `the text does not parse: ${message}`,
    ...(line && { line }),
    hint: 'Mend the line, or press Reset for the text of the site.',
  };
}

/** What the browser itself says of a text that the compiler let pass, such as a name declared twice. */
const byBrowser = /^Failed to execute 'importScripts' on '\w+': /;

/**
 * The error with the line that the browser found. A worker that takes in a script does not say where it fails to
 * parse; one that is started from it does. Nothing of the cell runs: it stands in a function that nobody calls.
 */
export async function withLine(cell: CompiledCell, error: CellError): Promise<CellError> {
  const plain = { ...error, message: error.message.replace(byBrowser, '') };
  if (error.kind !== 'syntax' || error.line) return plain;
  const line = await lineByBrowser(cell.body);
  return line ? { ...plain, line } : plain;
}

function lineByBrowser(body: string): Promise<number | undefined> {
  const text = `self.cell = async function (require, exports) {${body}\n}\nself.postMessage(0)`;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(url);
  return new Promise<number | undefined>((resolve) => {
    worker.onmessage = () => resolve(undefined);
    worker.onerror = (event) => {
      event.preventDefault();
      resolve(event.lineno || undefined);
    };
    setTimeout(resolve, 3000);
  }).finally(() => {
    worker.terminate();
    URL.revokeObjectURL(url);
  });
}
