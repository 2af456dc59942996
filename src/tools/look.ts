/** `npm run look <slug>`: pictures of a page (wide and phone, light and dark), as recorded and after a live run, into look/. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import type { Page } from 'playwright';
import { chromium } from 'playwright';
import { standingSlugs } from '../build/notebooks.ts';
import { quit, slugProblem } from './asked.ts';
import { findBrowser, launchOptions, stands } from './browser.ts';
import { serve } from './serve.ts';

const words = process.argv.slice(2);
const flags = words.filter((word) => word.startsWith('--'));
const [slug] = words.filter((word) => !flags.includes(word));
if (!slug)
  quit(
    "npm run look: found no slug, expected one, or 'front' for the front page; add it, and --no-run for the recorded page only.",
  );
const problem = slugProblem('npm run look', slug, ['front', ...standingSlugs()]);
if (problem) quit(problem);

/** Builds this page alone, in a folder of its own; the front page as `dist/` has it. */
function built(): string {
  if (slug === 'front') return 'dist';
  const workshop = `.cache/look/${slug}`;
  const env = { ...process.env, ONLY: slug, WORKSHOP: workshop };
  const { status } = spawnSync(process.execPath, ['node_modules/astro/bin/astro.mjs', 'build', '--silent'], {
    stdio: 'inherit',
    env,
  });
  if (status !== 0) process.exit(status ?? 1);
  return `${workshop}/dist`;
}
const dist = built();
if (!existsSync(`${dist}/index.html`))
  quit(`${dist}: found no built site, expected one; run npm run build first.`);

const path = slug === 'front' ? 'index.html' : `papers/${slug}/index.html`;
const shapes = [
  { name: 'wide-light', width: 1360, height: 900, scheme: 'light' },
  { name: 'phone-light', width: 390, height: 844, scheme: 'light' },
  { name: 'wide-dark', width: 1360, height: 900, scheme: 'dark' },
  { name: 'phone-dark', width: 390, height: 844, scheme: 'dark' },
] as const;

await findBrowser();
const { server, port } = await serve(dist, {});
const browser = await chromium.launch(launchOptions());
const folder = `look/${slug}`;
// Parts of cells that have gone or moved would stay.
rmSync(`${folder}/parts`, { recursive: true, force: true });
mkdirSync(`${folder}/parts`, { recursive: true });

/** The parts of a page one by one: a whole page is too tall to be looked at. */
async function takeParts(page: Page, name: string): Promise<void> {
  const parts = await page.locator('.finding, .symbols, .cell, .checks').all();
  for (const [i, part] of parts.entries()) {
    const id = (await part.getAttribute('id')) ?? (await part.getAttribute('class'));
    await part.screenshot({ path: `${folder}/parts/${name}-${String(i).padStart(2, '0')}-${id}.png` });
  }
}

async function take(page: Page, name: string): Promise<void> {
  const file = `${folder}/${name}.png`;
  // The page leaves out what lies outside the window, which a picture of the whole page shows.
  await page.evaluate(() => {
    for (const cell of document.querySelectorAll<HTMLElement>('.cell'))
      cell.style.contentVisibility = 'visible';
  });
  await page.screenshot({ path: file, fullPage: true });
  console.log(file);
  if (slug !== 'front' && name.endsWith('light')) await takeParts(page, name);
}

async function runLive(page: Page): Promise<void> {
  const ended = page.evaluate(
    () => new Promise((resolve) => document.addEventListener('run-end', resolve, { once: true })),
  );
  await page.locator('[data-run]').first().click();
  await Promise.race([ended, page.waitForTimeout(40_000)]);
  await page.waitForTimeout(300);
}

for (const { name, width, height, scheme } of shapes) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
  await page.goto(`http://localhost:${port}/${path}`);
  await page.evaluate(() => document.fonts.ready);
  await stands(page);
  await take(page, name);
  if (!flags.includes('--no-run') && name.startsWith(flags.includes('--all-live') ? '' : 'wide-light')) {
    await runLive(page);
    await take(page, `${name}-live`);
  }
  await page.close();
}
if (slug !== 'front') {
  const page = await browser.newPage({ viewport: { width: 1360, height: 900 }, colorScheme: 'light' });
  await page.goto(`http://localhost:${port}/index.html`);
  await page
    .locator('[data-gallery] > li')
    .first()
    .screenshot({ path: `${folder}/thumbnail.png` });
  console.log(`${folder}/thumbnail.png, and the parts of the page in ${folder}/parts/`);
}
await browser.close();
server.close();
server.closeAllConnections();
