import { transform } from 'sucrase';
import type { CompiledCell } from './protocol.ts';
import { splitExports } from './split-exports.ts';

/**
 * Turns the text of a cell into the body of an async function of `(require, exports)`.
 * Types are removed, imports become calls of `require`, exports assignments to `exports`;
 * every statement stays on its line, so an error's line is the author's.
 * Pure: the build, the recordings and the tests use this one function.
 * @throws SyntaxError with the line of the cell, when the text does not parse.
 */
export function compileCell(name: string, source: string): CompiledCell {
  const body = stripped(name, source);
  return { name, body, imports: importsOf(body), exports: exportsOf(body) };
}

function stripped(name: string, source: string): string {
  // Sucrase would take it for a program's first line, and a body of a function has none.
  if (source.startsWith('#!'))
    throw new SyntaxError(
      `${name}.ts does not parse: a cell has no line that begins with #! (line 1, column 1)`,
    );
  try {
    return transform(splitExports(source), {
      transforms: ['typescript', 'imports'],
      disableESTransforms: true,
      keepUnusedImports: true,
      filePath: `${name}.ts`,
    }).code;
  } catch (error) {
    throw new SyntaxError(`${name}.ts does not parse: ${sentence(error)}`, { cause: error });
  }
}

/** Sucrase writes "Error transforming x.ts: Unexpected token (3:7)"; the place stays, the preamble goes. */
function sentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/^Error transforming [^:]*: /, '')
    .replace(/\((\d+):(\d+)\)/, '(line $1, column $2)');
}

const importsOf = (body: string): string[] => [
  ...new Set([...body.matchAll(/(?:var _\w+ = |^\s*)require\('([^']+)'\)/gm)].map((match) => match[1])),
];

const exportsOf = (body: string): string[] => [
  ...new Set([...body.matchAll(/\bexports\.(\w+) = /g)].map((match) => match[1])),
];

/** The line of a syntax error made by `compileCell`, 1-based; undefined when the message has none. */
export function lineOfSyntaxError(error: unknown): number | undefined {
  const found = /\(line (\d+), column \d+\)/.exec(error instanceof Error ? error.message : '');
  return found ? Number(found[1]) : undefined;
}
