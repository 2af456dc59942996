import { expect, test } from 'vitest';
import { runningOrder } from '../../../src/cell-order.ts';
import { compileCell } from '../../../src/compile-cell.ts';

const cell = (name: string, ...imports: string[]) =>
  compileCell(name, imports.map((specifier, i) => `import { x${i} } from '${specifier}';`).join('\n'));
const order = (...cells: ReturnType<typeof cell>[]) => runningOrder(cells).map(({ name }) => name);

test('reading order, but imports first', () => {
  expect(order(cell('a', './c', 'lab'), cell('b'), cell('c'))).toEqual(['c', 'a', 'b']);
});
test('another paper’s mechanism is a cell, too', () => {
  expect(order(cell('a', '../hopfield/mechanism'), cell('../hopfield/mechanism'))).toEqual([
    '../hopfield/mechanism',
    'a',
  ]);
});
test('a missing import names both ends', () => {
  expect(() => order(cell('a', './nowhere'))).toThrow(
    "a.ts imports './nowhere', but the notebook has only a",
  );
});
test('a circle is named', () => {
  expect(() => order(cell('a', './b'), cell('b', './a'))).toThrow('a.ts imports itself, by way of a, b');
});
