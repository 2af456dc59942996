import { readdirSync, readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { distFolder, pagesOf } from '../site/dist.ts';
import { atMost, type Bar } from './row.ts';

const dist = distFolder();
const gzipped = (file: string) => gzipSync(readFileSync(`${dist}/${file}`)).length;
const total = (files: string[]) => files.reduce((sum, file) => sum + gzipped(file), 0);

/** The files of the site by what they are for; the first pattern that fits a name counts. */
const kinds: [string, RegExp][] = [
  ['pages', /\.html$/],
  ['copies for a page opened from a disk', /\.text\.js$|^_site\/assets\//],
  ['notebooks: cells and recordings', /^_site\/(papers|sources)\//],
  ['programs and notebooks to take along', /^_site\/take/],
  ['index of the search', /^_site\/search/],
  ['passages of the search (Pagefind)', /^pagefind\//],
  ['data and weights', /^data\//],
  ['pictures', /\.(png|svg)$/],
  ['type', /\.woff2$/],
  ['scripts and kernels', /\.(js|wasm)$/],
  ['everything else', /./],
];

/** The whole folder by kind, and what "Save the library" keeps. In bytes as they lie on the disk. */
function wholeSite(): Bar[] {
  const files = (readdirSync(dist, { recursive: true, encoding: 'utf8' }) as string[])
    .map((name) => ({ name: name.replaceAll('\\', '/'), stat: statSync(`${dist}/${name}`) }))
    .filter(({ stat }) => stat.isFile())
    .map(({ name, stat }) => ({ bytes: stat.size, kind: kinds.find(([, fits]) => fits.test(name))![0] }));
  const sum = (some: { bytes: number }[]) => some.reduce((total, { bytes }) => total + bytes, 0);
  const { files: kept } = JSON.parse(readFileSync(`${dist}/_site/release.json`, 'utf8')) as {
    files: Record<string, [string, number]>;
  };
  const saved = Object.values(kept).reduce((total, [, bytes]) => total + bytes, 0);
  const mega = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  const bar = (what: string, bytes: number, most: number): Bar => ({
    what,
    found: mega(bytes),
    asked: `at most ${mega(most)}`,
    holds: bytes <= most,
  });
  return [
    bar(`the whole folder, ${files.length} files`, sum(files), 80e6),
    ...kinds.map(([kind]) => {
      const some = files.filter((file) => file.kind === kind);
      return {
        what: `  ${kind}, ${some.length}`,
        found: mega(sum(some)),
        asked: `${((100 * sum(some)) / sum(files)).toFixed(0)} %`,
        holds: true,
      };
    }),
    bar(`the library saved for reading offline, ${Object.keys(kept).length} files`, saved, 60e6),
  ];
}

/** What a reader downloads, gzipped: before Run, and for the first run; then the folder as it lies on a disk. */
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
    ...wholeSite(),
  ];
}
