import { expect, test } from 'vitest';
import { relativeCss, relativeHtml } from '../../../src/build/relative.ts';

test.each([
  ['<a href="/">', 'index.html', '<a href="./index.html">'],
  ['<a href="/guide/">', 'papers/x/index.html', '<a href="../../guide/index.html">'],
  ['<a href="/?section=a#library">', 'papers/x/index.html', '<a href="../../index.html?section=a#library">'],
  ['<script src="/_site/page.js">', 'guide/index.html', '<script src="../_site/page.js">'],
  ['<a href="https://example.org/a/">', 'index.html', '<a href="https://example.org/a/">'],
  ['<a href="//example.org/">', 'index.html', '<a href="//example.org/">'],
  ['<a href="#idea">', 'papers/x/index.html', '<a href="#idea">'],
  ['<section data-base="/">', 'papers/x/index.html', '<section data-base="../../">'],
])('%s in %s', (html, file, expected) => {
  expect(relativeHtml(html, file)).toBe(expected);
});

test('addresses in a stylesheet start at the stylesheet', () => {
  expect(relativeCss('src:url(/_astro/a.woff2),url("/b.png"),url(data:x)', '_astro/s.css')).toBe(
    'src:url(../_astro/a.woff2),url("../b.png"),url(data:x)',
  );
});

test('a relative link to a folder gets its index.html too', () => {
  const html = '<a href="../x/">a</a> <a href="../x/#b">b</a> <a href="../x/y.html">c</a> <a href="#d">d</a>';
  expect(relativeHtml(html, 'papers/a/index.html')).toBe(
    '<a href="../x/index.html">a</a> <a href="../x/index.html#b">b</a> <a href="../x/y.html">c</a> <a href="#d">d</a>',
  );
});
