import { expect, test } from 'vitest';
import { drawText, inline } from '../../../src/render/text.ts';
import { newDocument } from './page.ts';

const document = newDocument();
const html = (markdown: string) => drawText({ kind: 'text', markdown }, document).innerHTML;

test.each([
  ['one\ntwo\n\nthree', '<p>one two</p><p>three</p>'],
  ['**a *b* c** and `x*y*`', '<p><strong>a <em>b</em> c</strong> and <code>x*y*</code></p>'],
  ['- a\n- b\n  more', '<ul><li>a</li><li>b more</li></ul>'],
  ['so:\n1. a\n2. b', '<p>so:</p><ol><li>a</li><li>b</li></ol>'],
  ['[guide](../guide/a/#b)', '<p><a href="../guide/a/#b">guide</a></p>'],
  ['2 * 3 * 4 and snake_case_name', '<p>2 * 3 * 4 and snake_case_name</p>'],
])('%j', (markdown, expected) => {
  expect(html(markdown)).toBe(expected);
});

test.each([
  'https://a.b/',
  'javascript:alert(1)',
  '//a.b/c',
  '/root',
  '\\\\a.b',
  'JAVASCRIPT:x',
  'data:text/html,x',
  '\u0001javascript:x',
  '\u0000https://a.b/',
  'java\u0001script:x',
  '\u009f//a.b/',
])('no link to %s', (href) => {
  expect(html(`[a](${href})`)).not.toContain('<a');
});

test.each(['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '# heading', '![a](b.png)'])(
  '%s stays text',
  (markdown) => {
    const box = drawText({ kind: 'text', markdown }, document);
    expect(box.querySelector('script, img, h1')).toBeNull();
    expect(box.textContent).toContain(markdown.startsWith('!') ? 'a' : markdown);
  },
);

test('a line alone is nodes', () => {
  const nodes = inline(document, 'a **b** c');
  expect(nodes.map((node) => node.textContent)).toEqual(['a ', 'b', ' c']);
});

test('a line longer than a book is set as it is, at once', () => {
  const began = performance.now();
  expect(inline(document, '**a*'.repeat(100_000))).toHaveLength(1);
  expect(performance.now() - began).toBeLessThan(1000);
});
