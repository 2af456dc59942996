import { expect, test } from 'vitest';
import { plainTex } from '../../../src/build/katex.ts';
import { writtenSlugs } from '../../../src/build/notebooks.ts';
import { readPage } from '../../../src/build/page-source.ts';
import { katexTree } from '../../../src/build/search/katex-tree.ts';
import { readMath } from '../../../src/search/read-math.ts';
import { gramsOf, renamed, symbolsOf, tokensOf } from '../../../src/search/shape.ts';

const outline = (text: string, names: string[] = []) =>
  tokensOf(readMath(text, names), 'outline')
    .map((tokens) => tokens.join(' '))
    .join(' | ');

test('of all formulas of the library, 99 in 100 are read as KaTeX reads them', () => {
  const formulas = writtenSlugs().flatMap((slug) => readPage(slug).formulas.map(({ tex }) => plainTex(tex)));
  const shapes = (nodes: ReturnType<typeof readMath>) => [
    tokensOf(nodes, 'outline'),
    tokensOf(nodes, 'whole'),
  ];
  const others = formulas.filter(
    (tex) => JSON.stringify(shapes(readMath(tex))) !== JSON.stringify(shapes(katexTree(tex))),
  );
  console.log(`${others.length} of ${formulas.length} read otherwise`);
  expect(formulas.length).toBeGreaterThan(1000);
  expect(others.length / formulas.length, others.join('\n')).toBeLessThan(0.01);
});

test.each([
  ['softmax(QK^T)V', '\\mathrm{softmax}(QK^\\top)V'],
  ['softmax(QKᵀ/√d)V', '\\operatorname{softmax}\\left(QK^\\top/\\sqrt{d}\\right)V'],
  ['softmax(QK^T/sqrt(d_k))V', '\\text{softmax}\\Bigl(\\frac{QK^{\\top}}{\\sqrt{d_k}}\\Bigr)V'],
  ['beta x^T xi', '\\beta x^\\top \\xi'],
  ['e^(-x^2/2)', '\\exp(-\\frac{x^2}2)'],
  ['||x - y||^2', '\\lVert x-y\\rVert^2'],
  ['log(x)', '\\ln x'],
  ['a <= b', 'a \\leq b'],
  ['E[x y]', '\\mathbb E[xy]'],
  ['sum_i w_i x_i', '\\sum_{i=1}^{N} w_i\\,x_i'],
  ['w <- w + a b', 'w \\leftarrow w + a\\cdot b'],
  ['x * y', 'xy'],
  ['(A^T A + c I)^-1 A^T b', '\\left(A^\\top A + cI\\right)^{-1}A^{\\top}b'],
])('%s is %s', (typed, tex) => {
  expect(outline(typed)).toBe(outline(tex));
});

test.each([
  ['LN(x)', 'ln(x)'],
  ['x^2', 'x_2'],
  ['a + b', 'a - b'],
  ['softmax(x)', 'sigmoid(x)'],
])('%s is not %s', (one, other) => {
  expect(tokensOf(readMath(one, ['LN']), 'whole')).not.toEqual(tokensOf(readMath(other, ['LN']), 'whole'));
});

test('letters are renamed by their first appearance: a shape is the same under other letters, and only under others', () => {
  const grams = (tex: string) => gramsOf(tokensOf(readMath(tex), 'outline'));
  expect(renamed(['~Q', '~K', '⊤', '~Q'])).toEqual(['~a', '~b', '⊤', '~a']);
  expect(grams('u^\\top v + u')).toEqual(grams('\\alpha^\\top\\beta+\\alpha'));
  expect(grams('u^\\top v + u')).not.toEqual(grams('u^\\top v + v'));
});

test('letters are looked up with their indices', () => {
  expect(symbolsOf(readMath('d_k'))).toEqual(expect.arrayContaining(['d', 'd_k', 'k']));
  expect(symbolsOf(readMath('W_{OV}'))).toContain('W_OV');
  expect(symbolsOf(readMath('dₖ'))).toContain('d_k');
  expect(symbolsOf(readMath('\\bar\\alpha_t'))).toContain('ᾱ_t');
});

test('nothing typed is refused', () => {
  for (const text of [
    '',
    '\\',
    '\\frac',
    '\\frac{',
    '^',
    '_',
    'x^',
    '}{',
    '\\left',
    '\\begin{',
    '\\sqrt[',
    '((',
    '{{{{',
    '\\sym{',
    '\\\\[',
    '\ud835',
  ])
    expect(Array.isArray(readMath(text)), text).toBe(true);
});
