import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileCell, lineOfSyntaxError } from '../../../src/compile-cell.ts';
import { cases, patience } from '../../fuzz.ts';

/** Pieces that a cell is made of, and pieces that no cell should be. */
const piece = fc.oneof(
  fc.constantFrom(
    "import * as tf from '@tensorflow/tfjs';",
    "import { show, type Host } from 'lab';",
    "import { f } from './mechanism';",
    'export const a: number = 1;',
    'export function g<T>(x: T): T { return x!; }',
    'export { a as b };',
    'export default 3;',
    'interface Row { x: number }',
    'type T = { [k: string]: `${string}-x` };',
    'const s = `line\nof ${1 + 1}\n`;',
    '/* a\ncomment */',
    '// import { x } from "y"',
    'const r = /["\'`/]/g;',
    'for await (const i of [1, 2]) { await i; }',
    'class A<T> { #x = 1 as const; y?: T; }',
    'const o = { a, b() {}, get c() { return 1 } } satisfies object;',
    '} evil(); {',
    '`',
    "'",
    '/*',
    '\u2028',
    '\0',
    '#!/usr/bin/env node',
  ),
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const program = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('\n'));

test(
  'any text compiles, or is a syntax error in words with its line; never anything else',
  () => {
    fc.assert(
      fc.property(program, (text) => {
        try {
          const cell = compileCell('experiment', text);
          expect(cell.body.split('\n')).toHaveLength(text.split('\n').length);
          expect(cell.imports.every((name) => typeof name === 'string')).toBe(true);
          expect(new Set(cell.exports).size).toBe(cell.exports.length);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
          expect((error as Error).message).toMatch(/^experiment\.ts does not parse: ./);
          const line = lineOfSyntaxError(error);
          if (line !== undefined) expect(line).toBeLessThanOrEqual(text.split('\n').length + 1);
        }
      }),
      { numRuns: cases },
    );
  },
  patience,
);

const identifier = fc
  .stringMatching(/^[a-z]{1,6}$/)
  .filter(
    (name) =>
      !/^(do|if|in|is|as|of|for|new|try|let|var|this|else|case|enum|null|true|void|with|type|get|set|from|async|await|yield|super|const|break|throw|class|while|false|import|static|export|return|public|typeof|switch|delete|module|global)$/.test(
        name,
      ),
  );
const statement = fc.oneof(
  fc.tuple(identifier, fc.integer()).map(([name, n]) => ({ name, text: `${name}: number = ${n}`, value: n })),
  fc
    .tuple(identifier, fc.string())
    .map(([name, s]) => ({ name, text: `${name}: string = ${JSON.stringify(s)}`, value: s })),
  fc
    .tuple(identifier, fc.integer(), fc.stringMatching(/^[\n,;a-z0-9:. -]{0,20}$/))
    .map(([name, n, between]) => ({
      name,
      text: `${name} = ((x, y: Map<number, string>) => [x, y, ${n}])(\`${between}\`, new Map())[2]`,
      value: n,
    })),
);

test(
  'what a cell exports is what its text says, whatever stands in its strings',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(statement, { selector: ({ name }) => name, minLength: 1, maxLength: 8 }),
        fc.constantFrom(';\nexport const ', '\nexport const ', ', ', ',\n  ', ' /* a, b */, // c, d\n'),
        async (statements, between) => {
          const text = `export const ${statements.map(({ text }) => text).join(between)}`;
          const { body, exports } = compileCell('a', text);
          expect(exports.sort()).toEqual(statements.map(({ name }) => name).sort());
          const found: Record<string, unknown> = {};
          await new Function(`return async function (require, exports) {${body}\n}`)()(() => ({}), found);
          for (const { name, value } of statements) expect(found[name]).toBe(value);
        },
      ),
      { numRuns: cases },
    );
  },
  patience,
);
