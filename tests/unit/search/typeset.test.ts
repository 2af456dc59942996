import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { typeset } from '../../../src/ui/search/typeset.ts';

const { document } = parseHTML('<html><body></body></html>');
const set = (tex: string) => typeset(document as unknown as Document, tex);

test('a fraction has two parts, one over the other, numbers too', () => {
  const parts = [...set('\\tfrac12M^2').querySelector('.over')!.children].map((part) => part.textContent);
  expect(parts).toEqual(['1', '2']);
});

test('indices and powers stand in their places, letters slanted, names upright', () => {
  const line = set('\\mathrm{softmax}(x_i^2\\beta)');
  expect(line.querySelector('.both sup')!.textContent).toBe('2');
  expect(line.querySelector('.both sub')!.textContent).toBe('i');
  expect([...line.querySelectorAll('i')].map((letter) => letter.textContent)).toEqual(['x', 'i', 'β']);
  expect(line.textContent).toMatch(/^softmax\(/);
});
