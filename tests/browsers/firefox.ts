import { type ConsoleMessage, launch } from 'puppeteer-core';
import { type Browser, patience } from './tab.ts';

/** Stock Firefox over WebDriver BiDi; Playwright drives only a Firefox of its own. */
export async function openFirefox(executablePath: string): Promise<Browser> {
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    protocolTimeout: patience,
  });
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  const found: string[] = [];
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error') found.push(message.text());
  });
  page.on('pageerror', (error) => found.push(error instanceof Error ? error.message : String(error)));
  const version = await browser.version();
  return {
    name: version.replace(/^firefox\//, 'Firefox '),
    open: async (url) => void (await page.goto(url, { waitUntil: 'load', timeout: patience })),
    call: (work, ...args) => page.evaluate(work as never, ...args) as never,
    async type(keys) {
      for (const key of keys) await (key === '\n' ? page.keyboard.press('Enter') : page.keyboard.type(key));
    },
    faults: () => found.splice(0),
    picture: async () => Buffer.from(await page.screenshot()),
    close: () => browser.close(),
  };
}
