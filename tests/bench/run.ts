/**
 * `npm run bench [papers | sizes | wasm | reader | phone | sweeps | search | lighthouse | builds …]`: the project's bars, measured here. All
 * parts without a word. Needs a built `dist/`. Times are this machine's; ratios are not.
 */
import { readFileSync } from 'node:fs';
import { papersWithCells } from '../../src/build/cells.ts';
import type { Recording } from '../../src/protocol.ts';
import { findBrowser } from '../../src/tools/browser.ts';
import { printCosts } from './papers.ts';
import { type Bar, print } from './row.ts';

/** Kernels dispatched and time of every notebook's recorded run. */
function notebooks(): Bar[] {
  return papersWithCells().map((slug) => {
    const { kernels, milliseconds, peakBytes } = JSON.parse(
      readFileSync(`content/papers/${slug}/recorded.json`, 'utf8'),
    ) as Recording;
    const found = `${kernels} kernels, ${(milliseconds / 1000).toFixed(1)} s, ${(peakBytes / 2 ** 20).toFixed(0)} MB`;
    return { what: slug, found, asked: 'at most 10 s', holds: milliseconds <= 10_000 };
  });
}

const parts: Record<string, () => Promise<Bar[]> | Bar[]> = {
  sizes: async () => (await import('./sizes.ts')).sizeBars(),
  notebooks,
  wasm: async () =>
    (await (await import('./wasm.ts')).wasmBench()).map(({ name, ratio, bar, holds }) => ({
      what: name,
      found: `${ratio.toFixed(3)} times`,
      asked: `at most ${bar}`,
      holds,
    })),
  reader: async () => (await import('./reader.ts')).readerBars(),
  phone: async () => (await import('./phone.ts')).phoneBars(),
  sweeps: async () => (await import('./sweep.ts')).sweepBars(),
  search: async () => (await import('./search.ts')).searchBars(),
  lighthouse: async () => (await import('./lighthouse.ts')).lighthouseBars(),
  builds: async () => (await import('./builds.ts')).buildBars(process.env.ALL ? 500 : 60),
};

const words = process.argv.slice(2);
const unknown = words.find((word) => word !== 'papers' && !(word in parts));
if (unknown) {
  console.error(
    `npm run bench: found "${unknown}", expected papers, ${Object.keys(parts).join(', ')}; name one of them, or none for all.`,
  );
  process.exit(2);
}
if (words.length === 0 || words.includes('papers')) printCosts();
const wanted = words.filter((word) => word in parts);
if (words.length > 0 && wanted.length === 0) process.exit();
await findBrowser();
let missed = 0;
for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) {
  const bars = await parts[name]();
  print(name, bars);
  missed += bars.filter(({ holds }) => !holds).length;
}
console.log(missed === 0 ? '\nAll bars hold.' : `\n${missed} bars do not hold.`);
process.exit(missed === 0 ? 0 : 1);
