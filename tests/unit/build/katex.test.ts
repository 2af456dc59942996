import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import {
  displayWidth,
  formulaId,
  plainTex,
  renderDisplay,
  renderTex,
  symUses,
} from '../../../src/build/katex.ts';
import { standingSlugs } from '../../../src/build/notebooks.ts';
import { parsePage } from '../../../src/build/page-source.ts';

const annotation = (html: string) => {
  const { document } = parseHTML(`<html><body>${html}</body></html>`);
  return document.querySelector('annotation')?.textContent;
};

test.each([
  ['\\sym{beta}{\\beta} x', '\\beta x'],
  ['\\sym{beta}{\\beta}x', '\\beta x'],
  ['\\sym{beta}{\\beta}\\sym{state}{\\xi}', '\\beta\\xi'],
  ['\\sym{k}{ab}^2', '{ab}^2'],
  ['\\sym{delta}{\\Delta_{i}}', '{\\Delta_{i}}'],
  ['\\frac{1}{\\sym{n}{N}}', '\\frac{1}{N}'],
  ['a\\odot\\sym{h}{h}', 'a\\odot h'],
  ['\\odot\\sym{w}{W_1}', '\\odot{W_1}'],
  ['a \\{ b \\}', 'a \\{ b \\}'],
])('%s is plain TeX %s', (tex, plain) => {
  expect(plainTex(tex)).toBe(plain);
});

test('a key is found with braces inside its letter', () => {
  expect(symUses('a+\\sym{d}{\\Delta_{i}}')).toMatchObject([{ key: 'd', letter: '\\Delta_{i}' }]);
});

test('a marked letter carries its key to the page and not into the annotation', () => {
  const html = renderTex('\\sym{beta}{\\beta} < 1');
  expect(html).toContain('data-sym="beta"');
  expect(annotation(html)).toBe('\\beta < 1');
});

// Measured in Chromium: what KaTeX's letters take, in em.
test.each([
  ['x', 0.57],
  ['\\frac{a+b}{c}', 2.42],
  ['\\begin{gathered}x\\\\x+y\\end{gathered}', 2.43],
  ['x_{ab}\\quad\\text{if}', 3.2],
])('%s is about %f em wide', (tex, width) => {
  expect(displayWidth(tex) / width).toBeGreaterThan(0.9);
  expect(displayWidth(tex) / width).toBeLessThan(1.1);
});

test('a formula that does not parse throws', () => {
  expect(() => renderTex('\\frac{1')).toThrow(/KaTeX parse error/);
});

test('the number of a formula stands beside its scroll area and is its address', () => {
  const html = renderDisplay('y = x \\tag{3}');
  const { document } = parseHTML(`<html><body>${html}</body></html>`);
  const area = document.querySelector('.eq')!;
  expect(area.getAttribute('aria-label')).toBe('formula 3');
  expect(area.querySelector('.tag, .number')).toBeNull();
  expect(document.querySelector('#formula-3 > a.number')?.getAttribute('href')).toBe('#formula-3');
});

test("a formula (2') has an address of its own, and one without a number none", () => {
  expect(['x \\tag{2}', "x \\tag{2'}", 'x \\tag{2a}', 'x'].map(formulaId)).toEqual([
    'formula-2',
    'formula-2-prime',
    'formula-2a',
    null,
  ]);
  expect(renderDisplay("x \\tag{2'}")).toContain('<a class="number" href="#formula-2-prime"');
});

/** How many children MathML asks of what holds a letter with an index, a fraction, a root. */
const childrenOf: Record<string, number> = {
  ...{ msub: 2, msup: 2, msubsup: 3, munder: 2, mover: 2, munderover: 3 },
  ...{ mfrac: 2, mroot: 2 },
};
const misshapen = (html: string) => {
  const { document } = parseHTML(`<html><body>${html}</body></html>`);
  return [...document.querySelectorAll(Object.keys(childrenOf).join())]
    .filter((element) => element.children.length !== childrenOf[element.localName])
    .map((element) => element.outerHTML);
};

test.each(['\\htmlData{sym=a}{\\cos}_l = 1', '\\max_i x_i', '\\log^2 x', '\\sum_{i=1}^n \\sin_i^2'])(
  '%s is MathML as browsers take it',
  (tex) => {
    expect(misshapen(renderTex(tex))).toEqual([]);
  },
);

test.each(standingSlugs())('every formula of %s is MathML as browsers take it', (slug) => {
  const file = `content/papers/${slug}/index.mdx`;
  const { formulas } = parsePage(file, readFileSync(file, 'utf8'));
  for (const { tex, display } of formulas) expect(misshapen(renderTex(tex, display)), tex).toEqual([]);
});

test.each(standingSlugs())('every formula of %s keeps its source as annotation', (slug) => {
  const file = `content/papers/${slug}/index.mdx`;
  const { formulas } = parsePage(file, readFileSync(file, 'utf8'));
  expect(formulas.length).toBeGreaterThan(0);
  for (const { tex, display } of formulas)
    expect(annotation(renderTex(tex, display))).toBe(plainTex(tex.trim()));
});
