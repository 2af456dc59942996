import { type CDPSession, chromium, type Page } from 'playwright';
import { launchOptions } from '../../src/tools/browser.ts';
import { startServer } from '../server.ts';
import { distFolder } from '../site/dist.ts';
import type { Bar } from './row.ts';

/** Lighthouse's "slow 4G": bytes a second, milliseconds. */
const slow4G = { offline: false, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8, latency: 150 };

interface Window2 {
  long: number[];
}

async function watched(page: Page, rate: number, slow: boolean): Promise<CDPSession> {
  await page.addInitScript(() => {
    const watch = window as unknown as Window2;
    watch.long = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watch.long.push(entry.duration);
    }).observe({ type: 'longtask', buffered: true });
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  if (slow) {
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', slow4G);
  }
  return session;
}

const longest = async (page: Page) =>
  page.evaluate(() => {
    const watch = window as unknown as Window2;
    const most = Math.max(0, ...watch.long);
    watch.long = [];
    return most;
  });

const run = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ first: number; whole: number }>((resolve) => {
        const began = performance.now();
        let first = 0;
        const observer = new MutationObserver(() => {
          first ||= performance.now() - began;
        });
        for (const slot of document.querySelectorAll('.slot')) observer.observe(slot, { childList: true });
        const ended = () => {
          observer.disconnect();
          resolve({ first, whole: performance.now() - began });
        };
        document.addEventListener('run-end', () => setTimeout(ended, 50), { once: true });
        document.querySelector<HTMLElement>('.tools [data-run]')!.click();
      }),
  );

const painted = (page: Page) =>
  page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);

/** hopfield's page on a phone six times slower than this machine, on slow 4G: first visit and second. */
async function slowPhone(url: string): Promise<Bar[]> {
  const browser = await chromium.launch(launchOptions());
  try {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
    const bars: Bar[] = [];
    for (const visit of ['first visit', 'second visit']) {
      const page = await context.newPage();
      await watched(page, 6, true);
      await page.goto(url);
      await page.waitForTimeout(3000);
      const paint = await painted(page);
      const loading = await longest(page);
      const { first, whole } = await run(page);
      const running = await longest(page);
      const bar = (what: string, value: number, most: number): Bar => ({
        what: `slow phone, ${visit}: ${what}`,
        found: `${Math.round(value)} ms`,
        asked: `at most ${most} ms`,
        holds: value <= most,
      });
      bars.push(
        bar('first paint', paint, 2500),
        bar('longest task while it loads', loading, 1000),
        bar('Run to the first figure', first, visit === 'first visit' ? 10_000 : 5000),
        bar('Run to the last check', whole, 15_000),
        bar('longest task in a run', running, 1000),
      );
      await page.close();
    }
    return bars;
  } finally {
    await browser.close();
  }
}

/** What a hundred runs leave behind. */
async function hundredRuns(url: string): Promise<Bar[]> {
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    const session = await watched(page, 1, false);
    await page.goto(url);
    for (let i = 0; i < 3; i++) await run(page);
    await longest(page);
    const left = async () => {
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
      return { heap: usedSize, nodes: await page.evaluate(() => document.querySelectorAll('*').length) };
    };
    const before = await left();
    for (let i = 0; i < 100; i++) await run(page);
    const after = await left();
    const task = await longest(page);
    return [
      {
        what: 'heap of the page after a hundred more runs',
        found: `${((after.heap - before.heap) / 1e6).toFixed(2)} MB more`,
        asked: 'at most 2 MB',
        holds: after.heap - before.heap <= 2e6,
      },
      {
        what: 'elements after a hundred more runs',
        found: `${after.nodes - before.nodes} more`,
        asked: '0',
        holds: after.nodes === before.nodes,
      },
      {
        what: 'longest task of the page in a hundred runs',
        found: `${Math.round(task)} ms`,
        asked: 'at most 200 ms',
        holds: task <= 200,
      },
    ];
  } finally {
    await browser.close();
  }
}

/** The site as a slow phone and a patient reader meet it. */
export async function phoneBars(): Promise<Bar[]> {
  const server = await startServer(distFolder(), { gzip: true });
  const url = `${server.base}papers/hopfield/index.html`;
  try {
    return [...(await slowPhone(url)), ...(await hundredRuns(url))];
  } finally {
    await server.close();
  }
}
