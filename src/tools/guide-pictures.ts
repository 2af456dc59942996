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

/** The upper part of a thing that is long. */
async function takeTop(page: Page, selector: string, name: string, height: number): Promise<void> {
  const place = page.locator(selector).first();
  await place.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  const { x, y, width } = (await place.boundingBox())!;
  await page.screenshot({ path: `${folder}/${name}.png`, clip: { x, y, width, height } });
  console.log(`${folder}/${name}.png`);
  await page.close();
}

const sought = await open('papers/hopfield/index.html');
await sought.keyboard.press('/');
await sought.getByRole('searchbox').fill('softmax(AB^T)C');
await sought.locator('.search-results li').first().waitFor(patience);
await takeTop(sought, 'dialog[open]', 'search', 470);

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

const along = await open('papers/hopfield/index.html');
await take(along, '[data-take-along]', 'take-along');

const cost = await open('papers/hopfield/index.html');
await take(cost, '.finding .verdicts', 'cost');

const taken = await open('papers/hopfield/index.html');
await taken.locator('#figure-recall .walker').focus();
for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) {
  await taken.keyboard.press(key);
  await taken.locator('#figure-recall .readout:not(:empty)').waitFor(patience);
}
await take(taken, '#figure-recall', 'walk');

const menu = await open('papers/hopfield/index.html');
await menu.locator('#finding .take-figure').click();
await menu.locator('.take-menu:popover-open').waitFor(patience);
await take(menu, '.finding > figure', 'take');

const embedded = await open('papers/hopfield/embed/index.html');
await embedded.setViewportSize({ width: 760, height: 900 });
await take(embedded, '.embed', 'embed');

const report = await open('papers/hopfield/index.html');
await report.locator('[data-report-open]').click();
await report
  .getByLabel('What is wrong?')
  .fill('In the third row of digits, the caption says 0.3 where I see 0.03.');
await report.waitForFunction(() =>
  document.querySelector<HTMLTextAreaElement>('.report [name=text]')?.value.startsWith('In the third'),
);
await report.evaluate(() => {
  const text = document.querySelector<HTMLTextAreaElement>('.report [name=text]')!;
  text.value = text.value.replaceAll(/http:\/\/[^\s]+/g, 'https://example.org/papers/hopfield/');
});
await take(report, '.report', 'report');

const verified = await open('verify/index.html');
await verified.evaluate(() => {
  for (const paper of document.querySelectorAll<HTMLElement>('[data-paper]'))
    if (paper.dataset.paper !== 'neural-collapse') paper.remove();
});
await verified.locator('[data-verify-run]').click();
await verified.locator('[data-outcome=done]').waitFor(patience);
await take(verified, '[data-paper]', 'verify');

const edited = await open('papers/hopfield/index.html');
await edited.locator('[data-edit="mechanism"]').click();
const field = edited.locator('[data-cell="mechanism"] .cm-content');
await field.waitFor(patience);
for (let line = 1; line < 11; line += 1) await edited.keyboard.press('ArrowDown');
await edited.keyboard.press('Home');
await edited.keyboard.press('Shift+End');
await edited.keyboard.insertText('return tf.softmax(overlaps(state, patterns).mul(2 * beta));');
await edited.locator('[data-does="difference"]').click();
await takeTop(edited, '[data-cell="mechanism"] .code', 'edit', 470);

const sender = await open('papers/hopfield/index.html?seed=2');
await sender.locator('.tools [data-run]').click();
await sender.locator('.notebook[data-outcome=done]').waitFor(patience);
await sender.locator('[data-share]').click();
await sender.locator('.share-box p').waitFor(patience);
const link = await sender.locator('.share-box input').inputValue();
await sender.close();
// The reader has another seed: the table has something to say.
const shared = await open(link.replace(/^.*?\/papers/, 'papers').replace('seed=2', 'seed=3'));
await shared.locator('.tools [data-run]').click();
await shared.locator('.notebook[data-outcome=done]').waitFor(patience);
await take(shared, '.from-link', 'share');

await browser.close();
server.close();
