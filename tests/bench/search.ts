import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright';
import { chromium } from 'playwright';
import { indexOf } from '../../src/build/search/parts.ts';
import { searchEntries } from '../../src/build/search/scripts.ts';
import { Engine } from '../../src/search/engine.ts';
import { launchOptions } from '../../src/tools/browser.ts';
import { startServer } from '../server.ts';
import { distFolder } from '../site/dist.ts';
import { atMost, type Bar } from './row.ts';
import { formulaQueries } from './search-formulas.ts';
import { largeLibrary } from './search-large.ts';
import { partsOf, type Quality, qualityOf } from './search-quality.ts';
import { wordQueries } from './search-words.ts';

const share = (what: string, found: number, bar: number): Bar => ({
  what,
  found: found.toFixed(3),
  asked: `at least ${bar}`,
  holds: found >= bar,
});

const within = (what: string, milliseconds: number, bar: number): Bar => ({
  what,
  found: `${milliseconds.toFixed(0)} ms`,
  asked: `at most ${bar} ms`,
  holds: milliseconds <= bar,
});

const highest = (numbers: number[], part: number): number =>
  numbers.sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];

const all = [...wordQueries, ...formulaQueries].map(([query]) => query);

/** What is found, how fast, and what it costs to fetch: of this library, and of one of 2,000 pages. */
export async function searchBars(): Promise<Bar[]> {
  const words = await qualityOf(wordQueries);
  const formulas = await qualityOf(formulaQueries);
  for (const missed of [...words.missed, ...formulas.missed]) console.log(`  not among three: ${missed}`);
  return [...qualityBars(words, formulas), ...(await inBrowser()), ...(await atLarge())];
}

function qualityBars(words: Quality, formulas: Quality): Bar[] {
  return [
    share(`${wordQueries.length} queries, page first`, words.first, 0.9),
    share(`${wordQueries.length} queries, among three`, words.three, 0.98),
    share(`${formulaQueries.length} formulas, among three`, formulas.three, 0.95),
  ];
}

/** Every tenth query, typed letter by letter into a fresh page: what it fetches, and how long each letter waits. */
async function inBrowser(): Promise<Bar[]> {
  const server = await startServer(distFolder());
  const browser = await chromium.launch(launchOptions());
  try {
    const sizes: number[] = [];
    const times: number[] = [];
    for (const query of all.filter((_, i) => i % 10 === 0)) {
      const { bytes, delays } = await typed(browser, server.base, query);
      sizes.push(bytes);
      times.push(...delays);
    }
    return [
      within(`answer to a letter typed, 95 in 100 of ${times.length}`, highest(times, 0.95), 100),
      atMost('first query, all that it fetches, the most', highest(sizes, 1), 100_000),
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

async function typed(
  browser: Browser,
  base: string,
  query: string,
): Promise<{ bytes: number; delays: number[] }> {
  const page = await browser.newPage();
  const fetched: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (/_site\/search|pagefind/.test(response.url())) fetched.push(response.body());
  });
  await page.goto(base);
  await page.keyboard.press('/');
  await page.locator('dialog.search[data-box=ready]').waitFor();
  // The index is loaded when its core is; from then on letters are timed.
  await page.waitForFunction(() => 'core' in ((window as { searchIndex?: object }).searchIndex ?? {}));
  const delays = await page.evaluate(typeLetters, query);
  await page.waitForTimeout(300);
  const bytes = (await Promise.all(fetched)).reduce((sum, body) => sum + gzipSync(body).length, 0);
  await page.close();
  return { bytes, delays };
}

/** Runs on the page: from each letter to the answer, a letter every 120 ms at most. */
async function typeLetters(query: string): Promise<number[]> {
  const input = document.querySelector<HTMLInputElement>('dialog.search input')!;
  const list = document.querySelector('.search-results')!;
  const delays: number[] = [];
  for (let length = 1; length <= query.length; length++) {
    const shown = new Promise<boolean>((done) => {
      new MutationObserver((_, observer) => {
        observer.disconnect();
        done(true);
      }).observe(list, { childList: true });
      // A lone letter waits, and an answer of nothing after nothing changes no list.
      setTimeout(() => done(false), 400);
    });
    const began = performance.now();
    input.value = query.slice(0, length);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    if (await shown) delays.push(performance.now() - began);
    await new Promise((done) => setTimeout(done, Math.max(0, 120 - (performance.now() - began))));
  }
  return delays;
}

/** The same queries, letter by letter, on an index of 2,000 pages in memory: what they would fetch, and their time. */
async function atLarge(): Promise<Bar[]> {
  const entries = largeLibrary(searchEntries(), 2000);
  const index = indexOf(entries);
  const box = gzipSync(await (await fetchScript()).arrayBuffer()).length;
  const sizes: number[] = [];
  const times: number[] = [];
  const known = new Map<string, number>();
  for (const query of all) {
    const taken = new Map<string, number>();
    const engine = new Engine(
      partsOf(index, entries, (name, part) => {
        if (!known.has(name)) known.set(name, gzipSync(JSON.stringify(part)).length + 40);
        taken.set(name, known.get(name)!);
      }),
    );
    await engine.search(query);
    for (let length = 2; length <= query.length; length++) {
      const began = performance.now();
      await engine.search(query.slice(0, length));
      times.push(performance.now() - began);
    }
    sizes.push([...taken.values()].reduce((sum, size) => sum + size, box));
  }
  return [
    within('2,000 pages: answer to a letter, 95 in 100', highest(times, 0.95), 100),
    atMost('2,000 pages: first query, 95 in 100', highest(sizes, 0.95), 100_000),
    atMost('2,000 pages: first query, the most', highest(sizes, 1), 100_000),
  ];
}

const fetchScript = async () => {
  const { readFile } = await import('node:fs/promises');
  return new Blob([await readFile(`${distFolder()}/_site/search.js`)]);
};
