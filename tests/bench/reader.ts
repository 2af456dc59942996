import { chromium, type Page } from 'playwright';
import { launchOptions } from '../../src/tools/browser.ts';
import { startServer } from '../server.ts';
import { distFolder } from '../site/dist.ts';
import type { Bar } from './row.ts';

const milliseconds = (value: number) => `${Math.round(value)} ms`;

/** From the move of hopfield's slider to its new figure, warm, in the middle of nine. */
async function sliderDelay(page: Page): Promise<number> {
  await page.locator('[data-run]').first().click();
  await page.locator('.notebook[data-outcome="done"]').waitFor({ timeout: 120_000 });
  const delays = await page.evaluate(async () => {
    const slider = document.querySelector<HTMLInputElement>('[data-cell="digits"] input[data-key="beta"]')!;
    const slot = document.querySelector('[data-cell="digits"] .slot')!;
    const times: number[] = [];
    for (const position of [40, 60, 80, 100, 120, 140, 160, 180, 150]) {
      const began = performance.now();
      const drawn = new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          resolve();
        });
        observer.observe(slot, { childList: true });
      });
      slider.value = String(position);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await drawn;
      times.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    return times;
  });
  return delays.sort((a, b) => a - b)[4];
}

/** How far a page shifts while it loads, wide and on a phone. */
async function layoutShift(page: Page, url: string, width: number): Promise<number> {
  await page.setViewportSize({ width, height: 900 });
  await page.addInitScript(() => {
    const shifts = window as unknown as { shift: number };
    shifts.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(url);
  await page.waitForTimeout(800);
  return page.evaluate(() => (window as unknown as { shift: number }).shift);
}

/** Bytes of fonts that a paper page asks for. */
async function fontBytes(page: Page, url: string): Promise<number> {
  let bytes = 0;
  page.on('response', async (response) => {
    if (response.url().endsWith('.woff2')) bytes += (await response.body()).length;
  });
  await page.goto(url);
  await page.waitForTimeout(1500);
  return bytes;
}

/** What a reader of hopfield's page meets. */
export async function readerBars(): Promise<Bar[]> {
  const server = await startServer(distFolder());
  const browser = await chromium.launch(launchOptions());
  const url = `${server.base}papers/hopfield/index.html`;
  try {
    const fonts = await fontBytes(await browser.newPage(), url);
    const wide = await layoutShift(await browser.newPage(), url, 1360);
    const phone = await layoutShift(await browser.newPage(), url, 390);
    const page = await browser.newPage();
    await page.goto(url);
    const delay = await sliderDelay(page);
    return [
      {
        what: 'fonts of a paper page',
        found: `${(fonts / 1000).toFixed(0)} kB`,
        asked: 'at most 150 kB',
        holds: fonts <= 150_000,
      },
      {
        what: 'layout shift, wide and phone',
        found: `${wide.toFixed(3)}, ${phone.toFixed(3)}`,
        asked: '0',
        holds: wide + phone < 0.001,
      },
      {
        what: 'slider of hopfield to its figure, warm WASM',
        found: milliseconds(delay),
        asked: 'at most 200 ms',
        holds: delay <= 200,
      },
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}
