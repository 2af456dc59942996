import { expect, test } from 'vitest';
import { withPlainFormulas } from '../../../src/build/search-index.ts';
import { fromSteps, pack, shapePart, steps, unpack } from '../../../src/search/format.ts';
import { plainMath } from '../../../src/search/plain-math.ts';
import { readQuery } from '../../../src/search/query.ts';
import { fold, isNear, stem, termsOf, termsOfName, wordsOf } from '../../../src/search/words.ts';

test('case and accents do not matter', () => {
  expect(fold('Schäfl Träuble Ørsted Graß')).toBe('schafl trauble orsted grass');
});

test.each([
  ['normalisation', 'normalization'],
  ['normalised', 'normalizing'],
  ['networks', 'network'],
  ['rumours', 'rumor'],
  ['embeddings', 'embedding'],
  ['learned', 'learning'],
])('%s and %s are one word', (a, b) => {
  expect(stem(a)).toBe(stem(b));
});

test.each([
  ['noise', 'noisy'],
  ['loss', 'los'],
  ['hopfield', 'hopfields2'],
])('%s and %s are two words', (a, b) => {
  expect(stem(a)).not.toBe(stem(b));
});

test('an arXiv number is one word, in an address, too', () => {
  expect(wordsOf('see https://arxiv.org/abs/1607.06450v2')).toContain('1607.06450');
  expect(termsOf('arXiv:1607.06450')).toEqual(['1607.06450']);
});

test('a name in code is found whole and by its parts', () => {
  expect(termsOfName('shermanMorrison')).toEqual(['shermanmorrison', 'sherman', 'morrison']);
});

test('a slip of the finger is near: a letter more, less, another, or two in the wrong order', () => {
  for (const slip of ['hopfeild', 'hopfild', 'hopffield', 'hopfiold'])
    expect(isNear(slip, 'hopfield', 1), slip).toBe(true);
  expect(isNear('hopscotch', 'hopfield', 2)).toBe(false);
});

test('a query is read with other words of the same meaning in place of its own', () => {
  const table: [string[], string[]][] = [[['layernorm', 'layer normaliz'], ['layer normaliz']]];
  expect(readQuery('LayerNorm in RNN', table).readings).toEqual([
    ['layernorm', 'rnn'],
    ['layer', 'normaliz', 'rnn'],
  ]);
  expect(readQuery('layer', table).readings).toEqual([['layer']]);
});

test.each([
  ['softmax(QK^T)V', true],
  ['\\beta', true],
  ['d_k', true],
  ['x = y + z', true],
  ['attention temperature', false],
  ['1607.06450', false],
  ['https://arxiv.org/abs/1607.06450', false],
  ['zero-shot', false],
])('%s: a formula? %s', (text, is) => {
  expect(readQuery(text, []).isFormula).toBe(is);
});

test.each([
  ['\\mathrm{softmax}(\\beta X^\\top\\xi)', 'softmax(βXᵀξ)'],
  ['\\frac{a+b}{\\sqrt{d_k}}', '(a + b)/√dₖ'],
  ['x_i^2\\le\\tfrac12', 'xᵢ² ≤ 1/2'],
])('%s reads as %s', (tex, text) => {
  expect(plainMath(tex).replaceAll('\u2009', '')).toBe(text);
});

test('passages hold a formula as plain text, once', () => {
  const html = '<p>by <annotation encoding="application/x-tex">x_i &lt; \\beta</annotation>.</p>';
  expect(withPlainFormulas(html)).toBe(
    '<p>by <annotation encoding="application/x-tex">xᵢ &lt; β</annotation>.</p>',
  );
});

test('places are packed and unpacked, as steps', () => {
  const place = { page: 1999, part: 12, weight: 8 };
  expect(unpack(pack(place.page, place.part, place.weight))).toEqual(place);
  expect(fromSteps(steps([3, 8, 8, 400]))).toEqual([3, 8, 8, 400]);
  expect(shapePart('~a ~b ⊤', 7)).toBe(shapePart('~a ~b ⊤', 7));
});
