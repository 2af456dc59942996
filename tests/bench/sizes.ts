import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { distFolder, pagesOf } from '../site/dist.ts';
import { atMost, type Bar } from './row.ts';

const dist = distFolder();
const gzipped = (file: string) => gzipSync(readFileSync(`${dist}/${file}`)).length;
const total = (files: string[]) => files.reduce((sum, file) => sum + gzipped(file), 0);

/** What a reader downloads, gzipped: before Run, and for the first run. */
export function sizeBars(): Bar[] {
  const pages = pagesOf(dist).filter((page) => page.startsWith('papers/'));
  const heaviest = Math.max(...pages.map((page) => gzipped(`${page}index.html`)));
  const sheets = readdirSync(`${dist}/_astro`)
    .filter((file) => file.endsWith('.css'))
    .map((file) => `_astro/${file}`);
  return [
    atMost('script of a page before Run', total(['_site/page.js', '_site/theme.js']), 15_000),
    atMost(`HTML of the heaviest of ${pages.length} pages`, heaviest, 80_000),
    atMost('style sheets, all', total(sheets), 40_000),
    atMost('kernel for WebGPU', total(['_site/kernel.js', '_site/webgpu.js']), 300_000),
    atMost('editor and compiler', total(['_site/editor.js']), 230_000),
    atMost('runner and figures (Plot)', total(['_site/notebook.js', '_site/draw.js']), 200_000),
    atMost(
      'WASM path: backend, CPU kernels and binary',
      total(['_site/wasm.js', '_site/tfjs-backend-wasm-simd.wasm']),
      300_000,
    ),
  ];
}
