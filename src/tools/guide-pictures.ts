/** `npm run pictures`: takes the pictures of the guide from the built site (`npm run build` first), into public/guide/. */
import { existsSync, mkdirSync } from 'node:fs';
import { chromium, type Page } from 'playwright';
import { quit } from './asked.ts';
import { findBrowser, launchOptions } from './browser.ts';
import { serve } from './serve.ts';

if (!existsSync(`${process.env.DIST ?? 'dist'}/papers/hopfield/index.html`))
  quit(
    'npm run pictures: found no built site with hopfield in dist/, expected one; run npm run build first.',
  );

await findBrowser();
const { server, port } = await serve(process.env.DIST ?? 'dist', {});
const browser = await chromium.launch(launchOptions());
const folder = 'public/guide';
mkdirSync(folder, { recursive: true });
const patience = { timeout: 120_000 };

async function open(path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 }, colorScheme: 'light' });
  await page.goto(`http://localhost:${port}/${path}`);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return page;
}

async function take(page: Page, selector: string, name: string): Promise<void> {
  await page
    .locator(selector)
    .first()
    .screenshot({ path: `${folder}/${name}.png` });
  console.log(`${folder}/${name}.png`);
  await page.close();
}

const broken = await open('papers/hopfield/index.html');
await broken.locator('.check button[data-breaks]').first().click();
await broken.locator('.compare').waitFor(patience);
await broken.evaluate(() => document.querySelector('.broken-note')?.remove());
await take(broken, '.check:has(.compare)', 'break');

const swept = await open('papers/hopfield/index.html');
await swept.locator('[data-sweep="half-digits-completed-to-a-wrong-one"]').click();
await swept.locator('[data-probe-run]').click();
await swept.locator('.probe[data-outcome=done]').waitFor(patience);
await take(swept, '.probe', 'sweep');

const cost = await open('papers/hopfield/index.html');
await take(cost, '.finding .verdicts', 'cost');

const verified = await open('verify/index.html');
await verified.evaluate(() => {
  for (const paper of document.querySelectorAll<HTMLElement>('[data-paper]'))
    if (paper.dataset.paper !== 'neural-collapse') paper.remove();
});
await verified.locator('[data-verify-run]').click();
await verified.locator('[data-outcome=done]').waitFor(patience);
await take(verified, '[data-paper]', 'verify');

await browser.close();
server.close();
