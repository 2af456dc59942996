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
