import { describe, expect, test } from 'vitest';
import { compileCell, lineOfSyntaxError } from '../../../src/compile-cell.ts';

const source = `import * as tf from '@tensorflow/tfjs';
import { check, type Host,
  show } from 'lab';
import { modern } from './mechanism';

interface Row { stored: number }
export const rows: Row[] = [];
export function f<T>(x: T): T {
  return x!;
}
for await (const i of [1, 2]) show('x', i as number, tf, modern, check);
`;

type Call = (require: (name: string) => unknown, exports: object) => Promise<void>;
const callOf = (body: string) =>
  new Function(`return async function (require, exports) {${body}\n}`)() as Call;

describe('compileCell', () => {
  test('lists imports and exports', () => {
    const { imports, exports } = compileCell('experiment', source);
    expect(imports).toEqual(['@tensorflow/tfjs', 'lab', './mechanism']);
    expect(exports.sort()).toEqual(['f', 'rows']);
  });

  test('keeps every statement on its line', () => {
    const before = source.split('\n');
    const after = compileCell('experiment', source).body.split('\n');
    expect(after.length).toBe(before.length);
    expect(after[10]).toContain('for await (const i of [1, 2])');
  });

  test('runs, with imports from require and exports on the object', async () => {
    const shown: unknown[] = [];
    const exports: Record<string, unknown> = {};
    const modules: Record<string, object> = {
      '@tensorflow/tfjs': {},
      lab: { show: (...a: unknown[]) => shown.push(a) },
      './mechanism': {},
    };
    await callOf(compileCell('experiment', source).body)((name) => modules[name], exports);
    expect((shown as unknown[][]).map((call) => call.slice(0, 2))).toEqual([
      ['x', 1],
      ['x', 2],
    ]);
    expect((exports.f as (x: number) => number)(3)).toBe(3);
  });

  test('text that looks like an import is none', () => {
    expect(compileCell('a', `const s = "require('./x')"; const y = 1;`).imports).toEqual([]);
  });

  test.each([
    ['export const a = 1, b = 2;', { a: 1, b: 2 }],
    ['export let a = 1, b;\nb = a + 1;\nlet c, d;', { a: 1, b: 2 }],
    [
      'export const { a, x: [b] } = { a: 1, x: [2] }, c: Map<string, number> = new Map()\na, b',
      { a: 1, b: 2 },
    ],
    ['export const a = [1, 2].length - 1, // one, as it were\n  b = ((p, q) => q)(1, 2);', { a: 1, b: 2 }],
    [
      'const s = `\n3:4-3:10 export const\n`;\nexport const a = `,\n`.length - 1, b = /,/.source.length + 1;',
      { a: 1, b: 2 },
    ],
  ])('several names in one export are all exported: %s', async (text, values) => {
    const { body, exports: names } = compileCell('experiment', text);
    const exports: Record<string, unknown> = {};
    await callOf(`'use strict';${body}`)(() => ({}), exports);
    expect(exports).toMatchObject(values);
    for (const name of Object.keys(values)) expect(body).toContain(`exports.${name}`);
    expect(names).not.toContain('d');
    expect(body.split('\n')).toHaveLength(text.split('\n').length);
  });

  test('a syntax error names file and line', () => {
    const attempt = () => compileCell('experiment', 'const a = 1;\nconst b = ;\n');
    expect(attempt).toThrow(/^experiment\.ts does not parse: .*line 2/);
    try {
      attempt();
    } catch (error) {
      expect(lineOfSyntaxError(error)).toBe(2);
    }
  });
});
