import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fontsUsed } from '../../../src/build/take/fonts-used.ts';
import { pageShell } from '../../../src/build/take/page-shell.ts';
import type { SharedPack, TakePack } from '../../../src/take-files/pack.ts';
import { fromPlanes, isInPlanes, toPlanes } from '../../../src/take-files/planes.ts';
import { singleFile } from '../../../src/take-files/single.ts';

const css = `@font-face{font-family:KaTeX_AMS;font-weight:400;src:url(../_astro/ams.woff2);unicode-range:U+41-5A}
@font-face{font-family:KaTeX_Main;font-style:normal;font-weight:400;src:url(../_astro/main.woff2)}
@font-face{font-family:KaTeX_Main;font-style:normal;font-weight:700;src:url(../_astro/bold.woff2)}
@font-face{font-family:Inter;src:url(../_astro/sans.woff2);font-weight:400 650}
@font-face{font-family:Inter;src:url(../_astro/sans-greek.woff2);unicode-range:U+370-3FF}
@font-face{font-family:Stand-in;src:local(Georgia)}
.katex{font:normal 1.21em KaTeX_Main,serif}.katex .mathbf{font-family:KaTeX_Main;font-weight:700}.katex .amsrm,.katex .mathbb{font-family:KaTeX_AMS}`;

const html = `<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="x"><title>t</title><link rel="icon" href="../../favicon.svg"><link rel="early-font" href="../../_astro/serif.woff2"><script src="../../_site/theme.js?v=1"></script><link rel="stylesheet" href="../../_astro/Base.css"></head><body><header><nav aria-label="Site"><a href="../../index.html">Library</a></nav><button type="button" class="search-open" data-search-open>Search</button></header><p class="cost" data-cost>0.50 MB once, then <span data-cost-time>about 1 s</span></p><p class="katex">x <a href="../other/index.html">other</a> <a href="#idea">idea</a></p><div data-take-along><dl><dt>x</dt></dl></div><p>Cite. <span data-take-address>The address of this page: <a href="#main" data-address>its own</a>.</span></p><section><h3 id="embed-here">Embed</h3><div><h3 id="report-a-mistake">Report</h3></div><nav class="neighbours"><a href="../other/index.html">Next</a></nav></section><dialog class="search" id="search-box">all</dialog></body></html>`;

const pack = { slug: 'x', page: pageShell(html, '<svg/>'), fonts: ['main.woff2'] } as TakePack;
const shared: SharedPack = {
  styles: css,
  fonts: { 'main.woff2': 'TUFJTg==', 'sans.woff2': 'U0FOUw==' },
  theme: 'themeScript()',
  boot: 'const end = "</script>"; boot()',
};
const made = (address: string | null = null) =>
  singleFile(pack, shared, { files: { 'data/a.bin': 'QQ==' }, nonce: 'n0nce', address });

test('a page needs the fonts of its formulas and letters, and no others', () => {
  expect(fontsUsed('<p class="katex">x</p>', css)).toEqual(['main.woff2', 'sans.woff2']);
  expect(fontsUsed('<p class="katex"><b class="mathbf">β</b></p>', css)).toEqual([
    'main.woff2',
    'bold.woff2',
    'sans.woff2',
    'sans-greek.woff2',
  ]);
  expect(fontsUsed('<p class="katex"><b class="mathbb">R</b></p>', css)).toContain('ams.woff2');
  expect(fontsUsed('<p class="katex"><b class="mathbb">1</b></p>'.replace(/[A-Z]/g, ''), css)).not.toContain(
    'ams.woff2',
  );
});

test('one file loads nothing from elsewhere, and says so in its policy', () => {
  const file = made();
  expect(file).not.toMatch(/\s(?:src|href)="(?!#|data:|https?:)/);
  expect(file).not.toMatch(/url\((?!data:)/);
  expect(file).toContain("default-src 'none'; script-src 'nonce-n0nce' blob:");
  expect(file).toContain('url(data:font/woff2;base64,TUFJTg==)');
  expect(file).not.toContain('sans.woff2');
  expect(file).toContain('src:local(Georgia)');
  expect(file).toContain('<script type="text/plain" data-carried="data/a.bin">QQ==</script>');
});

test('a script in it cannot end its own element', () => {
  expect(made()).toContain('const end = "\\x3c/script>"; boot()</script>');
});

test('what works on a site alone is left out, and the file says what it is', () => {
  const file = made();
  expect(file).not.toMatch(/search|once, then|<dl>|Embed|Report/);
  expect(file).toContain('this is the page as one HTML file');
  expect(file.indexOf('Content-Security-Policy')).toBe(file.lastIndexOf('Content-Security-Policy'));
});

test('links lead to the site where its address is known, else nowhere; those inside the page stay', () => {
  expect(made()).toContain('<a>other</a> <a href="#idea">idea</a>');
  expect(made()).not.toMatch(/aria-label="Site"|The address of this page/);
  const known = made('https://example.org/wp/papers/x/index.html');
  expect(known).toContain('<a href="https://example.org/wp/papers/other/index.html">other</a>');
  expect(known).toContain('<a href="https://example.org/wp/index.html">Library</a>');
  expect(known).toContain(
    'The address of this page: <a href="https://example.org/wp/papers/x/index.html">https://example.org/wp/papers/x/index.html</a>.',
  );
});

test('weights are carried in planes, which give the same bytes back and compress better', () => {
  const numbers = Float32Array.from({ length: 5000 }, (_, i) => Math.sin(i * i) / 10);
  const bytes = new Uint8Array([...new Uint8Array(numbers.buffer), 1, 2, 3]);
  const planes = toPlanes(bytes);
  expect(Buffer.from(fromPlanes(planes)).equals(Buffer.from(bytes))).toBe(true);
  expect(gzipSync(planes).length).toBeLessThan(0.97 * gzipSync(bytes).length);
  expect([isInPlanes('data/fit.safetensors'), isInPlanes('data/mnist-8.safetensors.gz')]).toEqual([
    true,
    false,
  ]);
});
