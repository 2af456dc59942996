import { transform } from 'sucrase';
import { expect, test } from 'vitest';
import { papersWithCells, readCells } from '../../../src/build/cells.ts';
import { compileCell } from '../../../src/compile-cell.ts';
import { cellFunction } from '../../../src/take-files/cell-function.ts';

const cell = `import * as tf from '@tensorflow/tfjs';
import type { Net } from './networks';
import { check, type Loss, mean as average } from 'lab';
import {
  a,
  b,
} from './mechanism';

export type Size = number;
export const [one, { two, deep: three }] = [1, { two: 2, deep: 3 }];
export async function run(n: Size) {
  return n;
}
`;

test('imports become calls, exports what the function returns, and the rest stays as written', () => {
  expect(cellFunction({ name: 'experiment', text: cell })).toBe(
    `await cell('experiment', async (use) => {
const tf = use('@tensorflow/tfjs');
const { check, mean: average } = use('lab');
const { a,  b } = use('./mechanism');

type Size = number;
const [one, { two, deep: three }] = [1, { two: 2, deep: 3 }];
async function run(n: Size) {
  return n;
}
return { one, two, three, run };
});`.replace('a,  b', 'a, b'),
  );
});

test('imports as a reader writes them are taken in too', () => {
  const text = 'import {check} from "lab"\nimport * as m from "./mechanism"\ncheck(m)';
  expect(cellFunction({ name: 'x', text })).toContain(
    "const { check } = use('lab');\nconst m = use('./mechanism');\ncheck(m)",
  );
});

test('several names in one export are all given, once a compiler has named them', () => {
  const text = 'export const a = 1, b = 2;';
  const { exports } = compileCell('x', text);
  expect(cellFunction({ name: 'x', text, exports })).toContain('const a = 1, b = 2;\nreturn { a, b };');
});

test('what cannot be taken in is refused with its line', () => {
  expect(() => cellFunction({ name: 'x', text: 'export default 3;' })).toThrow(
    'x.ts has "export default 3;"',
  );
  expect(() => cellFunction({ name: 'x', text: 'export const { a = 1 } = b;' })).toThrow(
    'x.ts has "export const { a = 1 } = b;"',
  );
});

test('every cell of the library gives all that it exports', () => {
  for (const slug of papersWithCells())
    for (const { name, text } of readCells(slug)) {
      const code = transform(text, { transforms: ['typescript', 'imports'], disableESTransforms: true }).code;
      const exported = new Set([...code.matchAll(/\bexports\.(\w+)/g)].map((match) => match[1]));
      exported.delete('__esModule');
      const returned =
        /\nreturn \{ (.*) \};\n\}\);$/.exec(cellFunction({ name, text }))?.[1].split(', ') ?? [];
      expect([...returned].sort(), `${slug}/${name}.ts`).toEqual([...exported].sort());
    }
});
