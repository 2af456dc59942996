import { expect, test } from 'vitest';
import { gluePunctuation } from '../../../src/build/glue.ts';
import { renderTex } from '../../../src/build/katex.ts';

const glued = (html: string) => /<span class="glued">/.test(html);

test('a short formula keeps the full stop after it', () => {
  const formula = renderTex('\\tau');
  expect(gluePunctuation(`<p>in ${formula}. With</p>`)).toBe(
    `<p>in <span class="glued">${formula}.</span> With</p>`,
  );
});

test('nothing after it, or a long formula: as it was', () => {
  const long = renderTex('a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p');
  for (const html of [`<p>${renderTex('x')} is</p>`, `<p>${long}.</p>`, '<p>no formula.</p>'])
    expect(gluePunctuation(html)).toBe(html);
});

test('several in a line, one after another', () => {
  const html = gluePunctuation(`${renderTex('x')}, ${renderTex('\\frac{a}{b}')} and ${renderTex('z')}).`);
  expect(html.match(/glued/g)).toHaveLength(2);
  expect(glued(html)).toBe(true);
});
